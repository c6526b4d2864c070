import { Button } from 'antd'
import type { countMessages } from '../../../modules/messages/messages.api.ts'
import type { Answer } from '../../api.ts'
import type { Tone } from '../../tokens.ts'
import { Note } from '../../ui/note.tsx'
import { useWords } from '../../words.ts'
import './messages.css'

/** What waits for a person, the gravest first, with what to do about it; and test mode. */
export function OutboxNotes({ counts, onShow }: { counts: Answer<typeof countMessages>; onShow: (status: string) => void }) {
  const words = useWords('messages')
  const notes = [
    ['uncertain', 'danger'],
    ['failed', 'warning'],
    ['notPrepared', 'warning'],
    ['kept', 'info'],
  ] as const satisfies readonly (readonly [keyof typeof counts, Tone])[]
  if (counts.sendingEnabled && notes.every(([status]) => counts[status] === 0)) return null
  return (
    <div className="stack outbox-notes">
      {counts.sendingEnabled ? null : <Note tone="warning">{words('notes.off')}</Note>}
      {notes.map(([status, tone]) =>
        counts[status] === 0 ? null : (
          <Note
            key={status}
            tone={tone}
            lead={words(`notes.${status}Lead`, { count: counts[status] })}
            action={
              <Button size="small" onClick={() => onShow(status === 'notPrepared' ? 'queued' : status)}>
                {words('notes.show')}
              </Button>
            }
          >
            {words(`notes.${status}`)}
          </Note>
        ),
      )}
    </div>
  )
}
