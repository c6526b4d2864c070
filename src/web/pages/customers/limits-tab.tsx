import { listLimits } from '../../../modules/credit/credit.api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

const STATUS: Readonly<Record<string, string>> = { pending: 'awaitingApproval', active: 'approved', rejected: 'rejected', ended: 'expired' }

/** Limits of a customer: running, scheduled, waiting and past, with who asked and who decided. */
export function LimitsTab({ customerId }: { customerId: string }) {
  const words = useWords('customers')
  const limits = useApi(listLimits, { params: { customerId } })
  return (
    <Loaded query={limits}>
      {({ items }) => (
        <DataTable
          name="customerLimits"
          label={words('tabs.limits')}
          rows={items}
          rowKey={(row) => row.id}
          empty={<EmptyState title={words('limits.none')} text={words('limits.noneHelp')} />}
          phoneRow={(row) => ({
            title: words(`limits.kinds.${row.kind}`),
            amount: row.limit === null ? words('credit.unlimited') : <Amount value={row.limit} />,
            reason: row.effectiveFrom,
            mark: <Status word={STATUS[row.status] ?? row.status} plain />,
          })}
          columns={[
            { key: 'kind', title: words('limits.kind'), width: 90, render: (row) => words(`limits.kinds.${row.kind}`) },
            {
              key: 'limit',
              title: words('limit'),
              align: 'right',
              render: (row) => (row.limit === null ? words('credit.unlimited') : <Amount value={row.limit} strong />),
            },
            { key: 'from', title: words('limits.from'), width: 110, render: (row) => <DayText value={row.effectiveFrom} /> },
            { key: 'until', title: words('limits.until'), width: 110, render: (row) => <DayText value={row.effectiveUntil} /> },
            {
              key: 'status',
              title: words('documents.status'),
              width: 110,
              render: (row) => <Status word={STATUS[row.status] ?? row.status} plain />,
            },
            {
              key: 'who',
              title: words('limits.who'),
              render: (row) => [row.requestedBy, row.approvedBy].filter(Boolean).join(' → ') || '–',
            },
            { key: 'reason', title: words('reason'), render: (row) => row.reason || '–' },
            {
              key: 'request',
              title: '',
              width: 80,
              render: (row) =>
                row.requestId && row.status === 'pending' ? (
                  <PageLink to={paths.approval({ id: row.requestId })} look="link" small>
                    {words('limits.request')}
                  </PageLink>
                ) : null,
            },
          ]}
        />
      )}
    </Loaded>
  )
}
