import { Button, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../words.ts'

export type Invited = { readonly name: string; readonly link: string }

/** One-time links of several people, each with its name, to be handed over: shown this once. */
export function InvitationLinks({ invited }: { invited: readonly Invited[] }) {
  const words = useWords('imports')
  const [copied, setCopied] = useState(false)
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
          {copied ? words('shared:copied') : words('invite.once')}
        </span>
        <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>{words('invite.copy')}</Button>
      </div>
    </>
  )
}
