import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { Receivable } from './receivable-page.tsx'

/** Every entry of the ledger; they add up to what is open. */
export function EntriesPanel({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  const { may } = useSession()
  type Row = Receivable['entries'][number]
  const columns: Column<Row>[] = [
    { key: 'day', title: words('day'), render: (row) => <DayText value={row.entryOn} />, sum: words('openAmount') },
    { key: 'kind', title: words('entryKind'), render: (row) => words(`entries.${row.kind}`) },
    { key: 'due', title: words('dueOn'), render: (row) => <DayText value={row.dueOn} /> },
    {
      key: 'amount',
      title: words('entryAmount'),
      align: 'right',
      render: (row) => <Amount value={row.amount} />,
      sum: <Amount value={receivable.open} strong />,
    },
    {
      key: 'voucher',
      title: words('voucher'),
      render: (row) => <VoucherLink id={row.voucherId} no={row.voucherNo} isLink={may('vouchers.view')} />,
    },
  ]
  return (
    <Panel title={words('entriesTitle')} sub={receivable.currency} flush>
      <DataTable
        name="receivable-entries"
        label={words('entriesTitle')}
        columns={columns}
        rows={receivable.entries}
        phoneRow={(row) => ({
          title: words(`entries.${row.kind}`),
          amount: <Amount value={row.amount} />,
          reason: <VoucherLink id={row.voucherId} no={row.voucherNo} isLink={may('vouchers.view')} />,
          mark: <DayText value={row.entryOn} />,
        })}
        rowKey={(row) => row.id}
        empty={null}
      />
    </Panel>
  )
}

function VoucherLink({ id, no, isLink }: { id: string | null; no: string | null; isLink: boolean }) {
  if (id === null) return <DayText value={null} />
  return isLink ? <Link to={paths.voucher({ id })}>{no}</Link> : <span className="nowrap">{no}</span>
}

/** Money and adjustments that settled it; what was undone stays and says so. */
export function AllocationsPanel({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  type Row = { id: string; entryOn: string; receiptId: string | null; receiptNo: string | null; what: string; amount: string; mark: string }
  const rows: Row[] = [
    ...receivable.allocations.map((one) => ({
      ...one,
      what: words(`how.${one.how}`),
      mark: one.reversesId ? words('undoing') : one.reversed ? words('undone') : '',
    })),
    ...receivable.adjustments.map((one) => ({
      ...one,
      receiptNo: null,
      what: words(`entries.${one.kind}`),
      mark: one.reversesId ? words('undoing') : '',
    })),
  ]
  const columns: Column<Row>[] = [
    { key: 'day', title: words('day'), render: (row) => <DayText value={row.entryOn} /> },
    {
      key: 'receipt',
      title: words('receipt'),
      render: (row) =>
        row.receiptId && row.receiptNo ? <Link to={paths.receipt({ id: row.receiptId })}>{row.receiptNo}</Link> : <DayText value={null} />,
    },
    { key: 'how', title: words('howTitle'), render: (row) => row.what },
    { key: 'mark', title: words('statusWord'), render: (row) => <span className="secondary">{row.mark}</span> },
    { key: 'amount', title: words('allocatedAmount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
  ]
  return (
    <Panel title={words('allocations')} sub={receivable.currency} flush>
      <DataTable
        name="receivable-allocations"
        label={words('allocations')}
        columns={columns}
        rows={rows}
        phoneRow={(row) => ({
          title: row.receiptId && row.receiptNo ? <Link to={paths.receipt({ id: row.receiptId })}>{row.receiptNo}</Link> : row.what,
          amount: <Amount value={row.amount} />,
          reason: [row.what, row.mark].filter(Boolean).join(' · '),
          mark: <DayText value={row.entryOn} />,
        })}
        rowKey={(row) => row.id}
        empty={<EmptyState title={words('noAllocations')} />}
      />
    </Panel>
  )
}

/** What it is for: its lines, each with its share of the open amount. */
export function LinesPanel({ receivable }: { receivable: Receivable }) {
  const words = useWords('receivables')
  type Row = Receivable['lines'][number]
  const columns: Column<Row>[] = [
    { key: 'product', title: words('product'), render: (row) => row.productName ?? <span className="muted">{words('noProduct')}</span> },
    { key: 'net', title: words('net'), align: 'right', render: (row) => <Amount value={row.net} /> },
    { key: 'tax', title: words('tax'), align: 'right', render: (row) => <Amount value={row.tax} /> },
    { key: 'amount', title: words('amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
    {
      key: 'open',
      title: `${words('openAmount')} ${receivable.baseCurrency}`,
      align: 'right',
      render: (row) => <Amount value={row.openBase} />,
    },
  ]
  return (
    <Panel title={words('lines')} sub={receivable.currency} flush>
      <DataTable
        name="receivable-lines"
        label={words('lines')}
        columns={columns}
        rows={receivable.lines}
        phoneRow={(row) => ({
          title: row.productName ?? words('noProduct'),
          amount: <Amount value={row.amount} />,
          reason: (
            <>
              {words('tax')} <Amount value={row.tax} />
            </>
          ),
          mark: (
            <>
              {words('openAmount')} <Amount value={row.openBase} />
            </>
          ),
        })}
        rowKey={(row) => String(row.lineNo)}
        empty={null}
      />
    </Panel>
  )
}
