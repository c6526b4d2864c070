import { Table } from 'antd'
import { type KeyboardEvent, useRef } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { shareText } from '../../ui/share-text.ts'
import { useWords } from '../../words.ts'
import { ageingColumns } from './ageing-columns.tsx'
import type { AgeingFilters, AgeingReport, Cell, Row } from './ageing-question.ts'
import { cellAfter } from './cell-moves.ts'
import { useAgeingRows } from './use-ageing-rows.ts'

type Props = {
  report: AgeingReport
  filters: AgeingFilters
  cell: Cell | undefined
  onCell: (cell: Cell | undefined) => void
  stale: boolean
}

/** Rows of the first dimension in bold, those of the second inside; every figure is a button. Arrows move between figures, Enter opens, Escape closes. */
export function AgeingTable({ report, filters, cell, onCell, stale }: Props) {
  const words = useWords('ageing')
  const table = useRef<HTMLDivElement>(null)
  const { rows, toggle, isOpen } = useAgeingRows(report, filters.values)
  const { by, inner } = filters.values
  const expandable = inner !== 'none' && inner !== by
  const columns = ageingColumns({
    report,
    words,
    toggle,
    isOpen,
    cell,
    onCell,
    expandable,
    inner: expandable ? [by, inner] : [by],
    rows,
  })
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onCell(undefined)
    const place = (event.target as HTMLElement).closest<HTMLElement>('[data-place]')?.dataset['place']?.split(',').map(Number)
    if (!place) return
    const to = cellAfter(event.key, { row: place[0]!, column: place[1]! }, { rows: rows.length, columns: report.buckets.length + 1 })
    if (!to) return
    event.preventDefault()
    table.current?.querySelector<HTMLElement>(`[data-place="${to.row},${to.column}"]`)?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons inside
    <div ref={table} className={`ageing-table ${stale ? 'stale' : ''}`} onKeyDown={move}>
      <Table<Row>
        aria-label={words('title')}
        size="small"
        pagination={false}
        showSorterTooltip={false}
        rowKey="key"
        dataSource={rows}
        columns={columns}
        scroll={{ x: 'max-content' }}
        rowClassName={(row) => `${row.level === 0 && expandable ? 'strong' : ''} ${cell?.row === row.key ? 'focused' : ''}`}
        onChange={(_, __, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter
          filters.set({ sort: one?.order && one.columnKey ? `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}` : '-total' })
        }}
        summary={() => <Totals report={report} />}
      />
    </div>
  )
}

function Totals({ report: { totals, total } }: { report: AgeingReport }) {
  const words = useWords('ageing')
  const share = shareText(totals.overdue, totals.total)
  const amounts = [...totals.buckets, totals.total, totals.unallocated]
  return (
    <Table.Summary.Row>
      <Table.Summary.Cell index={0}>{words('page.total', { count: total })}</Table.Summary.Cell>
      {amounts.map((amount, index) => (
        <Table.Summary.Cell key={index} index={index + 1} align="right">
          <Amount value={amount} />
        </Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={amounts.length + 1} align="right">
        {share === undefined ? null : words('page.shareOf', { share })}
      </Table.Summary.Cell>
      <Table.Summary.Cell index={amounts.length + 2} />
    </Table.Summary.Row>
  )
}
