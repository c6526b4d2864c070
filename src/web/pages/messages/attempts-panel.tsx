import { useSession } from '../../session.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { Detail } from './message-page.tsx'

/** Every attempt with the mail server's own words, newest first, and per recipient where the server answered so. */
export function AttemptsPanel({ message }: { message: Pick<Detail, 'history'> }) {
  const words = useWords('messages')
  const { company } = useSession()
  return (
    <Panel title={words('attempts')} sub={words('attemptsSub')}>
      {message.history.length === 0 ? (
        <span className="secondary">{words('noAttempts')}</span>
      ) : (
        <ol className="message-attempts">
          {message.history.map((attempt) => (
            <li key={attempt.no}>
              <div className="row wrap">
                <b>{words(`outcomes.${attempt.outcome}`)}</b>
                <span className="secondary small">
                  <InstantText value={attempt.begunAt} timeZone={company.timeZone} />
                  {attempt.byPerson === null ? '' : ` · ${attempt.byPerson}`}
                </span>
              </div>
              {attempt.answer === '' ? null : <div className="wraps small">{attempt.answer}</div>}
              {attempt.recipients.map((recipient) => (
                <div key={recipient.address} className="wraps small secondary">
                  {recipient.address}: {recipient.isAccepted ? words('outcomes.accepted') : recipient.answer}
                </div>
              ))}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
