import { formatMinor } from '../../../kernel/money.ts'
import { basisPoints } from '../../../kernel/percent.ts'
import type { Reader } from '../../../platform/db.ts'
import { type BoundRoute, read } from '../../../platform/http.ts'
import type { KpiFigure } from '../kpi/formula.ts'
import { ratioText } from '../kpi/ratio.ts'
import { cashForecast } from './cash.query.ts'
import { type Likely, weekTotal } from './cash-weeks.ts'
import { collections } from './collections.query.ts'
import * as api from './home.api.ts'
import { dsoByMonth, HOME_BUCKETS, monthFigures } from './month-figures.query.ts'
import { riskReason } from './risk-reason.ts'
import { topRisks } from './risks.query.ts'
import { readTargets } from './targets.query.ts'
import { todayLines } from './today.query.ts'

export const homeHttp: readonly BoundRoute[] = [
  read(api.homeToday, async (reader, { query }) => ({
    asOf: reader.today,
    at: reader.at.toISOString(),
    items: (await todayLines(reader, query.view)).map(({ amounts, list, facts, ...line }) => ({
      ...line,
      facts: facts.map(({ key, params }) => (params === undefined ? { key } : { key, params })),
      amounts: amounts.map(({ currency, minor }) => ({ currency, amount: formatMinor(minor, currency) })),
      list: {
        path: list.path,
        query: Object.fromEntries(
          Object.entries(list.query).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
        ),
      },
    })),
  })),
  read(api.homeFigures, (reader) => figures(reader)),
  read(api.homeCollections, async (reader) => {
    const [{ amount, before, ...rest }, { collectionsMinor }] = await Promise.all([collections(reader), readTargets(reader)])
    const base = reader.caller.baseCurrency
    return {
      ...rest,
      currency: base,
      amount: formatMinor(amount, base),
      before: formatMinor(before, base),
      target: collectionsMinor === null ? null : formatMinor(collectionsMinor, base),
      ofTarget: collectionsMinor === null || collectionsMinor === 0n ? null : Number((amount * 100n) / collectionsMinor),
    }
  }),
  read(api.homeCash, (reader) => cash(reader)),
  read(api.homeRisks, async (reader) => {
    const base = reader.caller.baseCurrency
    const amount = (minor: bigint) => formatMinor(minor, base)
    const risks = await topRisks(reader)
    return {
      currency: base,
      items: risks.map((risk) => ({
        id: risk.id,
        name: risk.name,
        overdue: amount(risk.overdue),
        oldestDays: risk.oldestDays,
        ...phrased(riskReason(risk, amount)),
      })),
    }
  }),
]

async function figures(reader: Reader) {
  const base = reader.caller.baseCurrency
  const [months, targets] = await Promise.all([monthFigures(reader), readTargets(reader)])
  const dso = await dsoByMonth(reader, months)
  const percent = (points: number) => (points / 100).toFixed(1)
  return {
    currency: base,
    asOf: reader.today,
    buckets: [
      { fromDays: null, toDays: null },
      ...HOME_BUCKETS.map((fromDays, at) => ({ fromDays, toDays: at + 1 < HOME_BUCKETS.length ? HOME_BUCKETS[at + 1]! - 1 : null })),
    ],
    months: months.map(({ on, buckets, total, overdue }, at) => ({
      on,
      buckets: buckets.map((amount) => formatMinor(amount, base)),
      total: formatMinor(total, base),
      overdue: formatMinor(overdue, base),
      overdueShare: total > 0n ? percent(basisPoints(overdue, total)) : null,
      dso: daysOf(dso[at]),
    })),
    targets: {
      overdueShare: targets.overdueShareBasisPoints === null ? null : percent(targets.overdueShareBasisPoints),
      dsoDays: targets.dsoDays,
    },
  }
}

function daysOf(figure: KpiFigure | undefined) {
  return figure?.value === undefined ? null : { days: ratioText(figure.value, 1), isAtLeast: figure.isAtLeast ?? false }
}

async function cash(reader: Reader) {
  const base = reader.caller.baseCurrency
  const amount = (minor: bigint) => formatMinor(minor, base)
  const interval = (likely: Likely | undefined) => (likely ? { low: amount(likely.low), high: amount(likely.high) } : null)
  const { weeks, total, likely, passed, later } = await cashForecast(reader)
  return {
    currency: base,
    asOf: reader.today,
    weeks: weeks.map((week) => ({
      from: week.from,
      to: week.to,
      promise: amount(week.promise),
      prediction: amount(week.prediction),
      dueOnly: amount(week.dueOnly),
      total: amount(weekTotal(week)),
      likely: interval(week.likely),
    })),
    total: amount(total),
    likely: interval(likely),
    passed: amount(passed),
    later: amount(later),
    open: amount(total + passed + later),
  }
}

function phrased({ status, reasons }: ReturnType<typeof riskReason>) {
  return { status, reasons: reasons.map(({ key, params }) => ({ key, ...(params === undefined ? {} : { params }) })) }
}
