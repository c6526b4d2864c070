import { Button, Input } from 'antd'
import { useCopy } from '../../ui/use-copy.ts'
import { useWords } from '../../words.ts'

export type Invited = { readonly name: string; readonly link: string }

/** One-time links of several people, each with its name, to be handed over: shown this once. */
export function InvitationLinks({ invited }: { invited: readonly Invited[] }) {
  const words = useWords('imports')
  const { said, copy } = useCopy()
  if (invited.length === 0) return null
  const text = invited.map(({ name, link }) => `${name} ${link}`).join('\n')
  return (
    <>
      <b>{words('invite.done', { count: invited.length })}</b>
      <Input.TextArea
        readOnly
        autoSize={{ maxRows: 10 }}
        value={text}
        aria-label={words('invite.links')}
        onFocus={({ target }) => target.select()}
      />
      <div className="row">
        <span className="grow secondary" aria-live="polite">
          {said ?? words('invite.once')}
        </span>
        <Button onClick={() => void copy(text)}>{words('invite.copy')}</Button>
      </div>
    </>
  )
}
