import { assert } from '../../kernel/assert.ts'
import { divideRounded } from '../../kernel/money.ts'

/**
 * Which part of a receivable's open base amount goes when `amount` of its open amount is settled, both in minor units: its share, rounded, and all that is
 * left with the last of it. Whoever undoes a settlement gives back exactly what it took, not this.
 */
export function settledBase({ open, openBase }: { readonly open: bigint; readonly openBase: bigint }, amount: bigint): bigint {
  assert(amount > 0n && amount <= open, 'no more is settled than is open')
  return amount === open ? openBase : divideRounded(openBase * amount, open)
}
