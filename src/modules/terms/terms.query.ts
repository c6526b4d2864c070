import { type Day, dayOf } from '../../kernel/day.ts'
import { formatMinor, money, parseMinor } from '../../kernel/money.ts'
import { type Issue, missing, Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { readCustomers } from '../customers/lock-customers.query.ts'
import { builtInCalendar, companyCalendar } from './built-in-calendars.ts'
import { type Calendar, type CalendarDay, calendarOfDays } from './calendar.ts'
import { type BaseDates, dueDates } from './due-date.ts'
import { type PaymentTerms, validateTerms } from './payment-terms.ts'
import { termsSentence } from './terms-sentence.ts'

export type StoredTerms = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly definition: PaymentTerms
  readonly status: 'active' | 'disabled'
  readonly version: number
}
const LIST_MOST = 500

/** All payment terms, the active ones first. */
export async function listTerms(reader: Reader, statuses: readonly string[] = ['active', 'disabled']) {
  const rows = await reader.all<StoredTerms>(sql`select p.id, p.code, p.name, p.definition, p.status, p.version from ar.payment_terms p
    where p.tenant_id = ${reader.caller.tenantId} and p.status = any(${statuses}::text[]) order by p.status, p.code limit ${LIST_MOST}`)
  return { items: rows.map(withSentence) }
}

/** Payment terms by id. Throws 404 unless all are there. */
export async function readTerms(reader: Reader, ids: readonly string[]): Promise<Map<string, StoredTerms>> {
  const rows = await reader.all<StoredTerms>(
    sql`select p.id, p.code, p.name, p.definition, p.status, p.version from ar.payment_terms p where p.tenant_id = ${reader.caller.tenantId} and p.id = any(${[...new Set(ids)]}::uuid[])`,
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  if (ids.some((id) => !found.has(id))) throw missing('terms')
  return found
}

/** The terms of each customer on a day: the latest that has begun, else those it started with. Customers without terms are left out. */
async function termsOfCustomers(reader: Reader, customerIds: readonly string[], on: Day): Promise<Map<string, StoredTerms>> {
  const t = reader.caller.tenantId
  const rows = await reader.all<
    StoredTerms & { customerId: string }
  >(sql`select c.id as customer_id, p.id, p.code, p.name, p.definition, p.status, p.version from ar.customers c
    left join lateral (select d.terms_id from ar.customer_terms d where d.tenant_id = ${t} and d.customer_id = c.id and d.effective_from <= ${on} order by d.effective_from desc limit 1) d on true
    join ar.payment_terms p on p.tenant_id = ${t} and p.id = coalesce(d.terms_id, c.terms_id) where c.tenant_id = ${t} and c.id = any(${customerIds}::uuid[])`)
  return new Map(rows.map(({ customerId, ...terms }) => [customerId, terms]))
}

export function withSentence(terms: StoredTerms) {
  return { ...terms, definition: plain(terms.definition), sentence: termsSentence(terms.definition).map(plain) }
}

type CalendarRow = CalendarDay & { readonly version: number }

/** The company's calendar: its own days, or, where it has none, the built-in one of that id. */
export async function tenantCalendar(reader: Reader, id = 'cn'): Promise<Calendar> {
  const rows = await reader.all<CalendarDay>(
    sql`select d.on_day, d.working, d.name from ar.calendar_days d where d.tenant_id = ${reader.caller.tenantId} order by d.on_day`,
  )
  return rows.length === 0 ? builtInCalendar(id) : companyCalendar(id, rows)
}

/** The stored days of a year. */
export async function readCalendar(reader: Reader, year: number) {
  const days = await reader.all<CalendarRow>(sql`select d.on_day, d.working, d.name, d.version from ar.calendar_days d
    where d.tenant_id = ${reader.caller.tenantId} and d.on_day >= ${dayOf(year, 1, 1)} and d.on_day < ${dayOf(year, 12, 31)}::date + 1 order by d.on_day`)
  return { year, known: calendarOfDays('own', days).years.has(year), days }
}

export type Preview = {
  readonly termsId?: string | undefined
  readonly definition?: PaymentTerms | undefined
  readonly amount: string
  readonly currency: string
  readonly dates: BaseDates
  readonly expected?: object | undefined
}

/** The parts of an amount under stored or just typed terms, by the same rule that opens receivables. Wrong terms give issues and no parts. */
export async function previewTerms(reader: Reader, { termsId, definition, amount, currency, dates, expected }: Preview) {
  if ((termsId === undefined) === (definition === undefined))
    throw new Problem('terms.termsOrDefinition', {}, { kind: 'invalid', path: 'termsId' })
  const minor = parseMinor(amount, currency)
  if (minor === undefined) throw new Problem('platform.notAPositiveAmount', {}, { kind: 'invalid', path: 'amount' })
  const terms = definition ?? (await readTerms(reader, [termsId!])).get(termsId!)!.definition
  const issues = validateTerms(terms)
  if (issues.length > 0) return { parts: [], sentence: [], issues: issues.map(issueOf) }
  const calendar = await tenantCalendar(reader, terms.calendar)
  const parts = dueDates(terms, { ...dates, ...(expected ? { expected } : {}) }, money(minor, currency), calendar)
  return {
    parts: parts.map((part) => ({
      ...part,
      amount: formatMinor(part.amount.minor, currency),
      unpublishedYear: part.unpublishedYear ?? null,
      rule: plain(part.rule),
    })),
    sentence: termsSentence(terms).map(plain),
    issues: [],
  }
}

type TermsRow = { id: string | null; termsId: string; name: string; effectiveFrom: Day | null; setBy: string | null }

/** What a customer had, has and will have: newest first; without a day = from the start. */
export async function customerTerms(reader: Reader, customerId: string) {
  const t = reader.caller.tenantId
  const [, now, history] = await Promise.all([
    readCustomers(reader, [customerId]),
    termsOfCustomers(reader, [customerId], reader.today),
    reader.all<TermsRow>(sql`select d.id, d.terms_id, p.name, d.effective_from, u.name as set_by from ar.customer_terms d join ar.payment_terms p on p.tenant_id = ${t} and p.id = d.terms_id
        left join ar.people u on u.tenant_id = ${t} and u.id = d.created_by where d.tenant_id = ${t} and d.customer_id = ${customerId}
      union all select null, c.terms_id, p.name, null, null from ar.customers c join ar.payment_terms p on p.tenant_id = ${t} and p.id = c.terms_id where c.tenant_id = ${t} and c.id = ${customerId}
      order by effective_from desc nulls last limit 200`),
  ])
  const found = now.get(customerId)
  return { now: found ? withSentence(found) : null, history }
}

/** A readonly rule value as the plain JSON that it is. */
function plain<T>(value: T): Mutable<T> {
  return value as Mutable<T>
}
type Mutable<T> = T extends readonly (infer U)[] ? Mutable<U>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T

function issueOf({ path, code, params }: Issue) {
  return { path, code, ...(params ? { params: { ...params } } : {}) }
}
