import type { Day } from '../../../kernel/day.ts'
import type { Phrase } from '../../../kernel/phrase.ts'
import type { Reader } from '../../../platform/db.ts'
import type { TodayKey } from './home-views.ts'

export type TodayAmount = { readonly currency: string; readonly minor: bigint }
/**
 * What waits. `amounts`: of each currency, never added up; none where the thing has no amount. `dueOn`: by when it should be done. `facts`: what changes the decision, joined by commas.
 * `list` is the request that the line opens: its count and sums are these figures.
 */
export type TodayFound = {
  readonly count: number
  readonly amounts: readonly TodayAmount[]
  readonly dueOn: Day | null
  readonly facts: readonly Phrase[]
  readonly list: { readonly path: string; readonly query: Readonly<Record<string, string | readonly string[]>> }
}

/** One line of 今天要处理: what it needs to be seen, and one statement under the caller's data scope. Nothing waits: undefined. */
export type TodaySource = {
  readonly key: TodayKey
  readonly permission: string
  readonly find: (reader: Reader) => Promise<TodayFound | undefined>
}

/** The amount in base currency, as the lists with one sum have it. */
export function inBase(reader: Reader, minor: bigint): TodayAmount[] {
  return [{ currency: reader.caller.baseCurrency, minor }]
}
