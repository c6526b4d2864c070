import { addDays, type Day, laterDay, startOfMonth } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { and, type Sql, sql } from '../../../platform/sql.ts'
import { postedUpTo } from '../../ageing/month-ends.query.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { matching } from '../report-question.query.ts'
import type { BalanceDay } from './balance-facts.query.ts'
import { factRow, type KpiColumns, type KpiKey } from './fact-row.query.ts'
import type { KpiFigureName, KpiPeriod } from './kpi-facts.ts'
import type { MovementPart, Since } from './movement-facts.query.ts'

type Asked = Pick<ReportQuestion, 'currency' | 'filters'>
const KEPT_FILTERS: ReadonlySet<string> = new Set(['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'])
const CUSTOMER_FILTERS = ['customer', 'group', 'industry', 'class'] as const

/**
 * What is kept, still right, and can answer a question. `ends`: last days of months, and other days of months that are over. `running`: the day in the month that runs up to which sums are kept, and how to find what was dated back to
 * that month since (undefined: nothing was). `firstOn`: the first day of the books, where known; before it there is nothing.
 */
export type KeptMonths = {
  readonly ends: ReadonlySet<Day>
  readonly running?: { readonly on: Day; readonly late: Since | undefined }
  readonly firstOn?: Day
}

/** The months that can answer this question; none for whoever sees a part of the company. */
export async function keptMonths(reader: Reader, { currency, filters }: Asked): Promise<KeptMonths> {
  const { tenantId: t, scope } = reader.caller
  const asked = Object.entries(filters).filter(([, values]) => values !== undefined)
  if (scope.kind !== 'all' || currency !== undefined || asked.some(([name]) => !KEPT_FILTERS.has(name))) return { ends: new Set() }
  const rows = await reader.report<{ onDay: Day; monthPosted: bigint | null; isLate: boolean; firstOn: Day }>(
    sql`select m.on_day, m.month_posted, m.month_posted is not null and ${datedBack(t)} as is_late,
        (select min(e.entry_on) from ar.receivable_entries e where e.tenant_id = ${t}) as first_on
      from ar.kpi_months m where m.tenant_id = ${t} and ${isRight(reader)} order by m.on_day`,
  )
  const running = rows.find(({ monthPosted }) => monthPosted !== null)
  return {
    ends: new Set(rows.filter(({ monthPosted }) => monthPosted === null).map(({ onDay }) => onDay)),
    ...(running && {
      running: { on: running.onDay, late: running.isLate ? { series: voucherSeries(running.onDay), no: running.monthPosted! } : undefined },
    }),
    ...(rows[0] && { firstOn: rows[0].firstOn }),
  }
}

/** Whether the kept day `m` is right: nothing was entered up to it since; of the month that runs, nothing up to its beginning. */
export function isRight(reader: Pick<Reader, 'caller' | 'today'>): Sql {
  const { posted, moved } = postedUpTo(reader, sql`m.on_day`)
  const { posted: postedBefore } = postedUpTo(reader, sql`(date_trunc('month', m.on_day::timestamp)::date - 1)`)
  return sql`m.moved = ${moved} and m.posted = case when m.month_posted is null then ${posted} else ${postedBefore} end`
}

/** 'V-2611': the vouchers of a month (modules/vouchers). */
export function voucherSeries(on: Day): string {
  return `V-${on.slice(2, 4)}${on.slice(5, 7)}`
}

/** Whether vouchers of the month were dated up to the day `m` since it was kept. */
function datedBack(t: number): Sql {
  return sql`exists (select 1 from ar.document_numbers n join ar.vouchers v on v.tenant_id = n.tenant_id and v.id = n.document_id
    where n.tenant_id = ${t} and n.series = 'V-' || to_char(m.on_day, 'YYMM') and n.no > m.month_posted and v.voucher_on <= m.on_day)`
}

/** A kept day that counts for a period, or that is taken off it. */
export type KeptDay = { readonly place: number; readonly on: Day; readonly sign: 1 | -1 }
export type Split = {
  readonly days: readonly KeptDay[]
  readonly rest: readonly KpiPeriod[]
  readonly late: readonly KpiPeriod[]
}

/** A period as the sums at a kept day less those at another, the days around them, and the days of the sums to which something was dated back. */
export function splitByKept({ place, from, to }: KpiPeriod, { ends, running, firstOn }: KeptMonths): Split {
  const days = [...ends, ...(running ? [running.on] : [])].sort()
  const before = addDays(from, -1)
  const isFirst = firstOn !== undefined && from <= firstOn
  if (firstOn !== undefined && to < firstOn) return { days: [], rest: [], late: [] }
  const begin = isFirst ? undefined : days.find((day) => day >= before)
  const until = days.findLast((day) => day <= to)
  if (until === undefined || (!isFirst && (begin === undefined || begin >= until)))
    return { days: [], rest: [{ place, from, to }], late: [] }
  const late = until === running?.on && running.late !== undefined
  return {
    days: [{ place, on: until, sign: 1 }, ...(begin === undefined ? [] : [{ place, on: begin, sign: -1 } as const])],
    rest: [
      ...(begin !== undefined && begin > before ? [{ place, from, to: begin }] : []),
      ...(until < to ? [{ place, from: addDays(until, 1), to }] : []),
    ],
    late: late
      ? [{ place, from: laterDay(startOfMonth(until), begin === undefined ? startOfMonth(until) : addDays(begin, 1)), to: until }]
      : [],
  }
}

const FIGURES: Readonly<Record<MovementPart | BalanceDay['as'], Partial<Record<KpiFigureName, string>>>> = {
  sales: { sales: 'sales', broughtIn: 'brought_in' },
  salesNet: { salesNet: 'sales_net' },
  money: { collected: 'collected', adjusted: 'adjusted', waited: 'waited', late: 'late' },
  settled: { collected: 'collected', adjusted: 'adjusted' },
  opening: { opening: 'closing' },
  closing: { closing: 'closing', notDue: 'not_due' },
}
const columns: KpiColumns = { customer: sql`m.customer_id`, salesperson: sql`m.salesperson_id`, region: sql`m.region_id` }

/** Facts of kept days in the columns of the others. */
export function keptFacts(
  reader: Reader,
  asked: Asked,
  keys: readonly KpiKey[],
  days: readonly KeptDay[],
  parts: readonly (keyof typeof FIGURES)[],
): Sql {
  const byCustomer = keys.includes('customer') || CUSTOMER_FILTERS.some((name) => asked.filters[name] !== undefined)
  const names = Object.entries(Object.assign({}, ...parts.map((part) => FIGURES[part])) as Record<string, string>)
  const figures = Object.fromEntries(
    names.map(([name, column]) => [name, sql`case when p.sign > 0 then ${sql.ref(`m.${column}`)} else -${sql.ref(`m.${column}`)} end`]),
  )
  const question: ReportQuestion = { from: days[0]!.on, to: days[0]!.on, by: 'customer', compared: undefined, ...asked }
  return sql`select ${factRow(sql`p.place`, keys, columns, figures)}
    from (values ${sql.join(days.map(({ place, on, sign }) => sql`(${sql.lit(place)}, ${on}::date, ${sql.lit(sign)})`))}) p (place, on_day, sign)
    join ar.kpi_month_figures m on ${and(
      sql`m.tenant_id = ${reader.caller.tenantId} and m.on_day = p.on_day`,
      byCustomer ? sql`not m.is_total` : sql`m.is_total`,
      matching(reader, question, { ...columns, currency: sql`null::text`, entity: sql`null::uuid` }),
    )}`
}
