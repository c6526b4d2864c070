import { formatDecimal } from './amount-text.ts'
import { type ChartData, type ChartUnit, type ChartValue, pixelValue } from './chart-data.ts'

/** How amounts are shortened on an axis: what they are divided by, and the word for it ('万', 'K'); '' when they stand whole. */
export type AmountScale = { divisor: number; word: string }

const WHOLE: AmountScale = { divisor: 1, word: '' }
const SCALES: Readonly<Record<'zh-CN' | 'zh-TW' | 'en', readonly { from: number; scale: AmountScale }[]>> = {
  'zh-CN': [
    { from: 1e10, scale: { divisor: 1e8, word: '亿' } },
    { from: 1e5, scale: { divisor: 1e4, word: '万' } },
  ],
  'zh-TW': [
    { from: 1e10, scale: { divisor: 1e8, word: '億' } },
    { from: 1e5, scale: { divisor: 1e4, word: '萬' } },
  ],
  en: [
    { from: 1e8, scale: { divisor: 1e6, word: 'M' } },
    { from: 1e5, scale: { divisor: 1e3, word: 'K' } },
  ],
}

/** The scale for figures up to `most` (absolute) in the person's language. */
export function amountScale(most: number, language: string): AmountScale {
  const scales = SCALES[language as keyof typeof SCALES] ?? SCALES.en
  return scales.find(({ from }) => most >= from)?.scale ?? WHOLE
}

/** The scale of a whole chart; only amounts are shortened. Stacked bars count as high as their stack. */
export function chartScale(data: ChartData, language: string): AmountScale {
  if (data.unit !== 'amount') return WHOLE
  const heights = data.categories.map((_, at) =>
    data.series.reduce((sum, series) => {
      const value = Math.abs(pixelValue(series.values[at] ?? null) ?? 0)
      return series.stack === undefined ? Math.max(sum, value) : sum + value
    }, 0),
  )
  return amountScale(Math.max(0, ...heights), language)
}

/** 48363000.5 in 万 → '4,836.3'. At most one decimal, none from a hundred on. */
export function shortAmount(value: number, { divisor }: AmountScale): string {
  const scaled = value / divisor
  return formatDecimal(scaled.toFixed(divisor === 1 || Math.abs(scaled) >= 10_000 || Number.isInteger(scaled) ? 0 : 1))
}

/** On an axis. */
export function axisText(value: number, unit: ChartUnit, scale: AmountScale): string {
  if (unit === 'amount') return shortAmount(value, scale)
  return unit === 'percent' ? `${formatDecimal(String(value))}%` : formatDecimal(String(value))
}

/** Whole, in tooltip, legend and table: amounts as their text, percentages with their sign. */
export function exactText(value: ChartValue, unit: ChartUnit): string {
  if (value === null) return '–'
  const text = typeof value === 'string' ? value : unit === 'amount' ? value.toFixed(2) : String(value)
  return unit === 'percent' ? `${formatDecimal(text)}%` : formatDecimal(text)
}
