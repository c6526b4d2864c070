import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { NewReceivable } from './demo-life.ts'

/** Receivables that came in after the one named (ids grow with time), the oldest first. */
export function receivablesAfter(reader: Reader, id: string): Promise<NewReceivable[]> {
  return reader.report(sql`select r.id, coalesce(d.series || '-' || ar.no_text(d.no), '') as no, r.customer_id, r.order_id, r.currency, r.amount, r.open, r.issued_on, r.due_on from ar.receivables r
    left join ar.document_numbers d on d.tenant_id = r.tenant_id and d.document_id = r.id
    where r.tenant_id = ${reader.caller.tenantId} and r.id > ${id} order by r.id limit 5000`)
}

export type ReceivableNow = {
  readonly id: string
  readonly open: bigint
  readonly amount: bigint
  readonly version: number
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly disputed: boolean
}

export async function receivablesNow(reader: Reader, ids: readonly string[]): Promise<Map<string, ReceivableNow>> {
  const rows =
    await reader.report<ReceivableNow>(sql`select r.id, r.open, r.amount, r.version, r.issued_on, r.due_on, r.disputed from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

export type OrderNow = {
  readonly id: string
  readonly customerId: string
  readonly status: string
  readonly version: number
  readonly amount: bigint
  readonly currency: string
}

export async function ordersNow(reader: Reader, ids: readonly string[]): Promise<Map<string, OrderNow>> {
  const rows = await reader.report<OrderNow>(sql`select o.id, o.customer_id, o.status, o.version, o.amount, o.currency from ar.orders o
    where o.tenant_id = ${reader.caller.tenantId} and o.id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

export type WaitingRequest = {
  readonly id: string
  readonly version: number
  readonly kind: string
  readonly entityId: string
  readonly role: string
  readonly salespersonId: string | null
}

/** Requests that wait for a decision since before `at`, with the role whose step it is. */
export function requestsBefore(reader: Reader, at: Date): Promise<WaitingRequest[]> {
  return reader.report(sql`select r.id, r.version, r.kind, r.entity_id, r.steps -> (r.step - 1) ->> 'role' as role, c.salesperson_id from ar.approval_requests r
    left join ar.customers c on c.tenant_id = r.tenant_id and c.id = r.customer_id
    where r.tenant_id = ${reader.caller.tenantId} and r.status = 'pending' and r.requested_at < ${at}::timestamptz order by r.id limit 500`)
}

export type ReceiptNow = { readonly id: string; readonly status: string; readonly version: number; readonly left: bigint }

export async function receiptsNow(reader: Reader, ids: readonly string[]): Promise<Map<string, ReceiptNow>> {
  const rows =
    await reader.report<ReceiptNow>(sql`select p.id, p.status, p.version, p.amount - p.allocated - p.refunded as left from ar.receipts p
    where p.tenant_id = ${reader.caller.tenantId} and p.id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The versions of credit accounts, for asking for limits. */
export async function creditVersions(reader: Reader, customerIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await reader.report<{ customerId: string; version: number }>(sql`select a.customer_id, a.version from ar.credit_accounts a
    where a.tenant_id = ${reader.caller.tenantId} and a.customer_id = any(${customerIds}::uuid[])`)
  return new Map(rows.map(({ customerId, version }) => [customerId, version]))
}

export async function customerVersion(reader: Reader, id: string): Promise<number> {
  const { version } = await reader.one<{ version: number }>(
    sql`select c.version from ar.customers c where c.tenant_id = ${reader.caller.tenantId} and c.id = ${id}`,
  )
  return version
}

/** The first months that stand open up to `period`, the oldest first: what has to be closed. */
export function openPeriodsUpTo(reader: Reader, period: number): Promise<{ period: number; version: number }[]> {
  return reader.report(
    sql`select p.period, p.version from ar.periods p where p.tenant_id = ${reader.caller.tenantId} and p.status = 'open' and p.period <= ${period} order by p.period limit 100`,
  )
}

/** Everybody of the company, for callers. */
export function staffIds(reader: Reader): Promise<{ id: string; email: string; role: string; name: string }[]> {
  return reader.all(
    sql`select p.id, p.email, p.role, p.name from ar.people p where p.tenant_id = ${reader.caller.tenantId} order by p.id limit 100`,
  )
}

export function openTasks(reader: Reader): Promise<{ id: string; personId: string; version: number }[]> {
  return reader.report(
    sql`select t.id, t.person_id, t.version from ar.tasks t where t.tenant_id = ${reader.caller.tenantId} and t.done_at is null order by t.id limit 200`,
  )
}

export function unreadNotices(reader: Reader, before: Date): Promise<{ id: string; personId: string }[]> {
  return reader.report(
    sql`select n.id, n.person_id from ar.notifications n where n.tenant_id = ${reader.caller.tenantId} and n.read_at is null and n.created_at < ${before}::timestamptz order by n.id limit 20000`,
  )
}

/** Requests for a limit of these customers that wait. */
export function limitRequestsOf(reader: Reader, customerIds: readonly string[]): Promise<{ id: string; version: number }[]> {
  return reader.report(sql`select r.id, r.version from ar.approval_requests r where r.tenant_id = ${reader.caller.tenantId} and r.status = 'pending' and r.kind = 'creditLimit'
    and r.customer_id = any(${customerIds}::uuid[]) order by r.id limit 100`)
}

/** Confirmed receipts of a day and later, that have a customer. */
export async function receiptsAfter(reader: Reader, on: Day): Promise<string[]> {
  const rows = await reader.report<{
    id: string
  }>(sql`select p.id from ar.receipts p where p.tenant_id = ${reader.caller.tenantId} and p.received_on >= ${on} and p.status = 'confirmed'
    and p.customer_id is not null order by p.id limit 1000`)
  return rows.map((row) => row.id)
}

export async function mergeVersion(reader: Reader, id: string): Promise<number> {
  const { version } = await reader.one<{ version: number }>(
    sql`select m.version from ar.customer_merges m where m.tenant_id = ${reader.caller.tenantId} and m.id = ${id}`,
  )
  return version
}

/** Messages that are kept, the oldest first. */
export function keptMessages(reader: Reader): Promise<{ id: string; version: number }[]> {
  return reader.report(
    sql`select m.id, m.version from ar.messages m where m.tenant_id = ${reader.caller.tenantId} and m.status = 'kept' order by m.id limit 100`,
  )
}
