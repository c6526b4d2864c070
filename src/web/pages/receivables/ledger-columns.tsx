import { Link } from '@tanstack/react-router'
import { Progress } from 'antd'
import type { listReceivables } from '../../../modules/receivables/receivables.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText, LongNumber } from '../../ui/cut-text.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { Overdue } from '../../ui/overdue.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

type Ledger = Answer<typeof listReceivables>
export type LedgerRow = Ledger['items'][number]

/** Eight columns, more by choice. The currency is a column only where there are several. */
export function useLedgerColumns(ledger: Ledger | undefined): Column<LedgerRow>[] {
  const words = useWords('receivables')
  const several = new Set(ledger?.sums?.map((one) => one.currency)).size > 1
  const sumOf = (name: 'amount' | 'open') =>
    several ? <BaseSum ledger={ledger!} name={name} /> : <Amount value={ledger?.sums?.[0]?.[name] ?? null} strong />
  const column = (
    key: string,
    title: string,
    render: Column<LedgerRow>['render'],
    more: Partial<Column<LedgerRow>> = {},
  ): Column<LedgerRow> => ({ key, title, render, ...more })
  return [
    column('no', words('no'), (row) => <span className="link-like nowrap">{row.no}</span>),
    column('customer', words('customer'), (row) => <CutText text={row.customerName} />),
    column('order', words('order'), (row) => <OrderLink row={row} />, { choice: 'shown' }),
    column('issued', words('issuedOn'), (row) => <DayText value={row.issuedOn} />, { choice: 'shown', sort: true }),
    column('due', words('dueOn'), (row) => <DayText value={row.dueOn} />, { sort: true }),
    ...(several ? [column('currency', words('currency'), (row) => row.currency)] : []),
    column('amount', words('amount'), (row) => <Amount value={row.amount} />, { align: 'right', sum: ledger && sumOf('amount') }),
    column('open', words('openAmount'), (row) => <Amount value={row.status === 'voided' ? null : row.open} strong />, {
      align: 'right',
      sum: ledger && sumOf('open'),
    }),
    column('status', words('statusWord'), (row) => <Standing row={row} />),
    column('expected', words('expectedOn'), (row) => <Expected row={row} />, { choice: 'shown' }),
    column(
      'progress',
      words('progress'),
      (row) => <Progress percent={Math.floor(row.progress / 100)} size="small" className="ledger-progress" />,
      { choice: 'hidden' },
    ),
    column('salesperson', words('salesperson'), (row) => row.salespersonName, { choice: 'hidden' }),
    column('region', words('region'), (row) => row.regionName, { choice: 'hidden' }),
    column('reference', words('reference'), (row) => <LongNumber value={row.reference} />, { choice: 'hidden' }),
    column('sourceNo', words('sourceNo'), (row) => <LongNumber value={row.sourceNo} />, { choice: 'hidden' }),
  ]
}

/** What the days do not say: disputed, part paid, settled. */
export function ReceivableState({ row, plain = true }: { row: Pick<LedgerRow, 'status' | 'disputed'>; plain?: boolean }) {
  const words = useWords('receivables')
  if (row.disputed && row.status !== 'settled' && row.status !== 'voided') return <Status word="disputed" plain={plain} />
  return <Status word={row.status === 'voided' ? 'cancelled' : row.status} plain={plain} text={words(`status.${row.status}`)} />
}

function Standing({ row }: { row: LedgerRow }) {
  const isLate = row.status === 'overdue'
  return (
    <span className="row">
      {isLate ? <Overdue days={row.overdueDays} /> : null}
      {!isLate || row.disputed ? <ReceivableState row={row} /> : null}
    </span>
  )
}

function Expected({ row }: { row: LedgerRow }) {
  const words = useWords('receivables')
  if (row.expectedOn === null) return <DayText value={null} />
  if (row.expectedPassedDays > 0)
    return (
      <span className="nowrap danger small" title={`${row.expectedOn} ${words(`expected.${row.expectedBasis}`)}`}>
        {words('expectedPassed', { count: row.expectedPassedDays })}
      </span>
    )
  return (
    <span className="nowrap">
      <DayText value={row.expectedOn} />{' '}
      {row.expectedBasis === 'due' ? null : <span className="muted small">{words(`expected.${row.expectedBasis}`)}</span>}
    </span>
  )
}

function OrderLink({ row }: { row: LedgerRow }) {
  if (row.orderId === null) return <DayText value={null} />
  return (
    <span className="nowrap">
      <Link to={paths.order({ id: row.orderId })}>{row.orderNo}</Link>{' '}
      {row.partName === null ? null : <span className="muted small">{row.partName}</span>}
    </span>
  )
}

function BaseSum({ ledger, name }: { ledger: Ledger; name: 'amount' | 'open' }) {
  return <Amount value={ledger.base?.[name] ?? null} currency={ledger.baseCurrency} strong />
}
