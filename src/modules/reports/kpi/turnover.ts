import { amountPart, daysPart, type KpiFigure, monthsPart } from './formula.ts'
import { ratio } from './ratio.ts'

const MONTHS_OF_YEAR = 12

/** Minor units; `months`: how many months the sales are of. */
export type TurnoverPeriod = { readonly opening: bigint; readonly closing: bigint; readonly sales: bigint; readonly months: number }

/** 应收账款周转率, times a year: sales × 12 ÷ months ÷ ((opening + closing) ÷ 2). No figure where nothing was owed at either end. */
export function turnoverRate({ opening, closing, sales, months }: TurnoverPeriod): KpiFigure {
  const average = opening + closing
  const yearly =
    months === MONTHS_OF_YEAR ? [] : (['×', monthsPart('yearMonths', MONTHS_OF_YEAR), '÷', monthsPart('periodMonths', months)] as const)
  return {
    unit: 'times',
    value: average > 0n ? ratio(sales * BigInt(MONTHS_OF_YEAR) * 2n, average * BigInt(months)) : undefined,
    formula: [amountPart('sales', sales), ...yearly, '÷', averagePart(opening, closing)],
  }
}

/** 应收账款周转天数 by the turnover: the days of a year (365 or 360, setting yearDays) ÷ the rate. No figure where nothing was sold. */
export function turnoverDays(period: TurnoverPeriod, yearDays: number): KpiFigure {
  const { opening, closing, sales, months } = period
  const { value: rate } = turnoverRate(period)
  return {
    unit: 'days',
    value: sales > 0n ? ratio(BigInt(yearDays) * (opening + closing) * BigInt(months), sales * BigInt(MONTHS_OF_YEAR) * 2n) : undefined,
    formula: rate === undefined ? [] : [daysPart('yearDays', yearDays), '÷', { name: 'turnoverRate', unit: 'times', value: rate }],
  }
}

function averagePart(opening: bigint, closing: bigint) {
  return { name: 'average', unit: 'amount' as const, value: ratio(opening + closing, 2n) }
}
