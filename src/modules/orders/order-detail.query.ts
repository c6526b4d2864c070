import type { Day } from '../../kernel/day.ts'
import { daysBetween } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { CreditDetail } from './credit-detail.ts'
import { ordersWithReferences } from './draft-defaults.query.ts'
import { opensReceivablesOn } from './order-settings.query.ts'
import { lateDelivery } from './order-status.ts'
import { readOrders } from './orders.query.ts'

const EVENTS_MOST = 200

/** Everything about one order. Amounts in minor units. Seven questions in one flight. */
export async function readOrderDetail(reader: Reader, id: string) {
  const [[order], names, products, events, receivables, request, openOn] = await Promise.all([
    readOrders(reader, [id]),
    namesOf(reader, id),
    productsOf(reader, id),
    eventsOf(reader, id),
    receivablesOf(reader, id),
    pendingOf(reader, id),
    opensReceivablesOn(reader),
  ])
  if (!order || !names) throw missing('order')
  const same = await ordersWithReferences(reader, [order])
  const lateDays = lateDelivery({ status: order.status, deliveryOn: order.deliveryOn ?? undefined }, reader.today)
    ? daysBetween(order.deliveryOn!, reader.today)
    : 0
  const byId = new Map(products.map((product) => [product.id, product]))
  return {
    order: {
      ...order,
      lines: order.lines.map((line) => ({
        ...line,
        productCode: byId.get(line.productId)?.code ?? '',
        productName: byId.get(line.productId)?.name ?? '',
      })),
    },
    names,
    events,
    receivables,
    request: request ?? null,
    lateDays,
    opensReceivables: order.receivablesOn ?? openOn,
    sameReference: [...same.values()].flat().filter((other) => other.id !== id),
  }
}

type Names = {
  no: string | null; customerName: string; customerCode: string; salespersonName: string | null; entityName: string; termsName: string | null; paymentMethodName: string | null; createdByName: string | null; submittedByName: string | null; approvedByName: string | null
  approvedHow: 'person' | 'rule' | 'alone' | null; statusReason: string; feedbackScore: number | null; feedback: string | null; creditDetail: CreditDetail | null; overBase: bigint | null; overrideReason: string | null; overrideByName: string | null
} // biome-ignore format: one line a group of columns
function namesOf(reader: Reader, id: string): Promise<Names | undefined> {
  return reader.maybe<Names>(sql`select n.series || '-' || ar.no_text(n.no) as no, c.name as customer_name, c.code as customer_code, s.name as salesperson_name, e.name as entity_name, t.name as terms_name, m.name as payment_method_name,
    b.name as created_by_name, u.name as submitted_by_name, a.name as approved_by_name, o.approved_how, o.status_reason, o.feedback_score, o.feedback, o.credit_detail, v.over_base, v.reason as override_reason, w.name as override_by_name
    from ar.orders o join ar.customers c on c.tenant_id = o.tenant_id and c.id = o.customer_id join ar.entities e on e.tenant_id = o.tenant_id and e.id = o.entity_id
    left join ar.people s on s.tenant_id = o.tenant_id and s.id = o.salesperson_id left join ar.payment_terms t on t.tenant_id = o.tenant_id and t.id = o.terms_id
    left join ar.payment_methods m on m.tenant_id = o.tenant_id and m.id = o.payment_method_id left join ar.people b on b.tenant_id = o.tenant_id and b.id = o.created_by
    left join ar.people u on u.tenant_id = o.tenant_id and u.id = o.submitted_by left join ar.people a on a.tenant_id = o.tenant_id and a.id = o.approved_by
    left join ar.credit_overrides v on v.tenant_id = o.tenant_id and v.id = o.override_id left join ar.people w on w.tenant_id = o.tenant_id and w.id = v.approved_by
    left join ar.document_numbers n on n.tenant_id = o.tenant_id and n.document_id = o.id
    where o.tenant_id = ${reader.caller.tenantId} and o.id = ${id}`)
}

function productsOf(reader: Reader, id: string): Promise<{ id: string; code: string; name: string }[]> {
  return reader.all(sql`select p.id, p.code, p.name from ar.products p where p.tenant_id = ${reader.caller.tenantId}
    and p.id in (select l.product_id from ar.order_lines l where l.tenant_id = ${reader.caller.tenantId} and l.order_id = ${id})`)
}

/** The order's own history, the latest first. */
function eventsOf(
  reader: Reader,
  id: string,
): Promise<{ id: string; kind: string; happenedOn: Day; createdAt: Date; byName: string | null; detail: Record<string, unknown> }[]> {
  return reader.all(sql`select v.id, v.kind, v.happened_on, v.created_at, p.name as by_name, v.detail from ar.order_events v left join ar.people p on p.tenant_id = v.tenant_id and p.id = v.created_by
    where v.tenant_id = ${reader.caller.tenantId} and v.order_id = ${id} order by v.id desc limit ${EVENTS_MOST}`)
}

/** What the order became: how much of it has been received. */
function receivablesOf(
  reader: Reader,
  id: string,
): Promise<{ id: string; no: string | null; partName: string | null; amount: bigint; open: bigint; dueOn: Day; settledOn: Day | null }[]> {
  return reader.all(sql`select r.id, n.series || '-' || ar.no_text(n.no) as no, r.part_name, r.amount, r.open, r.due_on, r.settled_on from ar.receivables r
    left join ar.document_numbers n on n.tenant_id = r.tenant_id and n.document_id = r.id
    where r.tenant_id = ${reader.caller.tenantId} and r.order_id = ${id} and r.voided_on is null order by r.part_no, r.id`)
}

function pendingOf(reader: Reader, id: string): Promise<{ id: string; version: number; role: string } | undefined> {
  return reader.maybe(sql`select r.id, r.version, r.steps -> (r.step - 1) ->> 'role' as role from ar.approval_requests r
    where r.tenant_id = ${reader.caller.tenantId} and r.kind = 'order' and r.entity_id = ${id} and r.status = 'pending'`)
}
