import { amountPart, daysPart, type FormulaPart, type KpiFigure } from './formula.ts'
import { type Ratio, ratio } from './ratio.ts'

const MONTHS_OF_YEAR = 12

/** Minor units; `months`: how many months the sales are of, exactly (monthsIn). */
export type TurnoverPeriod = { readonly opening: bigint; readonly closing: bigint; readonly sales: bigint; readonly months: Ratio }

/** 应收账款周转率, times a year: sales × 12 ÷ months ÷ ((opening + closing) ÷ 2). No figure where nothing was owed at either end. */
export function turnoverRate({ opening, closing, sales, months }: TurnoverPeriod): KpiFigure {
  const owed = opening + closing
  const isYear = months.numerator === BigInt(MONTHS_OF_YEAR) * months.denominator
  const yearly = isYear
    ? []
    : (['×', monthsPart('yearMonths', ratio(BigInt(MONTHS_OF_YEAR))), '÷', monthsPart('periodMonths', months)] as const)
  return {
    unit: 'times',
    value: owed > 0n ? ratio(sales * BigInt(MONTHS_OF_YEAR) * 2n * months.denominator, owed * months.numerator) : undefined,
    formula: [amountPart('sales', sales), ...yearly, '÷', { name: 'average', unit: 'amount', value: ratio(owed, 2n) }],
  }
}

/** 应收账款周转天数 by the turnover: the days of a year (365 or 360, setting yearDays) ÷ the rate. No figure where nothing was sold. */
export function turnoverDays(period: TurnoverPeriod, yearDays: number): KpiFigure {
  const { opening, closing, sales, months } = period
  const { value: rate } = turnoverRate(period)
  return {
    unit: 'days',
    value:
      sales > 0n
        ? ratio(BigInt(yearDays) * (opening + closing) * months.numerator, sales * BigInt(MONTHS_OF_YEAR) * 2n * months.denominator)
        : undefined,
    formula: rate === undefined ? [] : [daysPart('yearDays', yearDays), '÷', { name: 'turnoverRate', unit: 'times', value: rate }],
  }
}

function monthsPart(name: string, value: Ratio): FormulaPart {
  return { name, unit: 'months', value }
}
