import { Link } from '@tanstack/react-router'
import { type Day, daysBetween } from '../../../kernel/day.ts'
import { listOrders } from '../../../modules/orders/orders.api.ts'
import { listReceipts } from '../../../modules/receipts/receipts.api.ts'
import { exportReceivables, listReceivables } from '../../../modules/receivables/receivables.api.ts'
import type { Answer } from '../../api.ts'
import { useList } from '../../lists.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { DownloadButton } from '../../ui/download-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

/** 未清项, oldest first, with the sum of all of them. */
export function OpenItemsTab({ customerId }: { customerId: string }) {
  const words = useWords('customers')
  const query = { customerId, status: ['open', 'partly'], sort: 'due' } as const
  const list = useList(listReceivables, { query }, { sumsApart: true })
  const base = list.query.data?.base
  const { company } = useSession()
  const today = company.today as Day
  const foreign = useForeign()
  return (
    <DataTable
      name="customerOpenItems"
      label={words('tabs.openItems')}
      list={list}
      rowKey={(row) => row.id}
      to={(row) => paths.receivable({ id: row.id })}
      sumTitle={words('sum')}
      empty={<EmptyState title={words('documents.noOpenItems')} />}
      footer={
        <DownloadButton route={exportReceivables} input={{ query }} name="receivables.xlsx" look={{ type: 'link' }} icon={null}>
          {words('shared:exportExcel')}
        </DownloadButton>
      }
      phoneRow={(row) => ({
        title: row.no,
        amount: <Amount value={row.open} />,
        reason: [row.reference ?? row.sourceNo, row.dueOn].filter((part) => part !== null).join(' · '),
        mark: <Overdue days={daysBetween(row.dueOn as Day, today)} short />,
      })}
      columns={[
        {
          key: 'no',
          title: words('documents.receivable'),
          width: 140,
          render: (row) => <ReceivableNo row={row} />,
        },
        { key: 'due', title: words('documents.dueOn'), width: 110, render: (row) => <DayText value={row.dueOn} /> },
        {
          key: 'overdue',
          title: words('overdueDays'),
          render: (row) => <Overdue days={daysBetween(row.dueOn as Day, today)} />,
        },
        {
          key: 'amount',
          title: words('documents.owed'),
          align: 'right',
          sum: <Amount value={base?.amount} />,
          render: (row) => <Amount value={row.amount} quiet {...foreign(row.currency)} />,
        },
        {
          key: 'open',
          title: words('open'),
          align: 'right',
          sum: <Amount value={base?.open} strong />,
          render: (row) => <Amount value={row.open} strong {...foreign(row.currency)} />,
        },
        ...(list.query.data?.items.some(({ disputed, progress }) => disputed || progress > 0)
          ? [{ key: 'status', title: words('documents.status'), render: (row: OpenItem) => <OpenItemState row={row} /> }]
          : []),
        { key: 'expected', title: words('documents.expectedOn'), choice: 'shown', render: (row) => <ExpectedDay row={row} /> },
      ]}
    />
  )
}

type OpenItem = Answer<typeof listReceivables>['items'][number]

/** Our number, and below it what the customer knows it by: their own reference, else the number in the system it comes from, such as the invoice's. */
function ReceivableNo({ row }: { row: OpenItem }) {
  const reference = row.reference ?? row.sourceNo
  return (
    <>
      <Link to={paths.receivable({ id: row.id })}>{row.no}</Link>
      {reference === null ? null : <div className="small muted">{reference}</div>}
    </>
  )
}

function OpenItemState({ row }: { row: OpenItem }) {
  if (row.disputed) return <Status word="disputed" plain />
  return row.progress > 0 ? <Status word="partPaid" plain /> : <span className="muted">–</span>
}

/** A day that is over without the money is marked; by how many days, says its hint. */
function ExpectedDay({ row }: { row: OpenItem }) {
  const words = useWords('receivables')
  if (row.expectedPassedDays === 0) return <DayText value={row.expectedOn} />
  return (
    <span className="danger nowrap" title={words('expectedPassed', { count: row.expectedPassedDays })}>
      <DayText value={row.expectedOn} />
    </span>
  )
}

export function ReceiptsTab({ customerId }: { customerId: string }) {
  const words = useWords('customers')
  const list = useList(listReceipts, { query: { customerId } }, { sumsApart: true })
  const foreign = useForeign()
  return (
    <DataTable
      name="customerReceipts"
      label={words('tabs.receipts')}
      list={list}
      rowKey={(row) => row.id}
      to={(row) => paths.receipt({ id: row.id })}
      empty={<EmptyState title={words('documents.noReceipts')} />}
      phoneRow={(row) => ({
        title: row.no ?? row.receivedOn,
        amount: <Amount value={row.amount} />,
        reason: row.receivedOn,
        mark: <Status word={row.status} plain />,
      })}
      columns={[
        { key: 'no', title: words('documents.receipt'), width: 140, render: (row) => row.no ?? '–' },
        { key: 'receivedOn', title: words('documents.receivedOn'), width: 110, render: (row) => <DayText value={row.receivedOn} /> },
        { key: 'method', title: words('documents.method'), render: (row) => row.methodName ?? '–' },
        {
          key: 'amount',
          title: words('documents.amount'),
          align: 'right',
          render: (row) => <Amount value={row.amount} strong {...foreign(row.currency)} />,
        },
        {
          key: 'unallocated',
          title: words('documents.unallocated'),
          align: 'right',
          render: (row) => <Amount value={row.unallocated} {...foreign(row.currency)} />,
        },
        { key: 'status', title: words('documents.status'), width: 110, render: (row) => <Status word={row.status} plain /> },
      ]}
    />
  )
}

export function OrdersTab({ customerId }: { customerId: string }) {
  const words = useWords('customers')
  const list = useList(listOrders, { query: { customerId } })
  const foreign = useForeign()
  return (
    <DataTable
      name="customerOrders"
      label={words('tabs.orders')}
      list={list}
      rowKey={(row) => row.id}
      to={(row) => paths.order({ id: row.id })}
      empty={<EmptyState title={words('documents.noOrders')} />}
      phoneRow={(row) => ({
        title: row.no ?? '',
        amount: <Amount value={row.amount} />,
        reason: row.orderedOn,
        mark: <Status word={row.status} plain />,
      })}
      columns={[
        { key: 'no', title: words('documents.order'), width: 140, render: (row) => row.no ?? '–' },
        { key: 'orderedOn', title: words('documents.orderedOn'), width: 110, render: (row) => <DayText value={row.orderedOn} /> },
        {
          key: 'amount',
          title: words('documents.amount'),
          align: 'right',
          render: (row) => <Amount value={row.amount} strong {...foreign(row.currency)} />,
        },
        { key: 'status', title: words('documents.status'), width: 110, render: (row) => <Status word={row.status} plain /> },
      ]}
    />
  )
}

/** The currency stands beside an amount only where it is not the company's own. */
function useForeign(): (currency: string) => { currency?: string } {
  const { company } = useSession()
  return (currency) => (currency === company.baseCurrency ? {} : { currency })
}
