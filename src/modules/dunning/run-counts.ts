/** What a run did. `cases`: customers that took a level; `opened`: of them, those without a case before; `closed`: cases whose debts are settled. */
export type RunCounts = {
  readonly cases: number
  readonly opened: number
  readonly closed: number
  readonly emails: number
  readonly reminders: number
  readonly escalations: number
  readonly flags: number
  readonly holds: number
  readonly items: number
}

export const noCounts: RunCounts = { cases: 0, opened: 0, closed: 0, emails: 0, reminders: 0, escalations: 0, flags: 0, holds: 0, items: 0 } // biome-ignore format: one line

export function addCounts(a: RunCounts, b: RunCounts): RunCounts {
  return Object.fromEntries(Object.entries(a).map(([name, value]) => [name, value + b[name as keyof RunCounts]])) as RunCounts
}
