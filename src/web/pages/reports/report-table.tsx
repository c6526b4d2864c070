import { Link } from '@tanstack/react-router'
import type { List } from '../../lists.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { NoResult } from '../../ui/no-result.tsx'
import type { PhoneRow } from '../../ui/phone-list.tsx'
import { useWords } from '../../words.ts'
import { cellText, isFigure, ReportCell } from './report-cell.tsx'
import type { Figure, Report, ReportColumn, ReportFilterValues, ReportItem } from './report-question.ts'

type Props = {
  report: Report
  list: List<Report>
  filters: ReportFilterValues
  figure: Figure | undefined
  onFigure: (figure: Figure | undefined) => void
}

/** The rows and the totals of the whole filter. */
export function ReportTable({ report, list, filters, figure, onFigure }: Props) {
  const words = useWords('reports')
  const narrowing = filters.active.filter((name) => !NOT_NARROWING.has(name))
  return (
    <DataTable<ReportItem>
      name={`report-${report.key}-${report.by}`}
      label={report.title}
      columns={useColumns(report, figure, onFigure)}
      rowKey={(item) => item.key ?? 'none'}
      list={list}
      sort={filters.values.sort === '' ? report.sort : filters.values.sort}
      onSort={(sort) => {
        onFigure(undefined)
        filters.set({ sort })
      }}
      sumTitle={words('sum', { count: report.total })}
      phoneRow={(item) => phoneRow(report, item, words('without'))}
      empty={
        narrowing.length > 0 ? (
          <NoResult filters={narrowing.length} onClear={filters.clear} />
        ) : (
          <EmptyState title={words('page.empty')} text={words('page.emptyHint')} />
        )
      }
    />
  )
}

/** These change how it is shown, not how much of it. */
const NOT_NARROWING: ReadonlySet<string> = new Set(['by', 'compare', 'currency', 'asOf'])

function useColumns(report: Report, figure: Figure | undefined, onFigure: Props['onFigure']): Column<ReportItem>[] {
  const words = useWords('reports')
  const { byTitle, columns, totals } = report
  const hasTotals = columns.some(({ key }) => isTotal(totals[key]))
  const door = (column: ReportColumn, item: ReportItem | undefined) => {
    const value = (item?.cells ?? totals)[column.key]
    const cell = <ReportCell column={column} value={value} strong={item === undefined} />
    if (!column.opens || value === null || value === undefined || Number(value) === 0) return cell
    const row = item === undefined ? undefined : (item.key ?? 'none')
    const chosen = figure !== undefined && figure.row === row && figure.column === column.key
    const name = item === undefined ? words('page.all') : (item.name ?? words('without'))
    return (
      <button
        type="button"
        className={`figure ${chosen ? 'chosen' : ''}`}
        aria-label={words('page.open', { name, column: column.title, value: cellText(column, value) })}
        onClick={() => onFigure(chosen ? undefined : { row, name, column: column.key, title: column.title, value })}
      >
        {cell}
      </button>
    )
  }
  return [
    { key: 'key', title: byTitle, sort: true, render: (item) => <RowName report={report} item={item} /> },
    ...columns.map(
      (column): Column<ReportItem> => ({
        key: column.key,
        title: column.title,
        choice: 'shown',
        ...(isFigure(column) ? { align: 'right' as const } : {}),
        ...(column.sorts ? { sort: true as const } : {}),
        render: (item) => (isFigure(column) ? door(column, item) : <LinkedCell column={column} item={item} />),
        ...(hasTotals ? { sum: isTotal(totals[column.key]) ? door(column, undefined) : null } : {}),
      }),
    ),
  ]
}

/** Key figures of different kinds have no sum: then there is no line for it. */
function isTotal(value: string | number | null | undefined): boolean {
  return value !== null && value !== undefined
}

function RowName({ report: { by }, item }: { report: Report; item: ReportItem }) {
  const words = useWords('reports')
  const name = item.name ?? words('without')
  const to = item.key === null ? undefined : pageOf(by, item.key)
  return (
    <span className="cut" title={item.code === null ? name : `${name} · ${item.code}`}>
      {to === undefined ? name : <Link to={to}>{name}</Link>}
    </span>
  )
}

function LinkedCell({ column, item }: { column: ReportColumn; item: ReportItem }) {
  const id = item.links[column.key]
  const value = item.cells[column.key]
  if (column.key !== 'customer' || id === undefined || value === null) return <ReportCell column={column} value={value} />
  return (
    <Link to={paths.customer({ id })} className="cut">
      {value}
    </Link>
  )
}

/** The page of what a row stands for, where it has one. */
function pageOf(by: string, id: string): string | undefined {
  if (by === 'customer' || by === 'group') return paths.customer({ id })
  if (by === 'receipt') return paths.receipt({ id })
  if (by === 'receivable') return paths.receivable({ id })
  if (by === 'order') return paths.order({ id })
  return undefined
}

/** The figure that the report is about: its key figure, else the amount by which it is sorted, else its first amount; beside it one figure more, or two where there are no amounts. */
function phoneRow({ columns, by, sort, figures }: Report, item: ReportItem, without: string): PhoneRow {
  const own = columns.filter(isFigure)
  const amounts = own.filter(({ kind }) => kind === 'money')
  const key = own.find((column) => figures.some((one) => one.key === column.key)) ?? own.find((column) => column.key === 'after')
  const main = key ?? amounts.find((column) => column.key === sort.replace('-', '')) ?? amounts[0] ?? own[0]
  const others = own.filter((column) => column !== main).slice(0, amounts.length > 0 ? 1 : 2)
  const to = item.key === null ? undefined : pageOf(by, item.key)
  const name = item.name ?? without
  return {
    title: to === undefined ? name : <Link to={to}>{name}</Link>,
    ...(main ? { amount: <ReportCell column={main} value={item.cells[main.key]} /> } : {}),
    reason: item.cells['customer'] ?? item.code ?? undefined,
    mark: others.map((column) => (
      <span key={column.key} className="secondary">
        {column.title} <ReportCell column={column} value={item.cells[column.key]} />
      </span>
    )),
  }
}
