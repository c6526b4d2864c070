import { Button } from 'antd'
import { deleteSession, getSessions } from '../../../modules/people/sign-in.api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

/** Where this person is signed in; each but this one can be ended from here. */
export function SessionsPanel() {
  const words = useWords('people')
  const { company } = useSession()
  const sessions = useApi(getSessions)
  const end = useAction(deleteSession)
  return (
    <Panel title={words('account.sessions')}>
      <Loaded query={sessions} rows={2}>
        {({ items }) => (
          <ul className="stack">
            {items.map((row) => (
              <li key={row.id} className="row top">
                <div className="grow">
                  <div>{row.isThis ? <b>{words('account.thisOne')}</b> : device(row.userAgent) || words('account.unknownDevice')}</div>
                  <div className="small secondary">
                    {row.isThis && device(row.userAgent) !== '' ? `${device(row.userAgent)} · ` : null}
                    {row.ip} · <InstantText value={row.lastSeenAt} timeZone={company.timeZone} />
                  </div>
                </div>
                {row.isThis ? null : (
                  <Button size="small" onClick={() => end.mutate({ params: { id: row.id } })}>
                    {words('account.end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {end.error ? <ErrorState problem={end.error} /> : null}
    </Panel>
  )
}

/** Browser and system by the names that people know. */
function device(agent: string | null): string {
  const text = agent ?? ''
  const browser = /(MicroMessenger|Edg|Firefox|Chrome|Safari)/.exec(text)?.[1]
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(text)?.[1]
  return [browser === 'Edg' ? 'Edge' : browser === 'MicroMessenger' ? 'WeChat' : browser, system === 'Mac OS X' ? 'macOS' : system]
    .filter(Boolean)
    .join(' · ')
}
