import { addDays, addMonths, type Day } from '../../kernel/day.ts'
import { type Phrase, phrase } from '../../kernel/phrase.ts'
import type { Issue } from '../../kernel/problem.ts'

/**
 * 账龄区间 as data. `basis` due: days overdue (逾期账龄, for collection), with a first column for what is not due yet. `basis` issued: age of the
 * claim (账龄, for provision), from its first day on. A bucket runs from `from` (included) to `to` (excluded); the last has no end.
 */
export type AgeingScheme = { readonly basis: 'due' | 'issued'; readonly unit: 'day' | 'month'; readonly buckets: readonly AgeingBucket[] }
export type AgeingBucket = { readonly from: number; readonly to?: number; readonly label?: string }
/** The days that fall into a column, for a statement: from included, until excluded. */
export type BucketRange = { readonly key: string; readonly from?: Day; readonly until?: Day; readonly label: Phrase }

/** 未到期, 1–30, 31–60, 61–90, 91–180, >180 */
export const collectionBuckets: AgeingScheme = dayScheme([1, 31, 61, 91, 181])
/** 1 年以内, 1–2, 2–3, 3–4, 4–5, 5 年以上 */
export const provisionBuckets: AgeingScheme = { basis: 'issued', unit: 'month', buckets: contiguous([0, 12, 24, 36, 48, 60]) }

const MOST_BUCKETS = 12
const FURTHEST = { day: 3_650, month: 120 }

/** Days-overdue buckets from their first days: [1, 31, 61] gives 1–30, 31–60, more than 60. */
export function dayScheme(starts: readonly number[]): AgeingScheme {
  return { basis: 'due', unit: 'day', buckets: contiguous(starts) }
}

/** Gaps, overlaps, wrong ends: every fault with its path. */
export function ageingSchemeIssues(scheme: AgeingScheme): Issue[] {
  const { buckets } = scheme
  const issue = (path: string, code: string, params = {}): Issue => ({ path, code, params })
  if (buckets.length === 0) return [issue('buckets', 'ageing.noBuckets')]
  if (buckets.length > MOST_BUCKETS) return [issue('buckets', 'ageing.tooManyBuckets', { most: MOST_BUCKETS })]
  const first = scheme.basis === 'due' && scheme.unit === 'day' ? 1 : 0
  return buckets.flatMap(({ from, to }, i) => {
    const expected = i === 0 ? first : buckets[i - 1]!.to
    const last = i === buckets.length - 1
    if (!Number.isInteger(from) || from < 0 || from > FURTHEST[scheme.unit])
      return [issue(`buckets.${i}.from`, 'ageing.bucketOutOfRange', { most: FURTHEST[scheme.unit] })]
    if (expected !== undefined && from > expected) return [issue(`buckets.${i}.from`, 'ageing.bucketGap', { expected })]
    if (expected !== undefined && from < expected) return [issue(`buckets.${i}.from`, 'ageing.bucketOverlap', { expected })]
    if (!last && (to === undefined || !Number.isInteger(to) || to <= from)) return [issue(`buckets.${i}.to`, 'ageing.bucketEnd')]
    return last && to !== undefined ? [issue(`buckets.${i}.to`, 'ageing.lastBucketEnds')] : []
  })
}

/** Which column an item belongs to; `baseOn` is its due day or its issue day, as the scheme says. Due today is not overdue. */
export function ageingBucket(scheme: AgeingScheme, baseOn: Day, asOf: Day): string {
  const range = bucketRanges(scheme, asOf).find(
    ({ from, until }) => (from === undefined || from <= baseOn) && (until === undefined || baseOn < until),
  )
  return range?.key ?? bucketKey(scheme.buckets.at(-1)!)
}

/** The columns as ranges of days, youngest first: what a statement groups by. They cover every day exactly once. */
export function bucketRanges(scheme: AgeingScheme, asOf: Day): BucketRange[] {
  const start = (age: number) => addDays(scheme.unit === 'day' ? addDays(asOf, -age) : addMonths(asOf, -age), 1)
  const aged = scheme.buckets.map((bucket, i): BucketRange => {
    const until = i === 0 ? youngestUntil(scheme, asOf) : start(bucket.from)
    return {
      key: bucketKey(bucket),
      ...(bucket.to === undefined ? {} : { from: start(bucket.to) }),
      ...(until === undefined ? {} : { until }),
      label: bucketLabel(scheme, bucket),
    }
  })
  return scheme.basis === 'due' ? [{ key: 'notDue', from: asOf, label: phrase('ageing.buckets.notDue') }, ...aged] : aged
}

/** 'notDue', '1-30', '181+': stable as long as the bounds are. */
export function bucketKey({ from, to }: AgeingBucket): string {
  return to === undefined ? `${from}+` : `${from}-${to - 1}`
}

/** Where the first aged column ends: the day before it is due; nowhere when age counts from issue. */
function youngestUntil(scheme: AgeingScheme, asOf: Day): Day | undefined {
  return scheme.basis === 'due' ? asOf : undefined
}

function bucketLabel(scheme: AgeingScheme, { from, to, label }: AgeingBucket): Phrase {
  if (label !== undefined && label !== '') return phrase('ageing.buckets.named', { label })
  if (scheme.unit === 'day')
    return to === undefined
      ? phrase('ageing.buckets.moreThanDays', { days: from - 1 })
      : phrase('ageing.buckets.days', { from, to: to - 1 })
  const years = [from, to ?? 0].every((months) => months % 12 === 0)
  const [unit, size] = years ? ['Years', 12] : ['Months', 1]
  if (to === undefined) return phrase(`ageing.buckets.moreThan${unit}`, { from: from / size })
  return from === 0
    ? phrase(`ageing.buckets.within${unit}`, { to: to / size })
    : phrase(`ageing.buckets.between${unit}`, { from: from / size, to: to / size })
}

function contiguous(starts: readonly number[]): AgeingBucket[] {
  return starts.map((from, i) => (i + 1 < starts.length ? { from, to: starts[i + 1]! } : { from }))
}
