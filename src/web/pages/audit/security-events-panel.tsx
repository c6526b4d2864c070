import { getSecurityEvents } from '../../../modules/company/audit.api.ts'
import type { Answer } from '../../api.ts'
import { useList } from '../../lists.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Event = Answer<typeof getSecurityEvents>['items'][number]

/** Refused sign-ins and forbidden calls: what leaves no trace in the books. */
export function SecurityEventsPanel() {
  const words = useWords('audit')
  const { company } = useSession()
  const list = useList(getSecurityEvents)
  const columns: Column<Event>[] = [
    { key: 'at', title: words('at'), width: 150, render: (row) => <InstantText value={row.at} timeZone={company.timeZone} /> },
    { key: 'kind', title: words('kind'), render: (row) => <b>{words(`events.${row.kind}`, { defaultValue: row.kind })}</b> },
    { key: 'who', title: words('who'), render: (row) => row.actorName ?? <span className="muted">–</span> },
    { key: 'ip', title: words('ip'), render: (row) => row.ip ?? <span className="muted">–</span> },
    { key: 'detail', title: words('detail'), render: (row) => <span className="secondary">{Object.values(row.detail).join(' · ')}</span> },
  ]
  return (
    <Panel flush>
      <DataTable<Event>
        name="securityEvents"
        label={words('tabSecurity')}
        columns={columns}
        rowKey={(row) => row.id}
        list={list}
        empty={<EmptyState title={words('noEvents')} text={words('noEventsText')} />}
      />
    </Panel>
  )
}
