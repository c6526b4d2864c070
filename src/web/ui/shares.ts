/** Shares of a whole in percent, for drawing only: from decimal strings to widths. Negative parts have no width. */
export function shares(amounts: readonly string[], whole?: string): number[] {
  const values = amounts.map((amount) => Math.max(0, Number(amount)))
  const total = whole === undefined ? values.reduce((a, b) => a + b, 0) : Number(whole)
  return values.map((value) => (total > 0 ? (value / total) * 100 : 0))
}
