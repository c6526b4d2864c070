import { Button } from 'antd'
import { useState } from 'react'
import { Amount } from '../../ui/amount.tsx'
import type { Column } from '../../ui/column.ts'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useWords } from '../../words.ts'
import type { Check } from './import-view.ts'

type Row = Check['refusedRows'][number]
const PAGE_ROWS = 10

/** Judged rows, ten at a time; a row says all that is wrong with it and what to do. */
export function CheckRows({ rows, count, hasAmount }: { rows: readonly Row[]; count: number; hasAmount: boolean }) {
  const words = useWords('imports')
  const [first, setFirst] = useState(0)
  const columns: Column<Row>[] = [
    { key: 'line', title: words('line'), align: 'right', width: 56, render: (row) => <span className="muted">{row.line}</span> },
    { key: 'title', title: words('what'), render: (row) => <CutText text={row.title || words('emptyTitle')} /> },
    {
      key: 'why',
      title: words('why'),
      render: (row) => (
        <div className="stack wraps">
          {row.findings.map((finding) => (
            <span key={`${finding.field} ${finding.code}`}>{finding.message}</span>
          ))}
        </div>
      ),
    },
    {
      key: 'fix',
      title: words('fix'),
      render: (row) => (
        <span className="secondary wraps">
          {[...new Set(row.findings.map((finding) => finding.fix).filter((fix) => fix !== null))].join(' / ') || '–'}
        </span>
      ),
    },
    ...(hasAmount
      ? [
          {
            key: 'amount',
            title: words('ownAmount'),
            align: 'right' as const,
            render: (row: Row) => <Amount value={row.amount} {...(row.currency === null ? {} : { currency: row.currency })} />,
          },
        ]
      : []),
  ]
  const last = Math.min(first + PAGE_ROWS, rows.length)
  const footer = (
    <span className="row">
      <span className="small secondary">
        {words('shownOf', { from: rows.length === 0 ? 0 : first + 1, to: last, count, all: count.toLocaleString('en-US') })}
      </span>
      <Button size="small" disabled={first === 0} onClick={() => setFirst(first - PAGE_ROWS)}>
        {words('earlier')}
      </Button>
      <Button size="small" disabled={last >= rows.length} onClick={() => setFirst(first + PAGE_ROWS)}>
        {words('later')}
      </Button>
      {count > rows.length ? <span className="small muted">{words('restInFile')}</span> : null}
    </span>
  )
  return (
    <DataTable<Row>
      name="importCheck"
      label={words('rowResults')}
      columns={columns}
      rowKey={(row) => String(row.line)}
      rows={rows.slice(first, last)}
      footer={footer}
      empty={<p className="panel-body secondary">{words('noRowsHere')}</p>}
    />
  )
}
