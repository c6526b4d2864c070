/** The six shades of the ageing scale: 0 = not due, 1 … 5 = ever later. */
const SHADES_LAST = 5

/** The shade of the default buckets (1–30, 31–60, 61–90, 91–180, over 180): 0 when not overdue. */
export function shadeOfDays(overdueDays: number): number {
  if (overdueDays <= 0) return 0
  const found = [30, 60, 90, 180].findIndex((last) => overdueDays <= last)
  return found === -1 ? SHADES_LAST : found + 1
}

/**
 * The shade of bucket `index` of `count` (bucket 0 is not due). Fewer than six take from the start and the end, so that the last is always
 * the strongest; more than six share shades in the middle.
 */
export function shadeOfBucket(index: number, count: number): number {
  if (index === 0 || count < 2) return 0
  if (count === 2) return SHADES_LAST
  return Math.round(1 + ((index - 1) * (SHADES_LAST - 1)) / (count - 2))
}
