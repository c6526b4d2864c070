import { addDays, type Day, endOfMonth, startOfMonth } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { and, type Sql, sql } from '../../../platform/sql.ts'
import { postedUpTo } from '../../ageing/month-ends.query.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { matching } from '../report-question.query.ts'
import type { BalanceDay } from './balance-facts.query.ts'
import { factRow, type KpiColumns, type KpiKey } from './fact-row.query.ts'
import type { KpiFigureName, KpiPeriod } from './kpi-facts.ts'
import type { MovementPart } from './movement-facts.query.ts'

type Asked = Pick<ReportQuestion, 'currency' | 'filters'>
const KEPT_FILTERS: ReadonlySet<string> = new Set(['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'])
const CUSTOMER_FILTERS = ['customer', 'group', 'industry', 'class'] as const

/** Last days of the months that are kept, still right, and can answer this question; none for whoever sees a part of the company. */
export async function keptMonths(reader: Reader, { currency, filters }: Asked): Promise<ReadonlySet<Day>> {
  const { tenantId, scope } = reader.caller
  const asked = Object.entries(filters).filter(([, values]) => values !== undefined)
  if (scope.kind !== 'all' || currency !== undefined || asked.some(([name]) => !KEPT_FILTERS.has(name))) return new Set()
  const { posted, moved } = postedUpTo(reader, sql`m.on_day`)
  const rows = await reader.report<{ onDay: Day }>(
    sql`select m.on_day from ar.kpi_months m where m.tenant_id = ${tenantId} and m.posted = ${posted} and m.moved = ${moved}`,
  )
  return new Set(rows.map(({ onDay }) => onDay))
}

/** A period as the kept months that lie whole in it, and the days between them. */
export function splitByKept(
  { place, from, to }: KpiPeriod,
  kept: ReadonlySet<Day>,
): { months: { place: number; on: Day }[]; rest: KpiPeriod[] } {
  const months: { place: number; on: Day }[] = []
  const rest: KpiPeriod[] = []
  let begin: Day | undefined
  for (let start = from; start <= to; start = addDays(endOfMonth(start), 1)) {
    const end = endOfMonth(start)
    if (start === startOfMonth(start) && end <= to && kept.has(end)) {
      if (begin !== undefined) rest.push({ place, from: begin, to: addDays(start, -1) })
      begin = undefined
      months.push({ place, on: end })
    } else begin ??= start
  }
  return { months, rest: begin === undefined ? rest : [...rest, { place, from: begin, to }] }
}

const FIGURES: Readonly<Record<MovementPart | BalanceDay['as'], { readonly [name in KpiFigureName]?: Sql }>> = {
  sales: { sales: sql`m.sales`, broughtIn: sql`m.brought_in` },
  salesNet: { salesNet: sql`m.sales_net` },
  money: { collected: sql`m.collected`, adjusted: sql`m.adjusted`, waited: sql`m.waited`, late: sql`m.late` },
  opening: { opening: sql`m.closing` },
  closing: { closing: sql`m.closing`, notDue: sql`m.not_due` },
}
const columns: KpiColumns = { customer: sql`m.customer_id`, salesperson: sql`m.salesperson_id`, region: sql`m.region_id` }

/** Facts of kept months in the columns of the others. */
export function keptFacts(
  reader: Reader,
  asked: Asked,
  keys: readonly KpiKey[],
  months: readonly { readonly place: number; readonly on: Day }[],
  parts: readonly (keyof typeof FIGURES)[],
): Sql {
  const byCustomer = keys.includes('customer') || CUSTOMER_FILTERS.some((name) => asked.filters[name] !== undefined)
  const figures = Object.assign({}, ...parts.map((part) => FIGURES[part]))
  const question: ReportQuestion = { from: months[0]!.on, to: months[0]!.on, by: 'customer', compared: undefined, ...asked }
  return sql`select ${factRow(sql`p.place`, keys, columns, figures)}
    from (values ${sql.join(months.map(({ place, on }) => sql`(${sql.lit(place)}, ${on}::date)`))}) p (place, on_day)
    join ar.kpi_month_figures m on ${and(
      sql`m.tenant_id = ${reader.caller.tenantId} and m.on_day = p.on_day`,
      byCustomer ? sql`not m.is_total` : sql`m.is_total`,
      matching(reader, question, { ...columns, currency: sql`null::text`, entity: sql`null::uuid` }),
    )}`
}
