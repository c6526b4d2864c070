import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { myRequests } from '../approvals/approval-inbox.query.ts'
import type { OrderDecider, OrderStatus } from './order-status.ts'

export type OrderFilter = {
  readonly q?: string | undefined
  readonly customerId?: string | undefined
  readonly salespersonId?: string | undefined
  readonly status?: readonly OrderStatus[] | undefined
  readonly credit?: 'pass' | 'warn' | 'hold' | undefined
  readonly late?: boolean | undefined
  /** Who takes the next step of the approval that a submitted order waits for. */
  readonly decider?: OrderDecider | undefined
  readonly from?: Day | undefined
  readonly until?: Day | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}
export type ListedOrder = {
  readonly id: string
  readonly no: string | null
  readonly customerId: string
  readonly customerName: string
  readonly customerCode: string
  readonly salespersonId: string | null
  readonly salespersonName: string | null
  readonly currency: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly status: OrderStatus
  readonly creditResult: 'pass' | 'warn' | 'hold' | null
  readonly orderedOn: Day
  readonly deliveryOn: Day | null
  readonly deliveredOn: Day | null
  /** Days since the planned delivery day while something is not delivered, else 0. */
  readonly lateDays: number
  readonly customerReference: string | null
  /** Delivered part of the quantity-weighted amount in per cent, rounded down. */
  readonly deliveredShare: number
  readonly version: number
}

/** The latest first; late ones the latest of all first, when only they are asked for. Count, sum and late ones are of the whole filter. */
export async function listOrders(
  reader: Reader,
  filter: OrderFilter,
): Promise<{ items: ListedOrder[]; nextCursor: string | null; total: number; sumBase: bigint; late: number }> {
  const conditions = and(sql`o.tenant_id = ${reader.caller.tenantId}`, ...conditionsOf(reader, filter))
  const [on, id] = filter.cursor === undefined ? [] : readCursor(filter.cursor, 2)
  const after =
    id === undefined
      ? undefined
      : filter.late
        ? sql`(o.delivery_on, o.id) > (${on}::date, ${id}::uuid)`
        : sql`(o.ordered_on, o.id) < (${on}::date, ${id}::uuid)`
  const order = filter.late ? sql`o.delivery_on, o.id` : sql`o.ordered_on desc, o.id desc`
  const [rows, sums] = await Promise.all([
    reader.all<ListedOrder>(
      sql`with chosen as materialized (select o.* from ar.orders o where ${and(conditions, after)} order by ${order} limit ${filter.limit + 1}) ${select(reader)} from chosen o ${names} order by ${order}`,
    ),
    reader.one<{ total: number; sumBase: bigint; late: number }>(
      sql`select count(*)::int as total, coalesce(sum(o.amount_base), 0)::bigint as sum_base, (count(*) filter (where ${isLate(reader)}))::int as late from ar.orders o where ${conditions}`,
    ),
  ])
  return { ...cutPage(rows, filter.limit, (row) => [filter.late ? row.deliveryOn : row.orderedOn, row.id]), ...sums }
}

function select(reader: Reader): Sql {
  return sql`select o.id, n.series || '-' || ar.no_text(n.no) as no, o.customer_id, c.name as customer_name, c.code as customer_code, o.salesperson_id, s.name as salesperson_name, o.currency, o.amount, o.amount_base,
    o.status, o.credit_result, o.ordered_on, o.delivery_on, o.delivered_on, case when ${isLate(reader)} then ${reader.today}::date - o.delivery_on else 0 end as late_days, o.customer_reference, o.version,
    case when o.status in ('delivered', 'completed') then 100 when o.status <> 'partlyDelivered' or o.amount = 0 then 0
      else (select floor(sum(l.amount * l.delivered / l.quantity) * 100 / o.amount)::int from ar.order_lines l where l.tenant_id = o.tenant_id and l.order_id = o.id) end as delivered_share`
}

const names = sql`join ar.customers c on c.tenant_id = o.tenant_id and c.id = o.customer_id left join ar.people s on s.tenant_id = o.tenant_id and s.id = o.salesperson_id
  left join ar.document_numbers n on n.tenant_id = o.tenant_id and n.document_id = o.id`

function conditionsOf(reader: Reader, filter: OrderFilter): (Sql | undefined)[] {
  const { q, customerId, salespersonId, status, credit, late, decider, from, until } = filter
  return [
    customerId === undefined ? undefined : sql`o.customer_id = ${customerId}`,
    salespersonId === undefined ? undefined : sql`o.salesperson_id = ${salespersonId}`,
    status === undefined ? undefined : sql`o.status = any(${status}::text[])`,
    credit === undefined ? undefined : sql`o.credit_result = ${credit}`,
    late ? isLate(reader) : undefined,
    decider === undefined ? undefined : waitsFor(reader, decider),
    from === undefined ? undefined : sql`o.ordered_on >= ${from}`,
    until === undefined ? undefined : sql`o.ordered_on <= ${until}`,
    q ? matches(reader, q) : undefined,
  ]
}

/** A submitted order whose approval the reader may decide, or one that waits for somebody else: together, all that are submitted. */
export function waitsFor(reader: Reader, decider: OrderDecider): Sql {
  const mine = sql`exists (select 1 from ar.approval_requests r where r.tenant_id = o.tenant_id and r.kind = 'order' and r.entity_id = o.id and ${myRequests(reader)})`
  return decider === 'me' ? sql`(o.status = 'submitted' and ${mine})` : sql`(o.status = 'submitted' and not ${mine})`
}

function isLate(reader: Reader): Sql {
  return sql`(o.status in ('approved', 'partlyDelivered') and o.delivery_on < ${reader.today}::date)`
}

const NUMBER = /^([A-Za-z]+-\d{4})-(\d{1,12})$/
/** A whole number, the beginning of a customer reference, or a part of a customer's name or code. */
function matches(reader: Reader, q: string): Sql {
  const { tenantId } = reader.caller
  const number = NUMBER.exec(q)
  if (number)
    return sql`o.id in (select n.document_id from ar.document_numbers n where n.tenant_id = ${tenantId} and n.series = ${number[1]!.toUpperCase()} and n.no = ${number[2]}::bigint)`
  const like = q.replace(/[\\%_]/g, '\\$&')
  return sql`(o.customer_reference ilike ${`${like}%`} or o.customer_id in (select c.id from ar.customers c where c.tenant_id = ${tenantId} and (c.name ilike ${`%${like}%`} or c.code ilike ${`${like}%`})))`
}
