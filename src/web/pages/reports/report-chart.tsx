import { Chart } from '../../ui/chart.tsx'
import type { ChartData, ChartTint, ChartUnit } from '../../ui/chart-data.ts'
import { useWords } from '../../words.ts'
import type { Report } from './report-question.ts'

type Drawn = Report['charts'][number]

const units: Readonly<Record<string, ChartUnit>> = { money: 'amount', count: 'count', days: 'days', percent: 'percent' }
/** Colours that mean something keep it; the others follow in their order. */
const tints: Readonly<Record<string, ChartTint>> = { notDue: 'exp-notDue', overdue: 'exp-overdue', lastYear: 'control', amount: 'cat-0' }

const COLOURS = [0, 1, 2, 3, 4, 5, 6, 7]
/** In the dark, overdue is orange: then nothing else is. */
const BESIDE_OVERDUE = [0, 2, 3, 4, 5, 6, 7]

/** A chart of the report. Numbers are shortened here only (万); the table and the tooltip have them whole. */
export function ReportChart({ chart, report }: { chart: Drawn; report: Report }) {
  const words = useWords('reports')
  const unit = units[chart.series[0]?.kind ?? 'money'] ?? 'amount'
  if (chart.x.length === 0) return null
  const free = chart.series.some(({ key }) => key === 'overdue') ? BESIDE_OVERDUE : COLOURS
  const data: ChartData = {
    categories: chart.x,
    unit,
    series: chart.series.map(({ key, title, kind, values }, index) => ({
      name: title,
      kind: chart.kind === 'lines' || (key === 'lastYear' && chart.kind === 'bars') ? ('line' as const) : ('bar' as const),
      tint: tints[key] ?? (`cat-${free[index % free.length]!}` as ChartTint),
      values: kind === 'percent' ? values.map((value) => (value === null ? null : Math.round(Number(value) * 1000) / 10)) : values,
      ...(chart.kind === 'stack' ? { stack: 'one' } : {}),
    })),
    ...(isByName(report, chart) ? { layout: 'rows' as const } : {}),
  }
  const day = report.time === 'range' ? words('page.fromTo', { from: report.from, to: report.to }) : report.to
  return (
    <Chart
      title={chart.title}
      sub={unit === 'amount' ? `${report.currency} · ${day}` : day}
      data={data}
      height={isByName(report, chart) ? Math.max(160, chart.x.length * 26) : 220}
    />
  )
}

const TIMES = new Set(['day', 'week', 'month', 'quarter', 'year'])

/** Bars of names lie, so that names can be read; lines go from left to right. */
function isByName({ by }: Report, { x, kind }: Drawn): boolean {
  return kind !== 'lines' && !TIMES.has(by) && !/^\d{4}/.test(x[0] ?? '')
}
