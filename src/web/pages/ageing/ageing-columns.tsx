import { RightOutlined } from '@ant-design/icons'
import type { TableColumnsType } from 'antd'
import { shadeOfBucket } from '../../ui/ageing-buckets.ts'
import { AgeingStrip } from '../../ui/ageing-strip.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { Dot } from '../../ui/dot.tsx'
import { shareText } from '../../ui/share-text.ts'
import { phraseText, type Words } from '../../words.ts'
import type { AgeingReport, Cell, Row } from './ageing-question.ts'

type Given = {
  report: AgeingReport
  rows: readonly Row[]
  words: Words
  expandable: boolean
  /** The dimensions of the rows: the first, and the second where it is shown. */
  inner: readonly string[]
  isOpen: (row: Row) => boolean
  toggle: (row: Row) => void
  cell: Cell | undefined
  onCell: (cell: Cell) => void
}

/** Name, the buckets with their swatch, open total, unallocated money apart (never netted, so without a minus: as in the exports), overdue share, split. */
export function ageingColumns(given: Given): TableColumnsType<Row> {
  const { report, words, inner } = given
  const labels = report.buckets.map(({ label }) => phraseText(label as Parameters<typeof phraseText>[0]))
  const last = labels.length
  return [
    {
      key: 'name',
      title: inner.map((dimension) => words(`dimensions.${dimension}`)).join(' / '),
      fixed: 'left',
      render: (_, row) => <RowName row={row} {...given} />,
    },
    ...labels.map((label, index) => ({
      key: `b${index}`,
      align: 'right' as const,
      title: (
        <span className="nowrap">
          <Dot color={`age-${shadeOfBucket(index, last)}`} />
          {label}
        </span>
      ),
      render: (_: unknown, row: Row) => (
        <Figure row={row} column={index} label={label} amount={row.buckets[index]!} bucket={report.buckets[index]!.key} {...given} />
      ),
    })),
    {
      key: 'total',
      sorter: true,
      align: 'right',
      title: words('columns.total'),
      render: (_, row) => (
        <Figure row={row} column={last} label={words('columns.total')} amount={row.total} bucket={undefined} {...given} />
      ),
    },
    {
      key: 'unallocated',
      align: 'right',
      title: words('columns.unallocated'),
      render: (_, row) => <Amount value={row.unallocated === null || isNothing(row.unallocated) ? null : row.unallocated} quiet />,
    },
    {
      key: 'overdue',
      sorter: true,
      align: 'right',
      title: words('columns.overdueShare'),
      render: (_, row) => <Share row={row} words={words} />,
    },
    {
      key: 'split',
      width: 80,
      title: words('columns.split'),
      render: (_, row) => <AgeingStrip small parts={labels.map((label, index) => ({ label, amount: row.buckets[index]! }))} />,
    },
  ]
}

function RowName({ row, expandable, isOpen, toggle, words }: { row: Row } & Given) {
  const open = isOpen(row)
  const own = row.own ? (
    <span className="muted small">
      {' '}
      {formatDecimal(row.own.total)} {row.own.currency}
    </span>
  ) : null
  if (row.level === 1 || !expandable)
    return (
      <span className={`ageing-name cut level-${row.level}`} title={row.name}>
        {row.name}
        {own}
      </span>
    )
  return (
    <button
      type="button"
      className="ageing-name ageing-toggle cut"
      aria-expanded={open}
      aria-label={words(open ? 'page.collapse' : 'page.expand', { name: row.name })}
      title={row.name}
      onClick={() => toggle(row)}
    >
      <RightOutlined aria-hidden rotate={open ? 90 : 0} />
      {row.name}
      {own}
    </button>
  )
}

/** A figure is a door: it opens the documents behind it. Nothing is a dash. */
function Figure({
  row,
  rows,
  column,
  label,
  amount,
  bucket,
  cell,
  expandable,
  onCell,
  words,
}: { row: Row; column: number; label: string; amount: string; bucket: string | undefined } & Given) {
  const place = `${rows.indexOf(row)},${column}`
  const chosen = cell?.row === row.key && cell.bucket === bucket
  const nothing = isNothing(amount)
  const isGroup = row.level === 0 && expandable
  return (
    <button
      type="button"
      className={`figure ${chosen ? 'chosen' : ''} ${bucket === undefined || isGroup ? 'strong' : ''}`}
      data-place={place}
      aria-label={words('page.cell', { name: row.name, bucket: label, amount: formatDecimal(amount) })}
      aria-pressed={chosen}
      onClick={() =>
        nothing || row.others !== undefined ? undefined : onCell({ row: row.key, name: row.name, filter: row.filter, bucket, amount })
      }
    >
      <Amount value={nothing ? null : amount} strong={bucket === undefined || isGroup} />
    </button>
  )
}

function Share({ row, words }: { row: Row; words: Words }) {
  const share = shareText(row.overdue, row.total)
  return share === undefined ? <span className="muted">–</span> : <span className="amount">{words('page.shareOf', { share })}</span>
}

function isNothing(amount: string): boolean {
  return /^-?0(\.0*)?$/.test(amount)
}
