/** What a figure of a chart counts; it decides how axis, tooltip and table write it. Percentages are given as 38.2, not 0.382. */
export type ChartUnit = 'amount' | 'percent' | 'days' | 'count'

/** A decimal string as the API gives it, or a number; null = nothing there (not zero). */
export type ChartValue = string | number | null

/** Names a colour of tokens.ts by its CSS variable without the dashes: 'age-0' … 'age-5', 'cert-promise', 'cat-0' … 'cat-7', 'exp-overdue', 'text'. */
export type ChartTint = `age-${number}` | `cert-${string}` | `cat-${number}` | `exp-${string}` | 'text' | 'control'

/** One bar segment or line over all categories. */
export type ChartSeries = {
  name: string
  /** One value a category. */
  values: readonly ChartValue[]
  kind: 'bar' | 'line'
  tint: ChartTint
  /** Series of the same stack stand on each other. */
  stack?: string
}

/** A chart as data: drawn by ECharts and shown as a table by the same component. Bars begin at zero. */
export type ChartData = {
  /** Words of the axis, such as months or names. */
  categories: readonly string[]
  series: readonly ChartSeries[]
  unit: ChartUnit
  /** A dashed line with its word. */
  target?: { name: string; value: number }
  /** A whisker on each category, such as an interval of 80 %. */
  range?: { name: string; low: readonly ChartValue[]; high: readonly ChartValue[] }
  /** 'rows' draws horizontal bars, the first category on top: for names. */
  layout?: 'columns' | 'rows'
}

/** For pixels only; the table shows the text itself. */
export function pixelValue(value: ChartValue): number | null {
  return value === null ? null : Number(value)
}
