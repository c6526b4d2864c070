/** What a run did. `cases`: customers that took a level; `opened`: of them, those without a case before; `closed`: cases whose debts are settled; `unsent`: e-mails that were not possible, because nobody can be written to. */
export type RunCounts = {
  readonly cases: number
  readonly opened: number
  readonly closed: number
  readonly emails: number
  readonly unsent: number
  readonly reminders: number
  readonly escalations: number
  readonly flags: number
  readonly holds: number
  readonly items: number
}

export const noCounts: RunCounts = { cases: 0, opened: 0, closed: 0, emails: 0, unsent: 0, reminders: 0, escalations: 0, flags: 0, holds: 0, items: 0 } // biome-ignore format: one line

/** `a` may come from a run that was begun before all of it was counted. */
export function addCounts(a: Partial<RunCounts>, b: RunCounts): RunCounts {
  const names = Object.keys(noCounts) as (keyof RunCounts)[]
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + b[name]])) as RunCounts
}
