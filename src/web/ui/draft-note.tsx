import { Button } from 'antd'
import { useSession } from '../session.tsx'
import type { FormDraft } from '../use-form-draft.ts'
import { useWords } from '../words.ts'
import { InstantText } from './day-text.tsx'
import { Note } from './note.tsx'

/** 上次未完成的草稿: offered, never put into the form by itself. Says what restoring would do. */
export function DraftNote<Values>({ draft, onRestore }: { draft: FormDraft<Values>; onRestore: (values: Values) => void }) {
  const words = useWords('shared')
  const { company } = useSession()
  const { offer } = draft
  if (!offer) return null
  const restore = () => {
    const values = draft.take()
    if (values !== undefined) onRestore(values)
  }
  return (
    <Note
      tone={offer.sent || draft.isStale ? 'warning' : 'info'}
      lead={words('draft.found')}
      action={
        <span className="row wrap">
          <Button size="small" onClick={draft.discard}>
            {words('draft.discard')}
          </Button>
          <Button size="small" onClick={restore}>
            {words('draft.restore')}
          </Button>
        </span>
      }
    >
      <InstantText value={new Date(offer.savedAt).toISOString()} timeZone={company.timeZone} />
      {offer.sent ? ` ${words('draft.unanswered')}` : ''}
      {draft.isStale ? ` ${words('draft.stale')}` : ''}
    </Note>
  )
}
