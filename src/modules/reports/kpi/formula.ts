import type { Ratio } from './ratio.ts'

/** What the parts of a formula and its result are counted in. `amount`: minor units of the report's currency. */
export type FormulaUnit = 'amount' | 'days' | 'months' | 'times' | 'percent'
/** One number of a formula; `name` is the word that stands with it (reports.parts.<name>). */
export type FormulaPart = { readonly name: string; readonly unit: FormulaUnit; readonly value: Ratio }
export type FormulaSign = '+' | '−' | '×' | '÷' | '(' | ')'

/**
 * A figure with the way it was reached, so that a page can show 期末应收 4,836.3 ÷ 本期赊销 6,512.0 × 92 天 = 68.3 天. `value` is exact and undefined where there is nothing to divide by: no
 * figure then, and never a zero. `isAtLeast`: the true figure is this or more, because the known sales do not reach back far enough.
 */
export type KpiFigure = {
  readonly unit: FormulaUnit
  readonly value: Ratio | undefined
  readonly formula: readonly (FormulaPart | FormulaSign)[]
  readonly isAtLeast?: boolean
}

export function amountPart(name: string, minor: bigint): FormulaPart {
  return { name, unit: 'amount', value: { numerator: minor, denominator: 1n } }
}

export function daysPart(name: string, days: number): FormulaPart {
  return { name, unit: 'days', value: { numerator: BigInt(days), denominator: 1n } }
}
