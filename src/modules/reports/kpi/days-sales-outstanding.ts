import { amountPart, daysPart, type KpiFigure } from './formula.ts'
import { minusRatio, ratio } from './ratio.ts'

/** Amounts in minor units of one currency. `sales`: sold on credit in the period of `days` days. */
export type SalesPeriod = { readonly sales: bigint; readonly days: number }

/** 应收账款周转天数 (DSO), simple: closing receivables ÷ credit sales of the period × its days (domain.md 12). No figure where nothing was sold. */
export function simpleDso(closing: bigint, period: SalesPeriod): KpiFigure {
  return daysOfSales('closing', closing, period)
}

/** 最佳可能 DSO: the same with what is not yet due, that is, if everybody had paid on their due day. */
export function bestPossibleDso(notDue: bigint, period: SalesPeriod): KpiFigure {
  return daysOfSales('notDue', notDue, period)
}

/** 平均拖欠天数 (ADD): DSO − best possible DSO. */
export function averageDaysDelinquent(dso: KpiFigure, bestPossible: KpiFigure): KpiFigure {
  if (dso.value === undefined || bestPossible.value === undefined) return { unit: 'days', value: undefined, formula: [] }
  return {
    unit: 'days',
    value: minusRatio(dso.value, bestPossible.value),
    formula: [{ name: 'dso', unit: 'days', value: dso.value }, '−', { name: 'bestPossible', unit: 'days', value: bestPossible.value }],
  }
}

function daysOfSales(name: string, amount: bigint, { sales, days }: SalesPeriod): KpiFigure {
  return {
    unit: 'days',
    value: sales > 0n ? ratio(amount * BigInt(days), sales) : undefined,
    formula: [amountPart(name, amount), '÷', amountPart('sales', sales), '×', daysPart('periodDays', days)],
  }
}
