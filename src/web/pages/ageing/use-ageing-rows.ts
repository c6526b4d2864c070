import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { type AgeingDimension, readAgeing } from '../../../modules/ageing/ageing.api.ts'
import { type Answer, call } from '../../api.ts'
import { useWords, type Words } from '../../words.ts'
import { type AgeingValues, baseQuery, type Row, rowFilter } from './ageing-question.ts'

type Report = Answer<typeof readAgeing>
/** Rows of the second dimension that a row opens with; the others are one row. */
const CHILDREN_MOST = 10

/** The rows on screen: those of the first dimension, and below the opened ones those of the second, asked for when they are opened. */
export function useAgeingRows(
  report: Report,
  values: AgeingValues,
): { rows: Row[]; isOpen: (row: Row) => boolean; toggle: (row: Row) => void } {
  const words = useWords('ageing')
  const [open, setOpen] = useState<readonly string[]>([])
  const first = report.items.map((item) => rowOf(item, report.by[0]!, {}, 0, words))
  const opened = first.filter((row) => open.includes(row.key))
  const inner = useQueries({
    queries: opened.map((row) => {
      const query = { ...baseQuery(values), ...row.filter, by: values.inner, limit: String(CHILDREN_MOST), proof: 'false' }
      return {
        queryKey: [readAgeing.path, 'inner', query],
        queryFn: ({ signal }: { signal: AbortSignal }) => call(readAgeing, { query, signal }),
      }
    }),
  })
  const rows = first.flatMap((row) => {
    const children = inner[opened.indexOf(row)]?.data
    if (!children) return [row]
    const shown = children.items.map((item) => rowOf(item, children.by[0]!, row.filter, 1, words))
    return [row, ...shown, ...othersOf(row, shown, children, words)]
  })
  return {
    rows,
    isOpen: (row) => open.includes(row.key),
    toggle: (row) => setOpen(open.includes(row.key) ? open.filter((key) => key !== row.key) : [...open, row.key]),
  }
}

function rowOf(item: Report['items'][number], dimension: AgeingDimension, within: Record<string, string>, level: 0 | 1, words: Words): Row {
  const [{ id, name }] = item.keys as [Report['items'][number]['keys'][number]]
  const { buckets, total, overdue, unallocated, own } = item
  const filter = { ...within, ...rowFilter(dimension, id) }
  return {
    key: JSON.stringify(filter),
    id,
    dimension,
    name: name ?? words(`without.${dimension}`),
    level,
    filter,
    buckets,
    total,
    overdue,
    unallocated,
    own,
  }
}

/** What is left of a row when its largest are shown: the difference, so that everything still adds up. */
function othersOf(row: Row, shown: readonly Row[], { total, totals }: Report, words: Words): Row[] {
  const count = total - shown.length
  if (count <= 0) return []
  const rest = (whole: string, parts: readonly string[]) => subtract(whole, parts)
  return [
    {
      ...row,
      key: `${row.key}others`,
      name: words('page.others', { count }),
      level: 1,
      own: null,
      others: count,
      buckets: totals.buckets.map((bucket, index) =>
        rest(
          bucket,
          shown.map((one) => one.buckets[index]!),
        ),
      ),
      total: rest(
        totals.total,
        shown.map((one) => one.total),
      ),
      overdue: rest(
        totals.overdue,
        shown.map((one) => one.overdue),
      ),
      unallocated:
        totals.unallocated === null
          ? null
          : rest(
              totals.unallocated,
              shown.map((one) => one.unallocated ?? '0'),
            ),
    },
  ]
}

/** Decimal text of one currency, so of equal decimals: exact. */
function subtract(whole: string, parts: readonly string[]): string {
  const decimals = whole.split('.')[1]?.length ?? 0
  const minor = (text: string) => BigInt(text.replace('.', ''))
  const left = parts.reduce((sum, part) => sum - minor(part), minor(whole))
  const digits = (left < 0n ? -left : left).toString().padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return left < 0n ? `-${text}` : text
}
