import { amountPart, type KpiFigure } from './formula.ts'
import { ratio } from './ratio.ts'

/** Minor units. `broughtIn`: opening balances that entered the books within the period: owed from before, so they stand with what was owed at its beginning. */
export type CollectionPeriod = {
  readonly opening: bigint
  readonly broughtIn: bigint
  readonly sales: bigint
  readonly closing: bigint
  /** Of `closing`, what was not yet due. */
  readonly notDue: bigint
}

/**
 * 催收有效率 (CEI): (opening + sales − closing) ÷ (opening + sales − closing not yet due) × 100 (domain.md 12): what was settled, of what could have been. 100 = nothing is overdue. No figure where
 * nothing could have been collected.
 */
export function collectionEffectiveness({ opening, broughtIn, sales, closing, notDue }: CollectionPeriod): KpiFigure {
  const due = opening + broughtIn + sales
  const begin = amountPart('opening', opening + broughtIn)
  return {
    unit: 'percent',
    value: due - notDue > 0n ? ratio((due - closing) * 100n, due - notDue) : undefined,
    formula: [
      ...(['(', begin, '+', amountPart('sales', sales), '−', amountPart('closing', closing), ')', '÷'] as const),
      ...(['(', begin, '+', amountPart('sales', sales), '−', amountPart('notDue', notDue), ')'] as const),
    ],
  }
}
