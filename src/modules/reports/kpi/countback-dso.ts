import type { SalesPeriod } from './days-sales-outstanding.ts'
import type { FormulaPart, FormulaSign, KpiFigure } from './formula.ts'
import { amountPart, daysPart } from './formula.ts'
import { plusRatio, type Ratio, ratio } from './ratio.ts'

/**
 * 应收账款周转天数, countback (exhaustion): the sales of whole months are taken off the closing receivables from the newest month back, each for all of its days; of the month that no longer fits, only
 * rest ÷ its sales × its days. `months`: the newest first; the newest may be a month to date with the days it has. A month without sales gives its days and takes nothing; one below nothing
 * (more taken back than sold) gives its days and adds to the rest. Where the months end before the rest does, the figure is at least the days back to the oldest month in which
 * something was sold, and says so: of a time before the books nothing is known. Nothing receivable: 0 days; something receivable and nothing ever sold: no figure.
 * Derived from the definition: examples of vendors in circulation add up to something else.
 */
export function countbackDso(closing: bigint, months: readonly SalesPeriod[]): KpiFigure {
  let rest = closing
  let value: Ratio = ratio(0n)
  let wholeDays = 0
  for (const { sales, days } of months) {
    if (rest <= 0n) break
    if (sales > rest) {
      value = plusRatio(value, ratio(rest * BigInt(days), sales))
      return { unit: 'days', value, formula: lastMonth(wholeDays, rest, sales, days) }
    }
    rest -= sales
    wholeDays += days
    value = plusRatio(value, ratio(BigInt(days)))
  }
  if (rest <= 0n) return { unit: 'days', value, formula: [daysPart('wholeMonths', wholeDays)] }
  const known = months.slice(0, months.findLastIndex(({ sales }) => sales > 0n) + 1).reduce((sum, { days }) => sum + days, 0)
  if (known === 0) return { unit: 'days', value: undefined, formula: [], isAtLeast: true }
  return { unit: 'days', value: ratio(BigInt(known)), formula: [daysPart('wholeMonths', known)], isAtLeast: true }
}

function lastMonth(wholeDays: number, rest: bigint, sales: bigint, days: number): (FormulaPart | FormulaSign)[] {
  const partial = [amountPart('rest', rest), '÷', amountPart('monthSales', sales), '×', daysPart('monthDays', days)] as const
  return wholeDays === 0 ? [...partial] : [daysPart('wholeMonths', wholeDays), '+', ...partial]
}
