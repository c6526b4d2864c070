import { listMissingReceivables } from '../../../modules/receivables/receivables.api.ts'
import type { Answer } from '../../api.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

type Missing = Answer<typeof listMissingReceivables>
type Row = Missing['items'][number]

/** 漏账检查: what was approved or delivered and stands in no receivable. Empty is the good news. */
export function MissingReceivablesPage() {
  const words = useWords('receivables')
  const list = useList(listMissingReceivables)
  const data = list.query.data
  return (
    <>
      <PageHead crumbs={[{ label: words('ledger'), to: paths.receivables() }]} title={words('missing.title')} meta={data?.baseCurrency} />
      <div className="below">
        {data === undefined || data.total === 0 ? (
          <Note tone="neutral">{words('missing.rule')}</Note>
        ) : (
          <Note tone="warning" lead={words('missing.found', { count: data.total, amount: formatDecimal(data.sum) })}>
            {words('missing.wayOut')}
          </Note>
        )}
      </div>
      <Panel flush>
        <DataTable
          name="missing-receivables"
          label={words('missing.title')}
          columns={useColumns()}
          list={list}
          rowKey={(row) => row.orderId}
          to={(row) => paths.order({ id: row.orderId })}
          phoneRow={(row) => ({
            title: row.customerName,
            amount: <Amount value={row.missing} currency={row.currency} />,
            reason: `${row.orderNo ?? ''} · ${row.orderedOn}`,
            mark: <Status word={row.status} plain />,
          })}
          empty={<EmptyState title={words('missing.none')} text={words('missing.noneHint')} />}
        />
      </Panel>
    </>
  )
}

function useColumns(): Column<Row>[] {
  const words = useWords('receivables')
  const { may, company } = useSession()
  const money = (key: 'amount' | 'owed' | 'recorded' | 'missing', title: string): Column<Row> => ({
    key,
    title,
    align: 'right',
    render: (row) => (
      <Amount value={row[key]} strong={key === 'missing'} {...(row.currency === company.baseCurrency ? {} : { currency: row.currency })} />
    ),
  })
  return [
    { key: 'order', title: words('order'), render: (row) => <span className="nowrap">{row.orderNo}</span> },
    { key: 'customer', title: words('customer'), render: (row) => <CutText text={row.customerName} /> },
    { key: 'salesperson', title: words('salesperson'), render: (row) => row.salespersonName, choice: 'shown' },
    { key: 'ordered', title: words('missing.orderedOn'), render: (row) => <DayText value={row.orderedOn} /> },
    { key: 'delivered', title: words('missing.deliveredOn'), render: (row) => <DayText value={row.deliveredOn} /> },
    { key: 'status', title: words('statusWord'), render: (row) => <Status word={row.status} plain /> },
    money('owed', words('missing.owed')),
    money('recorded', words('missing.recorded')),
    money('missing', words('missing.missing')),
    ...(may('receivables.open') ? [{ key: 'open', title: '', align: 'right' as const, render: (row: Row) => <OpenLink row={row} /> }] : []),
  ]
}

function OpenLink({ row: { customerId, orderId, orderNo, missing, currency } }: { row: Row }) {
  const words = useWords('receivables')
  return (
    <PageLink look="link" small to={paths.newReceivable({ customerId, orderId, amount: missing, currency, reference: orderNo ?? '' })}>
      {words('missing.open')}
    </PageLink>
  )
}
