/** '1, 31, 61' → 1–30, 31–60, more than 60. Separators as typed in Chinese too. */
export function bucketsFrom(starts: string): { from: number; to?: number }[] {
  const days = starts.split(/[,，、]/).map((text) => Number(text.trim()))
  return days.map((from, index) => (index + 1 < days.length ? { from, to: days[index + 1]! } : { from }))
}

export function startsOf(buckets: readonly { from: number }[]): string {
  return buckets.map(({ from }) => from).join(', ')
}
