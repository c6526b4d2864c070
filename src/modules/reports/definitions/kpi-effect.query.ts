import type { Reader } from '../../../platform/db.ts'
import { collectionEffectiveness } from '../kpi/collection-effectiveness.ts'
import { countbackDso } from '../kpi/countback-dso.ts'
import { countbackSales } from '../kpi/countback-sales.query.ts'
import { averageDaysDelinquent, bestPossibleDso, simpleDso } from '../kpi/days-sales-outstanding.ts'
import type { KpiFigure } from '../kpi/formula.ts'
import { begun, daysIn, monthsIn } from '../kpi/kpi-periods.ts'
import { kpiSettings, salesOf, salesPart } from '../kpi/kpi-settings.query.ts'
import { figuresOfPeriods, type KpiPart } from '../kpi/period-figures.query.ts'
import { minusRatio, type Ratio, ratio, ratioText } from '../kpi/ratio.ts'
import { shareOf, weightedDays } from '../kpi/shares-and-days.ts'
import { turnoverDays, turnoverRate } from '../kpi/turnover.ts'
import type { DayRange, Parts, ReportColumn, ReportDefinition, ReportQuestion } from '../report-definition.query.ts'
import { asFarAs, periodBefore } from '../report-periods.ts'

/** 指标前后对比: every key figure of a period beside the period before, or the same of the year before: what a change of policy has done. */
export const kpiEffectReport: ReportDefinition = {
  key: 'kpiEffect',
  group: 'efficiency',
  permission: 'receivables.view',
  time: { kind: 'range', default: 'lastThreeMonths' },
  by: ['kpi'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'],
  compares: 'rows',
  usesBasis: true,
  columns: () => columns,
  sort: () => 'place',
  rows,
}

const columns: readonly ReportColumn[] = [
  { key: 'place', kind: 'count', hidden: true, total: 'none' },
  { key: 'unit', kind: 'word', words: 'kpiUnits' },
  { key: 'before', kind: 'ratio', decimals: 2 },
  { key: 'after', kind: 'ratio', decimals: 2 },
  { key: 'difference', kind: 'ratio', decimals: 2 },
  { key: 'changeShare', kind: 'percent' },
]

async function rows(reader: Reader, question: ReportQuestion): Promise<Parts[]> {
  const now = begun(question, reader.today)
  const then = question.compared ?? asFarAs(periodBefore(question), question, reader.today)
  if (now === undefined) return []
  const [before, after] = await Promise.all([
    keyFigures(reader, question, begun(then, reader.today) ?? then),
    keyFigures(reader, question, now),
  ])
  return Object.entries(after).map(([k, figure], place) => ({ k, place, unit: figure.unit, ...beside(before[k]!.value, figure.value) }))
}

/** Two values and their difference, in the unit, to a hundredth; the change as a rate of what it was. */
function beside(before: Ratio | undefined, after: Ratio | undefined): Parts {
  const text = (value: Ratio | undefined) => (value === undefined ? null : ratioText(value, 2))
  const difference = before === undefined || after === undefined ? undefined : minusRatio(after, before)
  const size = before === undefined || before.numerator === 0n ? undefined : before
  const changed =
    difference === undefined || size === undefined
      ? undefined
      : ratio(difference.numerator * size.denominator, difference.denominator * (size.numerator < 0n ? -size.numerator : size.numerator))
  return {
    before: text(before),
    after: text(after),
    difference: text(difference),
    changeShare: changed === undefined ? null : ratioText(changed, 3),
  }
}

/** The key figures of one period, in the order in which they are read. */
async function keyFigures(reader: Reader, question: ReportQuestion, period: DayRange): Promise<Record<string, KpiFigure>> {
  const settings = await kpiSettings(reader)
  const parts: KpiPart[] = [...new Set<KpiPart>(['opening', 'closing', 'sales', salesPart(settings), 'money'])]
  const [[found], months] = await Promise.all([
    figuresOfPeriods(reader, question, [period], parts),
    countbackSales(reader, question, settings, [period.to]),
  ])
  const figures = found!
  const { opening, closing, notDue, collected, adjusted, waited, late } = figures
  const sold = { sales: salesOf(figures, settings), days: daysIn(period) }
  const turned = { opening, closing, sales: sold.sales, months: monthsIn(period) }
  const dso = simpleDso(closing, sold)
  const bestPossible = bestPossibleDso(notDue, sold)
  return {
    cycleDays: weightedDays('waited', waited, collected),
    lateDays: weightedDays('late', late, collected),
    dso,
    bestPossible,
    delinquent: averageDaysDelinquent(dso, bestPossible),
    countback: countbackDso(closing, months.get(period.to)!),
    overdueShare: shareOf('overdue', closing - notDue, 'closing', closing),
    effectiveness: collectionEffectiveness(figures),
    turnoverRate: turnoverRate(turned),
    turnoverDays: turnoverDays(turned, settings.yearDays),
    adjustedShare: shareOf('adjusted', adjusted, 'collected', collected),
  }
}
