import { assert } from '../../kernel/assert.ts'
import { splitByWeight } from '../../kernel/money.ts'

/**
 * How much of a receivable's open amount belongs to each of its lines (ageing by product). Largest remainder, ties to the larger line, then
 * the lower line number; a discount line carries its negative share. Adds up to `open` exactly; the lines themselves when nothing is paid,
 * zeros when all is paid. Minor units; the lines add up to the receivable's amount, in line order. Source: data-model.md 6.
 */
export function lineShares(open: bigint, lines: readonly bigint[]): bigint[] {
  const amount = lines.reduce((sum, line) => sum + line, 0n)
  assert(open >= 0n && open <= amount, 'the open amount is between nothing and the whole')
  return splitByWeight(open, lines)
}
