import { amountPart, type KpiFigure } from './formula.ts'
import { ratio } from './ratio.ts'

/** `part` of `whole` in per cent: 逾期占比 (overdue ÷ receivables), 回款率 (collected ÷ sold), 按期回款占比. No figure where the whole is nothing. */
export function shareOf(partName: string, part: bigint, wholeName: string, whole: bigint): KpiFigure {
  return {
    unit: 'percent',
    value: whole > 0n ? ratio(part * 100n, whole) : undefined,
    formula: [amountPart(partName, part), '÷', amountPart(wholeName, whole)],
  }
}

/** Days weighted by amount: Σ(amount × days) ÷ Σ amount. `weighted` in minor units × days. No figure where no amount is. */
export function weightedDays(name: string, weighted: bigint, amount: bigint): KpiFigure {
  return {
    unit: 'days',
    value: amount > 0n ? ratio(weighted, amount) : undefined,
    formula: [{ name, unit: 'amount', value: ratio(weighted) }, '÷', amountPart('collected', amount)],
  }
}
