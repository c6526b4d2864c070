/** The arrangement of the State Council for the autumn of 2026, written off by hand. */
const RESTS = ['2026-09-25', '2026-09-26', '2026-09-27', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'] // biome-ignore format: one line
const WORKED = ['2026-09-20', '2026-10-10']

export function isRest(on: string): boolean {
  if (WORKED.includes(on)) return false
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay()
  return RESTS.includes(on) || weekday === 0 || weekday === 6
}
export function plus(on: string, days: number): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
export function between(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000
}
