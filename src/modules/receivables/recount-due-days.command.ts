import { money } from '../../kernel/money.ts'
import type { Tx } from '../../platform/db.ts'
import { word } from '../../platform/words.ts'
import type { OrderForReceivables, OrdersDelivered } from '../orders/order-events.ts'
import type { Calendar } from '../terms/calendar.ts'
import { dueDates, dueFrom } from '../terms/due-date.ts'
import { type LockedReceivable, lockReceivables } from './lock-receivables.query.ts'
import { type Move, move } from './move-receivables.command.ts'
import { companyCalendars, openReceivablesOfOrders } from './order-facts.query.ts'
import { baseDates, termsOfPart } from './order-parts.ts'

/**
 * Handler of orders.delivered. Receivables that opened at approval were counted from the planned delivery; once everything has gone out they are counted from the real one, and what is
 * still open moves to its day. Whatever a person gave another due day keeps it.
 */
export async function recountDueDays(tx: Tx, { orders }: OrdersDelivered): Promise<void> {
  const delivered = orders.filter((order) => order.complete && !order.opensReceivables)
  if (delivered.length === 0) return
  const ids = delivered.map((order) => order.id)
  const [opened, calendarOf] = await Promise.all([openReceivablesOfOrders(tx, ids), companyCalendars(tx)])
  const receivables = [
    ...(
      await lockReceivables(
        tx,
        opened.map((one) => one.id),
      )
    ).values(),
  ]
  const moves = delivered.flatMap((order) =>
    recounted(
      order,
      receivables.filter((one) => one.orderId === order.id),
      calendarOf(order.terms.calendar),
    ),
  )
  if (moves.length === 0) return
  move(tx, 'rescheduled', moves)
  for (const { receivable, to, counted } of moves)
    tx.audit({
      action: 'receivables.rescheduled',
      entity: 'receivable',
      entityId: receivable.id,
      before: { dueOn: receivable.dueOn, contractDueOn: receivable.contractDueOn },
      after: { dueOn: to.dueOn, contractDueOn: counted?.contractDueOn },
      detail: { reason: word(tx.caller.language, 'receivables.countedFromDelivery') ?? '' },
    })
}

/** Part numbers of one opening are consecutive and end with the order's last; parts of nothing have none. */
function recounted(order: OrderForReceivables, receivables: readonly LockedReceivable[], calendar: Calendar): Move[] {
  const counted = dueDates(order.terms, baseDates(order), money(order.wholeAmount, order.currency), calendar, order.approvedOn)
  const parts = counted.flatMap((part, i) => (part.amount.minor > 0n ? [{ ...part, dueRule: order.terms.parts[i]!.rule }] : []))
  const first = order.lastPartNo - parts.length + 1
  return receivables.flatMap((receivable): Move[] => {
    const part = parts[(receivable.partNo ?? 0) - first]
    const baseOn = (receivable.terms as { baseOn?: LockedReceivable['dueOn'] } | null)?.baseOn
    if (!part || !baseOn || receivable.open === 0n || part.effectiveDue === receivable.dueOn) return []
    const before = dueFrom(order.terms, part.dueRule, baseOn, calendar, receivable.issuedOn)
    if (before.effectiveDue !== receivable.dueOn) return []
    return [
      {
        receivable,
        to: { dueOn: part.effectiveDue },
        counted: { contractDueOn: part.contractDue, terms: termsOfPart(order, part.baseOn) },
      },
    ]
  })
}
