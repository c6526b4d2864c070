import type { Reader } from '../../../platform/db.ts'
import { and, type Sql, sql } from '../../../platform/sql.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { matching, type ReportFacts } from '../report-question.query.ts'
import { factRow, type KpiColumns, type KpiKey } from './fact-row.query.ts'
import type { KpiPeriod } from './kpi-facts.ts'

/** What of the ledger a movement is read from; nothing else is read. */
export type MovementPart = 'sales' | 'salesNet' | 'money' | 'settled'

/** Only what has a voucher of the series with a higher number than this: what was entered since the number was read. */
export type Since = { readonly series: string; readonly no: bigint }
type Wanted = {
  readonly keys: readonly KpiKey[]
  readonly periods: readonly KpiPeriod[]
  readonly parts: readonly MovementPart[]
  readonly since?: Since | undefined
}

/** Facts of what was sold, brought in, collected and given up in the periods, from the entries of the ledger. */
export function movementFacts(reader: Reader, question: Question, { keys, periods, parts, since }: Wanted): Sql {
  const isNew = enteredSince(reader, since)
  const facts = {
    sales: () => salesFacts(reader, question, keys, periods, isNew),
    salesNet: () => netFacts(reader, question, keys, periods, isNew),
    money: () => moneyFacts(reader, question, keys, periods, isNew),
    settled: () => settledFacts(reader, question, keys, periods, isNew),
  }
  return sql.join(
    parts.map((part) => facts[part]()),
    sql` union all `,
  )
}

type Question = Pick<ReportQuestion, 'to' | 'currency' | 'filters'>

/** Entries `e` of what was entered since; all of them where it is not said since when. */
export function enteredSince({ caller }: Reader, since: Since | undefined): Sql {
  if (since === undefined) return and()
  return sql`e.voucher_id in (select n.document_id from ar.document_numbers n where n.tenant_id = ${caller.tenantId} and n.series = ${since.series} and n.no > ${since.no})`
}

export const entryColumns: KpiColumns = { customer: sql`e.customer_id`, salesperson: sql`e.salesperson_id`, region: sql`e.region_id` }
const entryFacts: ReportFacts = { ...entryColumns, currency: sql`r.currency`, entity: sql`r.entity_id`, document: sql`e.receivable_id` }

/** The entries `e` of the periods `p` with their receivables `r`, by the question's filters. `alone`: without the receivables, where neither figures nor filters ask for them. */
export function entriesOf(
  reader: Reader,
  question: Question,
  periods: readonly KpiPeriod[],
  condition: Sql,
  { alone = false }: { readonly alone?: boolean } = {},
): Sql {
  const t = reader.caller.tenantId
  const filter = matching(reader, { from: question.to, by: 'customer', compared: undefined, ...question }, entryFacts)
  const [first, second] = periods
  // the days of one period are said as they are, so that the planner knows how many entries to expect
  const [rows, days] =
    first !== undefined && second === undefined
      ? [sql`(values (${sql.lit(first.place)}))`, sql`e.entry_on >= ${first.from}::date and e.entry_on <= ${first.to}::date`]
      : [
          sql`(values ${sql.join(periods.map(({ place, from, to }) => sql`(${sql.lit(place)}, ${from}::date, ${to}::date)`))})`,
          sql`e.entry_on >= p.from_on and e.entry_on <= p.to_on`,
        ]
  return sql`${rows} p (${first !== undefined && second === undefined ? sql`place` : sql`place, from_on, to_on`})
    join ar.receivable_entries e on e.tenant_id = ${t} and ${days} and ${condition}
    ${alone ? sql`and` : sql`join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id and`} ${filter}`
}

/** Entries carry whose they are, not their currency and entity. */
export function needsNoReceivable({ currency, filters }: Question): boolean {
  return currency === undefined && filters.entity === undefined && filters.inCurrency === undefined
}

export const isSale = sql`e.kind in ('opened', 'voided')`

function salesFacts(reader: Reader, question: Question, keys: readonly KpiKey[], periods: readonly KpiPeriod[], isNew: Sql): Sql {
  const amount = amountOf(question)
  // whoever sees a part of the company is told of the receivables that they see
  const alone = reader.caller.scope.kind === 'all' && needsNoReceivable(question)
  const isOpening = alone
    ? sql`e.receivable_id in (select o.id from ar.receivables o where o.tenant_id = ${reader.caller.tenantId} and o.kind = 'opening')`
    : sql`r.kind = 'opening'`
  return sql`select ${factRow(sql`p.place`, keys, entryColumns, {
    sales: sql`case when ${isOpening} then 0 else ${amount} end`,
    broughtIn: sql`case when ${isOpening} then ${amount} else 0 end`,
  })} from ${entriesOf(reader, question, periods, and(isSale, isNew), { alone })}`
}

/** A line `l` without VAT, in base currency its share of the line's base amount. Equal to the line's net where the document is in base currency. */
export function lineNet({ currency }: Pick<ReportQuestion, 'currency'>): Sql {
  if (currency !== undefined) return sql`l.net`
  return sql`case when l.amount_base = l.amount or l.amount = 0 then l.net else round(l.amount_base::numeric * l.net / l.amount)::bigint end`
}

/** The same of lines of entries `e`: what is voided is taken off. */
export function netOf(question: Pick<ReportQuestion, 'currency'>): Sql {
  return sql`(case when e.kind = 'voided' then -1 else 1 end) * (${lineNet(question)})`
}

function netFacts(reader: Reader, question: Question, keys: readonly KpiKey[], periods: readonly KpiPeriod[], isNew: Sql): Sql {
  return sql`select ${factRow(sql`p.place`, keys, entryColumns, { salesNet: netOf(question) })}
    from ${entriesOf(reader, question, periods, and(isSale, isNew))} and r.kind <> 'opening'
    join ar.receivable_lines l on l.tenant_id = r.tenant_id and l.receivable_id = r.id`
}

/** Entries of money and of what was given up, with the allocation and the receipt behind them. */
export const moneyJoins = sql`left join ar.allocations a on a.tenant_id = e.tenant_id and a.id = e.source_id and e.source_kind = 'allocation'
    left join ar.receipts c on c.tenant_id = e.tenant_id and c.id = a.receipt_id`
export const isMoney = sql`e.source_kind in ('allocation', 'adjustment')`

function settledFacts(reader: Reader, question: Question, keys: readonly KpiKey[], periods: readonly KpiPeriod[], isNew: Sql): Sql {
  const taken = sql`-${amountOf(question)}`
  return sql`select ${factRow(sql`p.place`, keys, entryColumns, {
    collected: sql`case when e.source_kind = 'allocation' then ${taken} else 0 end`,
    adjusted: sql`case when e.source_kind = 'adjustment' then ${taken} else 0 end`,
  })} from ${entriesOf(reader, question, periods, and(isMoney, isNew), { alone: needsNoReceivable(question) })}`
}

function moneyFacts(reader: Reader, question: Question, keys: readonly KpiKey[], periods: readonly KpiPeriod[], isNew: Sql): Sql {
  const alone = needsNoReceivable(question)
  const taken = sql`-${amountOf(question)}`
  const money = (value: Sql) => sql`case when e.source_kind = 'allocation' then ${value} else 0 end`
  // what is undone takes its days from the due day at which it was made: the item may have been given another since
  const dueOn = sql`case when a.reverses_id is null then e.due_on else coalesce((select o.due_on from ar.receivable_entries o
    where o.tenant_id = e.tenant_id and o.receivable_id = e.receivable_id and o.source_id = a.reverses_id), e.due_on) end`
  // whose receipt lies outside of one's scope still counts by the day of its allocation
  const paidOn = sql`coalesce(c.received_on, e.entry_on)`
  return sql`select ${factRow(sql`p.place`, keys, entryColumns, {
    collected: money(taken),
    adjusted: sql`case when e.source_kind = 'adjustment' then ${taken} else 0 end`,
    waited: money(sql`(${taken})::numeric * greatest(${paidOn} - e.issued_on, 0)`),
    late: money(sql`(${taken})::numeric * (${paidOn} - (${dueOn}))`),
  })} from ${entriesOf(reader, question, periods, and(isMoney, isNew), { alone })} ${moneyJoins}`
}

export function amountOf({ currency }: Pick<ReportQuestion, 'currency'>): Sql {
  return currency === undefined ? sql`e.amount_base` : sql`e.amount`
}
