import { createHash } from 'node:crypto'
import { type Issue, missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { withdrawApprovals } from '../approvals/withdraw-approvals.command.ts'
import { type DraftSources, draftSources } from './draft-defaults.query.ts'
import { addOrders, type OrderToSave, replaceOrders } from './order.store.ts'
import { type OrderAmounts, type OrderContent, type OrderDraft, orderAmounts, orderContent, orderContentIssues } from './order-draft.ts'
import { isEditable } from './order-status.ts'
import { lockOrders } from './orders.query.ts'
import type { StoredOrder } from './stored-order.ts'

/** One audit entry an order up to here, one for all above it (imports). */
const AUDITED_ONE_BY_ONE_MOST = 50

/** Adds drafts, defaults filled in; ids in the order given. Throws orders.wrong with every faulty field (`<index>.lines.0.quantity` when there are several). */
export async function createOrders(tx: Tx, drafts: readonly OrderDraft[]): Promise<string[]> {
  if (drafts.length === 0) return []
  const sources = await draftSources(tx, drafts)
  const orders = judged(tx, drafts, sources).map((order, index) => ({ ...order, id: uuid(), sourceNo: drafts[index]!.sourceNo ?? null }))
  addOrders(tx, orders)
  const entry = ({ id, content, amounts }: OrderToSave) => ({
    action: 'orders.created',
    entity: 'order',
    entityId: id,
    after: { customerId: content.customerId, currency: content.currency, amount: amounts.gross, lines: content.lines.length },
  })
  if (orders.length <= AUDITED_ONE_BY_ONE_MOST) for (const order of orders) tx.audit(entry(order))
  else
    tx.audit({
      action: 'orders.createdMany',
      entity: 'order',
      detail: { orders: orders.map(({ id, contentHash }) => ({ id, contentHash: contentHash.toString('hex') })) },
    })
  return orders.map(({ id }) => id)
}

/**
 * Replaces orders' content. Only drafts, rejected and submitted orders can be edited: each becomes a draft again, and a pending approval of it is void, because what
 * was asked for no longer exists. Throws orders.notInThisStatus, platform.staleVersion, orders.wrong.
 */
export async function editOrders(tx: Tx, wanted: readonly { id: string; version: number; draft: OrderDraft }[]): Promise<void> {
  const [stored, sources] = await Promise.all([
    lockOrders(
      tx,
      wanted.map(({ id }) => id),
    ),
    draftSources(
      tx,
      wanted.map(({ draft }) => draft),
    ),
  ])
  for (const [index, order] of stored.entries()) refuseEdit(order, wanted[index]!.version)
  const orders = judged(
    tx,
    wanted.map(({ draft }) => draft),
    sources,
  ).map((order, index) => ({ ...order, id: wanted[index]!.id, version: wanted[index]!.version, lineCount: stored[index]!.lines.length }))
  const submitted = stored.filter(({ status }) => status === 'submitted')
  if (submitted.length > 0)
    await withdrawApprovals(
      tx,
      'order',
      submitted.map(({ id }) => id),
      'void',
    )
  replaceOrders(tx, orders)
  orders.forEach(({ id, content, amounts, contentHash }, index) => {
    const before = stored[index]!
    tx.audit({
      action: 'orders.edited',
      entity: 'order',
      entityId: id,
      before: {
        status: before.status,
        customerId: before.customerId,
        amount: before.amount,
        contentHash: before.contentHash.toString('hex'),
      },
      after: { status: 'draft', customerId: content.customerId, amount: amounts.gross, contentHash: contentHash.toString('hex') },
    })
  })
}

/** What a draft comes to, without saving it: for the form's live check. */
export async function previewOrder(
  reader: Reader,
  draft: OrderDraft,
): Promise<{ content: OrderContent; amounts: OrderAmounts | undefined; issues: Issue[]; sources: DraftSources }> {
  const sources = await draftSources(reader, [draft])
  const { content, issues } = judge(reader, draft, sources)
  return { content, issues, sources, amounts: issues.length === 0 ? orderAmounts(content, reader.caller.baseCurrency) : undefined }
}

function refuseEdit({ status, version }: StoredOrder, seen: number): void {
  if (version !== seen) throw new Problem('platform.staleVersion', { version }, { kind: 'conflict' })
  if (!isEditable(status) && status !== 'submitted') throw new Problem('orders.notInThisStatus', { status }, { kind: 'conflict' })
}

function judged(reader: Reader, drafts: readonly OrderDraft[], sources: DraftSources): Omit<OrderToSave, 'id'>[] {
  const judgements = drafts.map((draft) => judge(reader, draft, sources))
  const issues = judgements.flatMap((one, index) =>
    one.issues.map((issue) => (drafts.length === 1 ? issue : { ...issue, path: `${index}.${issue.path}` })),
  )
  if (issues.length > 0) throw new Problem('orders.wrong', { count: issues.length }, { issues: issues.slice(0, 1_000) })
  return judgements.map(({ content }) => ({
    content,
    amounts: orderAmounts(content, reader.caller.baseCurrency),
    contentHash: hashOf(content),
  }))
}

function judge(reader: Reader, draft: OrderDraft, sources: DraftSources): { content: OrderContent; issues: Issue[] } {
  const customer = sources.customers.get(draft.customerId)
  if (!customer) throw missing('customer')
  const { baseCurrency } = reader.caller
  const content = orderContent(
    draft,
    { today: reader.today, baseCurrency, entityId: sources.entityId, customer, products: sources.products },
    (id) => sources.terms.get(id),
  )
  return { content, issues: [...unknownReferences(content, sources), ...orderContentIssues(content, baseCurrency)] }
}

/** What the order names must be there; salesperson and region that come from the customer are. */
function unknownReferences(content: OrderContent, sources: DraftSources): Issue[] {
  const customer = sources.customers.get(content.customerId)
  const unknown = (path: string, isUnknown: boolean): Issue[] => (isUnknown ? [{ path, code: 'platform.unknownReference' }] : [])
  const { salespersonId, regionId, paymentMethodId } = content
  return [
    ...unknown('entityId', !sources.entities.has(content.entityId)),
    ...unknown('salespersonId', salespersonId !== null && salespersonId !== customer?.salespersonId && !sources.people.has(salespersonId)),
    ...unknown('regionId', regionId !== null && regionId !== customer?.regionId && !sources.regions.has(regionId)),
    ...unknown('paymentMethodId', paymentMethodId !== null && !sources.paymentMethods.has(paymentMethodId)),
    ...unknown('termsId', content.termsId !== null && content.terms === null),
    ...content.lines.flatMap(({ productId }, index) => unknown(`lines.${index}.productId`, !sources.products.has(productId))),
  ]
}

/** What was approved is what exists: everything that the order promises, in one hash. */
function hashOf(content: OrderContent): Buffer {
  return createHash('sha256').update(canonicalJson(content)).digest()
}
