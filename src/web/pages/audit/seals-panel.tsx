import { getRoots } from '../../../modules/company/audit.api.ts'
import type { Answer } from '../../api.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Root = Answer<typeof getRoots>['items'][number]

/** The last hundred roots: whoever keeps one can later prove that nothing before it was altered. */
export function SealsPanel() {
  const words = useWords('audit')
  const { company } = useSession()
  const roots = useApi(getRoots)
  const columns: Column<Root>[] = [
    {
      key: 'sealedAt',
      title: words('sealedAt'),
      width: 150,
      render: (row) => <InstantText value={row.sealedAt} timeZone={company.timeZone} />,
    },
    { key: 'size', title: words('size'), align: 'right', width: 100, render: (row) => row.size },
    { key: 'root', title: words('root'), render: (row) => <code className="hash">{row.root}</code> },
  ]
  return (
    <Panel flush>
      <Loaded query={roots}>
        {({ items }) => (
          <DataTable<Root>
            name="seals"
            label={words('tabSeals')}
            columns={columns}
            rowKey={(row) => row.size}
            rows={items}
            empty={<EmptyState title={words('empty')} text={words('emptyText')} />}
          />
        )}
      </Loaded>
    </Panel>
  )
}
