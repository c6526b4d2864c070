import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import type { Check } from './import-view.ts'

/** What is said about rows that come in, one line a kind: warnings, then remarks. */
export function SaidPanel({ check }: { check: Check }) {
  const words = useWords('imports')
  if (check.groups.length === 0) return null
  return (
    <Panel title={words('saidTitle')}>
      <div className="stack">
        {check.groups.map((group) => (
          <span key={group.code}>
            {group.severity === 'warned' ? <Status word="warning" plain /> : null} {group.message}{' '}
            <span className="small muted">
              {words('saidLines', { lines: group.lines.join(words('listComma')) + (group.rows > group.lines.length ? ' …' : '') })}
            </span>
          </span>
        ))}
      </div>
    </Panel>
  )
}
