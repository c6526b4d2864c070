import { Button, Input } from 'antd'
import type { ReactNode } from 'react'
import { useSession } from '../../session.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { useCopy } from '../../ui/use-copy.ts'
import { useWords } from '../../words.ts'

/** A one-time link, to be handed over: it is shown this once. */
export function LinkShown({
  name,
  link,
  expiresAt,
  onClose,
  children,
}: {
  name: string
  link: string
  expiresAt: string
  onClose: () => void
  children?: ReactNode
}) {
  const words = useWords('people')
  const { company } = useSession()
  const { said, copy } = useCopy()
  const [before, after] = words('link.text', { at: '\u0000' }).split('\u0000')
  return (
    <div className="stack">
      <b>{words('link.title', { name })}</b>
      <Input.TextArea readOnly autoSize value={link} aria-label={words('link.copy')} onFocus={(event) => event.target.select()} />
      <span className="secondary">
        {before}
        <InstantText value={expiresAt} timeZone={company.timeZone} />
        {after}
      </span>
      {children}
      <div className="row">
        <span className="grow" aria-live="polite">
          {said}
        </span>
        <Button onClick={onClose}>{words('link.close')}</Button>
        <Button type="primary" onClick={() => void copy(link)}>
          {words('link.copy')}
        </Button>
      </div>
    </div>
  )
}
