import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { recipientsOfCustomers } from './recipients.query.ts'
import type { Change, PastCustomer, PastItem } from './walk-history.ts'

/** `from`: what stood at the end of the day before it is the beginning; `until` is the last day. `customers`: a condition on `c.id`. */
export type Span = { readonly from: Day; readonly until: Day }

/**
 * What each customer owed and which of its money lay unallocated, on every day of the span: open now less what was entered since, then the entries day by day (data-model.md section
 * 6). Amounts in minor units of the base currency. A receivable belongs to the customer that has it today, so that merged and reassigned ones are walked as one; whether it is disputed
 * is known of today only. In pieces of whole customers, in the order of their ids, so that the server can do other work between two pieces.
 */
export async function* pastDebts(reader: Reader, span: Span, customers: Sql): AsyncGenerator<PastCustomer[]> {
  let last: FactRow[] = []
  for await (const piece of reader.pieces<FactRow>(facts(reader, span, customers), ROWS_A_PIECE)) {
    const rows = [...last, ...piece]
    const open = rows.findLastIndex((row) => row.customerId !== rows.at(-1)!.customerId) + 1
    last = rows.slice(open)
    if (open > 0) yield await withAddresses(reader, customersOf(rows.slice(0, open)))
  }
  if (last.length > 0) yield await withAddresses(reader, customersOf(last))
}
const ROWS_A_PIECE = 20_000

type FactRow = {
  readonly customerId: string
  /** null: money. */
  readonly receivableId: string | null
  readonly dueOn: Day | null
  readonly disputed: boolean
  readonly onDay: Day
  readonly change: bigint
  /** Of `change`, what nobody knew yet to be this customer's (未认领): negative from the day it came, positive on the day it was identified. */
  readonly hidden: bigint
}

function facts(reader: Reader, { from, until }: Span, customers: Sql): Sql {
  const t = reader.caller.tenantId
  const day = (column: Sql): Sql => sql`greatest(${column}, ${from}::date - 1)`
  return sql`select f.customer_id, f.receivable_id, f.due_on, coalesce(r.disputed, false) as disputed, f.on_day, sum(f.change)::bigint as change, sum(f.hidden)::bigint as hidden
    from (
      select r.customer_id, i.receivable_id, i.due_on, i.on_day, i.change, 0::bigint as hidden
      from (${itemChanges(t, from, until)}) i join ar.receivables r on r.tenant_id = ${t} and r.id = i.receivable_id
      union all
      select m.customer_id, null, null, ${day(sql`m.on_day`)}, m.change, m.hidden from (${moneyChanges(t, from)}) m where m.customer_id is not null and m.on_day <= ${until}::date
    ) f
    join ar.customers c on c.tenant_id = ${t} and c.id = f.customer_id and ${customers}
    left join ar.receivables r on r.tenant_id = ${t} and r.id = f.receivable_id
    group by f.customer_id, f.receivable_id, f.due_on, r.disputed, f.on_day having sum(f.change) <> 0 or sum(f.hidden) <> 0
    order by f.customer_id, f.receivable_id nulls last, f.due_on, f.on_day`
}

/** Open at the beginning = open now less all entries since; then every entry on its day. A moved due day is a pair of entries, so (receivable, due day) is the item. */
function itemChanges(t: number, from: Day, until: Day): Sql {
  return sql`select r.id as receivable_id, r.due_on, ${from}::date - 1 as on_day, r.open_base as change from ar.receivables r where r.tenant_id = ${t} and r.open <> 0
    union all select e.receivable_id, e.due_on, ${from}::date - 1, -e.amount_base from ar.receivable_entries e where e.tenant_id = ${t} and e.entry_on >= ${from}::date
    union all select e.receivable_id, e.due_on, e.entry_on, e.amount_base from ar.receivable_entries e
      where e.tenant_id = ${t} and e.entry_on >= ${from}::date and e.entry_on <= ${until}::date`
}

/** The same for money: unallocated now, and back and forth again what came, was allocated, was taken back or was identified since. */
function moneyChanges(t: number, from: Day): Sql {
  const start = sql`${from}::date - 1`
  const received = sql`from ar.receipts p where p.tenant_id = ${t} and p.status in ('confirmed', 'reversed') and p.received_on >= ${from}::date`
  const reversed = sql`from ar.receipts p where p.tenant_id = ${t} and p.reversed_on >= ${from}::date`
  const allocated = sql`from ar.allocations a join ar.receipts p on p.tenant_id = a.tenant_id and p.id = a.receipt_id where a.tenant_id = ${t} and a.entry_on >= ${from}::date`
  const identified = sql`from ar.vouchers v join ar.receipts p on p.tenant_id = v.tenant_id and p.id = v.source_id
    where v.tenant_id = ${t} and v.source_kind = 'receiptIdentification' and v.reverses_id is null and v.voucher_on >= ${from}::date`
  return sql`select p.customer_id, ${start} as on_day, p.amount_base - p.allocated_base as change, 0::bigint as hidden
      from ar.receipts p where p.tenant_id = ${t} and p.status = 'confirmed' and p.allocated < p.amount
    union all select p.customer_id, ${start}, -p.amount_base, 0 ${received}
    union all select p.customer_id, p.received_on, p.amount_base, 0 ${received}
    union all select p.customer_id, ${start}, p.amount_base, 0 ${reversed}
    union all select p.customer_id, p.reversed_on, -p.amount_base, 0 ${reversed}
    union all select p.customer_id, ${start}, a.receipt_base, 0 ${allocated}
    union all select p.customer_id, a.entry_on, -a.receipt_base, 0 ${allocated}
    union all select p.customer_id, p.received_on, 0, -p.amount_base ${identified}
    union all select p.customer_id, v.voucher_on, 0, p.amount_base ${identified}`
}

/** Who can be written to is known of today only. */
async function withAddresses(reader: Reader, customers: readonly PastCustomer[]): Promise<PastCustomer[]> {
  const recipients = await recipientsOfCustomers(reader, customers.map(({ customerId }) => customerId)) // biome-ignore format: one line
  return customers.map((customer) => ({ ...customer, hasAddress: (recipients.get(customer.customerId)?.to.length ?? 0) > 0 }))
}

function customersOf(rows: readonly FactRow[]): PastCustomer[] {
  const customers: { customerId: string; hasAddress: boolean; items: PastItem[]; money: Change[]; hidden: Change[] }[] = []
  for (const row of rows) {
    if (customers.at(-1)?.customerId !== row.customerId)
      customers.push({ customerId: row.customerId, hasAddress: false, items: [], money: [], hidden: [] })
    const customer = customers.at(-1)!
    if (row.receivableId === null) {
      if (row.change !== 0n) customer.money.push({ on: row.onDay, change: row.change })
      if (row.hidden !== 0n) customer.hidden.push({ on: row.onDay, change: row.hidden })
      continue
    }
    const item = customer.items.at(-1)
    const change = { on: row.onDay, change: row.change }
    if (item?.receivableId === row.receivableId && item.dueOn === row.dueOn) (item.changes as Change[]).push(change)
    else customer.items.push({ receivableId: row.receivableId, dueOn: row.dueOn!, disputed: row.disputed, changes: [change] })
  }
  return customers
}
