/** '+12.3%' of what was then, to a tenth of a per cent, from decimal texts; undefined where there was nothing then. */
export function changeText(now: string | number | null | undefined, then: string | number | null | undefined): string | undefined {
  const [n, t] = [Number(now ?? 0), Number(then ?? 0)]
  if (t === 0) return undefined
  const tenths = Math.round(((n - t) / Math.abs(t)) * 1000) / 10
  return `${tenths > 0 ? '+' : tenths < 0 ? '\u2212' : ''}${Math.abs(tenths).toFixed(1)}%`
}
