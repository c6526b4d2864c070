import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { announce } from '../../platform/events.ts'
import { type Found, isFound, sql } from '../../platform/sql.ts'
import { activeRules } from '../approvals/approval-rules.query.ts'
import { requestApprovals } from '../approvals/request-approvals.command.ts'
import { type CreditDecision, checkCredit, creditFacts } from '../credit/check-credit.query.ts'
import type { PathAccount } from '../credit/credit-path.query.ts'
import { passOrders } from './approve-orders.command.ts'
import { creditDetail } from './credit-detail.ts'
import { prepaidBase } from './credit-needed.ts'
import { addOrderEvents, setOrders } from './order.store.ts'
import { orderCompleteness } from './order-completeness.ts'
import { approvalSummary } from './order-facts.ts'
import { completenessSettings, opensReceivablesOn } from './order-settings.query.ts'
import { refuseTransition } from './order-transition.ts'
import { customersOfOrders, lockOrdersWithCredit } from './orders.query.ts'
import type { StoredOrder } from './stored-order.ts'

/** How long back amounts of the same customer are counted together; the approval rules use at most this. */
const RECENT_DAYS = 31

export type Submitted = { readonly id: string; readonly creditResult: 'pass' | 'warn' | 'hold'; readonly status: 'submitted' | 'approved' }

/**
 * 提交: checks that each order is complete, checks credit under locks, and asks for what the approval rules want; a hold always asks a second person. What nobody need be asked for
 * is approved by rule at once. No credit is reserved while an order waits. Throws orders.incomplete with every missing field, orders.notInThisStatus, platform.staleVersion.
 */
export async function submitOrders(tx: Tx, wanted: readonly { id: string; version: number }[]): Promise<Submitted[]> {
  announce(tx, 'orders.approved')
  const ids = wanted.map(({ id }) => id)
  // One flight. What many orders of one customer wait for is its credit account: nothing is asked behind that lock but what must not move any more.
  const customersIn = customersOfOrders(tx, ids)
  const [rules, products, settings, , { orders, accounts }, credit, recent] = await Promise.all([
    activeRules(tx, ['order']),
    orderedProducts(tx, ids),
    completenessSettings(tx),
    opensReceivablesOn(tx),
    lockOrdersWithCredit(tx, ids),
    creditFacts(tx, customersIn),
    recentAmounts(tx, ids, customersIn),
  ])
  const facts = { rules, credit, recent, products, settings }
  for (const [index, order] of orders.entries()) refuseTransition(order, wanted[index]!.version, 'submit')
  const judged = await judgeOrders(tx, orders, facts)
  markSubmitted(
    tx,
    judged.filter(({ waits }) => waits),
  )
  await passOrders(
    tx,
    judged
      .filter(({ waits }) => !waits)
      .map(({ order, decision }) => ({
        order,
        decision,
        how: 'rule' as const,
        decidedBy: null,
        reason: '',
        requestId: null,
        submits: true,
      })),
    accounts,
  )
  return judged.map(({ order, decision, waits }) => ({
    id: order.id,
    creditResult: decision.answer.result,
    status: waits ? 'submitted' : 'approved',
  }))
}

/** `waits`: somebody must be asked before the order counts as approved. */
type Judged = { readonly order: StoredOrder; readonly decision: CreditDecision; readonly waits: boolean }

/** What a submission is judged by. */
type SubmissionFacts = {
  readonly rules: Awaited<ReturnType<typeof activeRules>>
  readonly credit: Awaited<ReturnType<typeof creditFacts>>
  readonly recent: ReadonlyMap<string, readonly Recent[]>
  readonly products: Awaited<ReturnType<typeof orderedProducts>>
  readonly settings: Awaited<ReturnType<typeof completenessSettings>>
}

/** Refuses what is incomplete, checks credit, and asks for what the rules want. */
async function judgeOrders(tx: Tx, orders: readonly StoredOrder[], facts: SubmissionFacts): Promise<Judged[]> {
  refuseIncomplete(orders, facts)
  const drafts = orders.map((order) => ({
    customerId: order.customerId,
    amountBase: order.amountBase,
    prepaidBase: prepaidBase(order, tx.caller.baseCurrency),
  }))
  const decisions = await checkCredit(tx, drafts, facts.credit)
  const wanted = orders.map((order, index) => {
    const customer = facts.credit.paths.get(order.customerId)!
    return wantedApproval(tx, order, customer, decisions[index]!, facts.recent.get(order.customerId) ?? [], orders.slice(0, index))
  })
  const answers = await requestApprovals(tx, wanted, Promise.resolve(facts.rules))
  return orders.map((order, index) => ({ order, decision: decisions[index]!, waits: answers.get(order.id)!.needed }))
}

function wantedApproval(
  tx: Tx,
  order: StoredOrder,
  customer: PathAccount,
  { answer }: CreditDecision,
  recent: readonly Recent[],
  before: readonly StoredOrder[],
) {
  const together = before
    .filter(({ customerId }) => customerId === order.customerId)
    .map(({ amountBase }) => ({ amountBase, on: tx.today }))
  return {
    kind: 'order' as const,
    entityId: order.id,
    customerId: order.customerId,
    amountBase: order.amountBase,
    contentHash: order.contentHash,
    summary: approvalSummary(order, customer.name, answer, tx.caller.baseCurrency),
    facts: { amountBase: order.amountBase, customerClass: customer.class, creditResult: answer.result, recent: [...recent, ...together] },
    mustAsk: answer.result === 'hold',
  }
}

/** Every order is looked at; everything that is missing anywhere is named. */
function refuseIncomplete(orders: readonly StoredOrder[], { products, credit, settings }: SubmissionFacts): void {
  const statusOf = new Map(products.map(({ id, status }) => [id, status]))
  const issues = orders.flatMap((order, index) => {
    const lines = order.lines.map(({ productId }) => ({ productId, productStatus: statusOf.get(productId) }))
    const { missing } = orderCompleteness(
      { ...plain(order), customerStatus: credit.paths.get(order.customerId)?.status ?? undefined, gross: order.amount, lines },
      settings,
    )
    return missing.map((issue) => (orders.length === 1 ? issue : { ...issue, path: `${index}.${issue.path}` }))
  })
  if (issues.length > 0) throw new Problem('orders.incomplete', { count: issues.length }, { issues })
}

/** null of the database as undefined of the rule. */
function plain({
  customerId,
  salespersonId,
  orderedOn,
  deliveryOn,
  terms,
  paymentMethodId,
  customerReference,
}: Pick<StoredOrder, 'customerId' | 'salespersonId' | 'orderedOn' | 'deliveryOn' | 'terms' | 'paymentMethodId' | 'customerReference'>) {
  return {
    customerId,
    salespersonId: salespersonId ?? undefined,
    orderedOn,
    deliveryOn: deliveryOn ?? undefined,
    terms: terms ?? undefined,
    paymentMethodId: paymentMethodId ?? undefined,
    customerReference: customerReference ?? undefined,
  }
}

/** Once a line. */
function orderedProducts(tx: Tx, ids: readonly string[]): Promise<{ id: string; status: 'active' | 'disabled' }[]> {
  return tx.all(sql`select p.id, p.status from ar.order_lines l join ar.products p on p.tenant_id = l.tenant_id and p.id = l.product_id
    where l.tenant_id = ${tx.caller.tenantId} and l.order_id = any(${ids}::uuid[])`)
}

type Recent = { readonly amountBase: bigint; readonly on: StoredOrder['orderedOn'] }
/** What the same customers got in the last days, by the day of submission (which nobody can key in): a split order is seen whole. Credit accounts are locked, so that two at once see each other. */
async function recentAmounts(tx: Tx, ids: readonly string[], customers: Found): Promise<Map<string, Recent[]>> {
  const rows = await tx.all<
    Recent & { customerId: string }
  >(sql`select o.customer_id, (o.submitted_at at time zone ${tx.caller.timeZone})::date as on, sum(o.amount_base)::bigint as amount_base from ar.orders o
    where o.tenant_id = ${tx.caller.tenantId} and ${isFound(sql`o.customer_id`, customers)} and o.submitted_at >= ${tx.at}::timestamptz - make_interval(days => ${RECENT_DAYS + 1})
      and o.status not in ('draft', 'rejected', 'cancelled') and o.id <> all(${ids}::uuid[]) group by 1, 2`)
  return Map.groupBy(rows, ({ customerId }) => customerId)
}

function markSubmitted(tx: Tx, waiting: readonly Judged[]): void {
  setOrders(
    tx,
    waiting.map(({ order, decision: { answer } }) => ({
      id: order.id,
      version: order.version,
      status: 'submitted',
      submittedBy: tx.caller.actorId,
      submittedAt: tx.at,
      creditResult: answer.result,
      creditDetail: creditDetail(answer),
      statusReason: '',
    })),
  )
  addOrderEvents(
    tx,
    waiting.map(({ order, decision }) => ({
      orderId: order.id,
      kind: 'submitted',
      happenedOn: tx.today,
      detail: { creditResult: decision.answer.result },
    })),
  )
  for (const { order, decision } of waiting)
    tx.audit({
      action: 'orders.submitted',
      entity: 'order',
      entityId: order.id,
      before: { status: order.status },
      after: { status: 'submitted', creditResult: decision.answer.result },
    })
}
