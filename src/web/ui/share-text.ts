/** '34.4' for the overdue part of a total, both decimal text; undefined where nothing is open. Exact: digits, no float. */
export function shareText(part: string, whole: string): string | undefined {
  const digits = (text: string) => BigInt(text.replace('.', ''))
  const total = digits(whole)
  if (total <= 0n) return undefined
  const tenths = (digits(part) * 2_000n + total) / (2n * total)
  return `${tenths / 10n}.${tenths % 10n}`
}
