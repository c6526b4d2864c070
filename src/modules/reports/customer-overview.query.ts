import { addMonths, type Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { readCreditPosition } from '../credit/credit-position.query.ts'
import { usualDaysLate } from '../customers/usual-days-late.query.ts'
import { expectedPaymentDay } from '../receivables/expected-payment-day.ts'
import { type PaidItem, paymentHabit, weightedDaysLate } from '../receivables/payment-habit.ts'

/** Days after the due day at which the strip changes its colour: the last day of each bucket; what is later is the last one. */
const STRIP = [30, 60, 90, 180] as const
const MONTHS = 12
/** Items that the habit is computed from: the newest of twelve months. */
const PAID_MOST = 2_000

type Figures = {
  open: bigint
  overdue: bigint
  notDue: bigint
  openItems: number
  disputed: number
  receivables: number
  receipts: number
  unallocated: bigint
  orders: number
  contacts: number
  attachments: number
  nextDueOn: Day | null
  nextBase: bigint | null
  usualMethod: string | null
} & Record<`late${number}`, bigint>

/** Everything that stands above the tabs of a customer's page: four statements in one flight, each on the customer's own index. */
export async function customerOverview(reader: Reader, customerId: string) {
  const [credit, figures, paid, usual] = await Promise.all([
    readCreditPosition(reader, customerId),
    readFigures(reader, customerId),
    readPaid(reader, customerId),
    usualDaysLate(reader, [customerId], reader.today),
  ])
  const { baseCurrency } = reader.caller
  const amount = (minor: bigint) => formatMinor(minor, baseCurrency)
  const habit = paymentHabit(paid, reader.today)
  const usually = usual.get(customerId)
  const next =
    figures.nextDueOn === null ? undefined : expectedPaymentDay({ dueOn: figures.nextDueOn, usualDaysLate: usually?.days }, reader.today)
  return {
    asOf: reader.today, currency: baseCurrency, open: amount(figures.open), overdue: amount(figures.overdue), unallocated: amount(figures.unallocated), credit,
    ageing: [{ fromDays: null, toDays: null, amount: amount(figures.notDue) }, ...[...STRIP, null].map((toDays, i) => ({ fromDays: i === 0 ? 1 : STRIP[i - 1]! + 1, toDays, amount: amount(figures[`late${i}`]!) }))],
    habit: habit ? { count: habit.count, onTime: habit.count - Math.round((habit.lateByCount * habit.count) / 10_000), averageDaysLate: habit.averageDaysLate, usualDaysLate: usually?.days ?? null, worstDaysLate: habit.worstDaysLate, usualPayDay: habit.usualPayDay ?? null, usualMethod: figures.usualMethod, trendDays: habit.trendDays ?? null, months: byMonth(paid) } : null,
    expectedNext: next ? { on: next.on, basis: next.basis, passedDays: next.passedDays, amount: amount(figures.nextBase ?? 0n) } : null,
    counts: { openItems: figures.openItems, receivables: figures.receivables, receipts: figures.receipts, orders: figures.orders, contacts: figures.contacts, attachments: figures.attachments, disputed: figures.disputed },
  } // biome-ignore format: one line a group of figures
}

function readFigures(reader: Reader, customerId: string): Promise<Figures> {
  const t = reader.caller.tenantId
  const today = reader.today
  const own = (table: string): Sql =>
    sql`(select count(*)::int from ${sql.table(`ar.${table}`)} x where x.tenant_id = ${t} and x.customer_id = ${customerId})`
  const late = [...STRIP, undefined].map((to, i) => {
    const from = i === 0 ? 1 : STRIP[i - 1]! + 1
    return sql`coalesce(sum(r.open_base) filter (where r.due_on <= ${today}::date - ${from}::int ${to === undefined ? sql`` : sql`and r.due_on >= ${today}::date - ${to}::int`}), 0)::bigint as ${sql.ref(`late${i}`)}`
  })
  return reader.one<Figures>(sql`select coalesce(s.open, 0) as open, s.*, ${own('receivables')} as receivables, ${own('receipts')} as receipts, ${own('orders')} as orders,
      (select count(*)::int from ar.customer_contacts k where k.tenant_id = ${t} and k.customer_id = ${customerId} and k.status = 'active') as contacts,
      (select count(*)::int from ar.files f where f.tenant_id = ${t} and f.entity_id = ${customerId} and f.purpose = 'attachment') as attachments,
      coalesce((select sum(p.amount_base - p.allocated_base) from ar.receipts p where p.tenant_id = ${t} and p.customer_id = ${customerId} and p.status = 'confirmed'), 0)::bigint as unallocated,
      (select m.name from ar.receipts p join ar.payment_methods m on m.tenant_id = ${t} and m.id = p.method_id
        where p.tenant_id = ${t} and p.customer_id = ${customerId} and p.status = 'confirmed' and not p.opening and p.received_on > ${addMonths(today, -MONTHS)} and p.received_on <= ${today}
        group by m.id, m.name order by sum(p.amount_base) desc, m.name limit 1) as usual_method,
      n.due_on as next_due_on, n.open_base as next_base
    from (select coalesce(sum(r.open_base), 0)::bigint as open, coalesce(sum(r.open_base) filter (where r.due_on < ${today}), 0)::bigint as overdue, coalesce(sum(r.open_base) filter (where r.due_on >= ${today}), 0)::bigint as not_due,
        count(*)::int as open_items, (count(*) filter (where r.disputed))::int as disputed, ${sql.join(late)}
      from ar.receivables r where r.tenant_id = ${t} and r.customer_id = ${customerId} and r.open <> 0) s
    left join lateral (select r.due_on, r.open_base from ar.receivables r where r.tenant_id = ${t} and r.customer_id = ${customerId} and r.open <> 0 order by r.due_on limit 1) n on true`)
}

function readPaid(reader: Reader, customerId: string): Promise<PaidItem[]> {
  return reader.all<PaidItem>(sql`select r.amount_base as amount, r.due_on, r.settled_on as paid_on from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.customer_id = ${customerId} and r.settled_on is not null and r.voided_on is null and r.settled_on > ${addMonths(reader.today, -MONTHS)} and r.settled_on <= ${reader.today}
    order by r.settled_on desc limit ${PAID_MOST}`)
}

/** Average days late of each month in which something was paid, oldest first: the small line beside the figure. */
function byMonth(paid: readonly PaidItem[]): { month: string; daysLate: number }[] {
  const months = Map.groupBy(paid, (item) => item.paidOn.slice(0, 7))
  return [...months].map(([month, items]) => ({ month, daysLate: weightedDaysLate(items) })).sort((a, b) => (a.month < b.month ? -1 : 1))
}
