import { assert } from '../../kernel/assert.ts'
import { divideRounded } from '../../kernel/money.ts'

/**
 * Base-currency value of `amount` out of a document that has `left` (worth `leftBase`) left: in proportion, rounded half up; whoever takes the rest takes the rest of the value,
 * so that no value is left over when nothing is left (I-25).
 */
export function baseShare(amount: bigint, left: bigint, leftBase: bigint): bigint {
  assert(amount > 0n && amount <= left, 'a share is positive and not more than there is')
  if (amount === left) return leftBase
  const share = divideRounded(leftBase * amount, left)
  return share > leftBase ? leftBase : share
}
