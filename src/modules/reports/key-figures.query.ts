import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { word } from '../../platform/words.ts'
import type { FormulaPart, KpiFigure } from './kpi/formula.ts'
import { type Ratio, ratioText } from './kpi/ratio.ts'
import { columnTitle } from './report-answer.query.ts'
import type { ReportDefinition, ReportQuestion } from './report-definition.query.ts'

/** Days to a tenth unless they are whole, per cent to a tenth, times and months to a hundredth. */
const DECIMALS = { days: 1, percent: 1, times: 2, months: 2 } as const

/** The key figures of the whole range with the way they were reached: 期末应收 4,836.30 ÷ 本期赊销 6,512.00 × 92 天 = 68.3 天. */
export async function shownFigures(reader: Reader, definition: ReportDefinition, question: ReportQuestion) {
  const { language, baseCurrency } = reader.caller
  const currency = question.currency ?? baseCurrency
  const figures = (await definition.figures?.(reader, question)) ?? []
  const part = ({ name, unit, value }: FormulaPart) => ({
    title: word(language, `reports.parts.${name}`) ?? name,
    unit,
    value: shown(value, unit, currency),
  })
  return figures.map(({ key, figure: { unit, value, formula, isAtLeast } }) => ({
    key,
    title: columnTitle(reader, definition.key, key),
    unit,
    value: value === undefined ? null : shown(value, unit, currency),
    isAtLeast: value !== undefined && (isAtLeast ?? false),
    formula: formula.map((one) => (typeof one === 'string' ? one : part(one))),
  }))
}

function shown(value: Ratio, unit: KpiFigure['unit'], currency: string): string {
  if (unit === 'amount') return formatMinor(BigInt(ratioText(value, 0)), currency)
  return value.denominator === 1n && unit !== 'percent' ? String(value.numerator) : ratioText(value, DECIMALS[unit])
}
