import type { Day } from '../../kernel/day.ts'
import type { Language } from '../../kernel/language.ts'
import type { LadderVersion } from './ladder.ts'
import type { HadLevel } from './level-to-take.ts'

/** What an earlier case that ended without an item hands on to the case that chases it again. */
export type CaseBefore = HadLevel & { readonly highRisk: boolean; readonly collectorId: string | null }
/** A receivable that is due or soon will be. `excluded`: disputed, or dunning of it is paused. `had`: an earlier case ended while it was. */
export type DueReceivable = {
  readonly customerId: string
  readonly receivableId: string
  readonly dueOn: Day
  readonly currency: string
  readonly open: bigint
  readonly openBase: bigint
  readonly excluded: boolean
  readonly had: CaseBefore | null
}
/**
 * `level`, `turn`: as the ladder of today counts. `beyond`: what the case has reached, when its ladder has fewer levels now (shortened, or another one by a merge); it goes on at the highest
 * that remains. `cutOn`: the day on which that was said.
 */
export type OpenCase = {
  readonly id: string
  readonly version: number
  readonly level: number
  readonly turn: number
  readonly lastStepOn: Day | null
  readonly withheld: number
  readonly isWithheld: boolean
  readonly beyond: { readonly level: number; readonly turn: number } | null
  readonly cutOn: Day | null
  readonly highRisk: boolean
  readonly collectorId: string | null
}
export type CustomerBlock = { readonly untilOn: Day | null; readonly reason: string }

/** A customer with something due: everything that decides which level it takes. Amounts in minor units of the base currency. */
export type DueCustomer = {
  readonly customerId: string
  readonly code: string
  readonly name: string
  readonly language: Language
  readonly salespersonId: string | null
  readonly version: LadderVersion
  readonly openCase: OpenCase | null
  readonly unallocatedBase: bigint
  readonly block: CustomerBlock | undefined
  readonly items: readonly DueReceivable[]
}
