import type { Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { type Issue, missing, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type CreditAccount, lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import { type LockedReceipt, lockReceipts } from '../receipts/lock-receipts.query.ts'
import { lockReceivables } from '../receivables/lock-receivables.query.ts'
import type { AllocationBatch } from './allocation-events.ts'
import { allocationSettings } from './allocation-settings.query.ts'
import { bookAllocations, type DecidedAdjustment, type Locked } from './book-allocations.command.ts'
import { byHand, type HandLine } from './by-hand.ts'
import type { NamedDocument } from './by-reference.ts'
import { decideAdjustments, type WantedAdjustment } from './decide-adjustments.ts'
import { type AllocationRule, decideAllocations, namedDocuments, type RuledReceipt } from './decide-allocations.ts'
import { type OpenItem, openItems } from './open-items.query.ts'

export type HandAllocation = {
  readonly lines: readonly HandLine[]
  readonly adjustments?: readonly WantedAdjustment[]
  readonly entryOn?: Day | undefined
  readonly how?: 'hand' | 'import'
  readonly entryOnReceipt?: boolean
  readonly bulk?: boolean
}
export type RuledAllocation = {
  readonly receiptIds: readonly string[]
  readonly rule: AllocationRule
  readonly receivableIds?: readonly string[] | undefined
  readonly named?: readonly NamedDocument[] | undefined
  readonly entryOn?: Day | undefined
  readonly bulk?: boolean
}

/**
 * 手工核销 n:m: these amounts of these receipts settle those receivables; what is then missing may be given up for a reason within tolerance, or as the early-payment discount that was
 * earned. All or nothing. A payer may pay for a member of its own group. Throws allocations.invalid naming every wrong line, or what keeps a document from being allocated.
 */
export async function allocateByHand(
  tx: Tx,
  { lines, adjustments = [], entryOn, how = 'hand', entryOnReceipt = false, bulk = false }: HandAllocation,
): Promise<AllocationBatch[]> {
  const receiptIds = [...new Set(lines.map((line) => line.receiptId))]
  const receivableIds = [...new Set([...lines.map((line) => line.receivableId), ...adjustments.map((one) => one.receivableId)])]
  const locked = await lockAll(tx, receiptIds, receivableIds)
  const on = (receipt: LockedReceipt): Day => entryOn ?? (entryOnReceipt ? receipt.receivedOn : tx.today)
  refuseReceipts(tx, locked.receipts, on)
  const items = [...locked.receivables.values()]
  const { issues, allocations } = byHand(locked.receipts.map(toAllocate), items, lines, sameFamily(locked.accounts))
  if (issues.length > 0)
    throw new Problem('allocations.invalid', { count: issues.length }, { issues, kind: issues.some(isRace) ? 'conflict' : 'refused' })
  const settings = adjustments.length === 0 ? undefined : await allocationSettings(tx)
  const extra = settings === undefined ? [] : decideAdjustments(adjustments, locked, allocations, settings)
  refuseDays(locked, [...allocations, ...extra], on)
  const days = new Map(locked.receipts.map((receipt) => [receipt.id, on(receipt)]))
  return bookAllocations(tx, locked, { allocations, adjustments: extra, entryOn: (receiptId) => days.get(receiptId)!, how, bulk })
}

/**
 * 按规则核销: one rule over one or many receipts (1,000 × 1,000 in one statement) against the open items of their customers, or only those named. Money that the rule finds nothing for
 * stays unallocated. Throws what keeps a receipt from being allocated; finding nothing is no error.
 */
export async function allocateByRule(
  tx: Tx,
  { receiptIds, rule, receivableIds, named, entryOn = tx.today, bulk = false }: RuledAllocation,
): Promise<AllocationBatch[]> {
  const seen = await tx.all<{ customerId: string | null }>(
    sql`select r.customer_id from ar.receipts r where r.tenant_id = ${tx.caller.tenantId} and r.id = any(${receiptIds}::uuid[])`,
  )
  const customerIds = [...new Set(seen.map((row) => row.customerId).filter((id) => id !== null))]
  const candidates = (await openItems(tx, { customerIds, ...(receivableIds ? { receivableIds } : {}) })).filter(
    (item) => item.issuedOn <= entryOn,
  )
  const locked = await lockAll(
    tx,
    receiptIds,
    candidates.map((item) => item.id),
    customerIds,
  )
  refuseReceipts(tx, locked.receipts, () => entryOn)
  const items = candidates.flatMap((item) => openNow(item, locked))
  const ruled = locked.receipts
    .filter((receipt) => receipt.customerId !== null)
    .map(
      (receipt): RuledReceipt => ({ ...toAllocate(receipt), orderId: receipt.orderId, named: named ?? namedDocuments(receipt.reference) }),
    )
  const proposals = decideAllocations(ruled, items, rule)
  return bookAllocations(tx, locked, {
    allocations: proposals.flatMap((proposal) => proposal.allocations),
    adjustments: [],
    entryOn,
    how: rule,
    bulk,
  })
}

/** Credit accounts root first, receipts, receivables: the fixed order. */
async function lockAll(
  tx: Tx,
  receiptIds: readonly string[],
  receivableIds: readonly string[],
  knownCustomers: readonly string[] = [],
): Promise<Locked> {
  const { tenantId } = tx.caller
  const owners =
    knownCustomers.length > 0
      ? knownCustomers
      : (
          await tx.all<{
            customerId: string
          }>(sql`select r.customer_id from ar.receivables r where r.tenant_id = ${tenantId} and r.id = any(${receivableIds}::uuid[])
    union select r.customer_id from ar.receipts r where r.tenant_id = ${tenantId} and r.id = any(${receiptIds}::uuid[]) and r.customer_id is not null`)
        ).map((row) => row.customerId)
  const [accounts, receipts, receivables] = await Promise.all([
    lockCreditAccounts(tx, owners),
    lockReceipts(tx, receiptIds),
    lockReceivables(tx, receivableIds),
  ])
  for (const { customerId } of receivables.values())
    if (!accounts.has(customerId)) throw new Problem('platform.conflict', {}, { kind: 'conflict' })
  return { accounts, receipts, receivables }
}

function refuseReceipts(tx: Tx, receipts: readonly LockedReceipt[], entryOn: (receipt: LockedReceipt) => Day): void {
  for (const receipt of receipts) {
    const named = { no: receipt.no ?? '' }
    const on = entryOn(receipt)
    if (receipt.status !== 'confirmed') throw new Problem('allocations.receiptNotConfirmed', named, { kind: 'conflict' })
    if (receipt.customerId === null) throw new Problem('allocations.receiptUnidentified', named)
    if (receipt.amount - receipt.allocated - receipt.refunded <= 0n)
      throw new Problem('allocations.nothingLeft', named, { kind: 'conflict' })
    if (on < receipt.receivedOn)
      throw new Problem('allocations.beforeReceipt', { ...named, day: on, receivedOn: receipt.receivedOn }, { path: 'entryOn' })
    if (on > tx.today) throw new Problem('allocations.inFuture', { day: on }, { path: 'entryOn' })
  }
}

function refuseDays(
  { receipts, receivables }: Locked,
  decided: readonly (DecidedAdjustment | { receiptId: string; receivableId: string })[],
  on: (receipt: LockedReceipt) => Day,
): void {
  const days = new Map(receipts.map((receipt) => [receipt.id, on(receipt)]))
  for (const { receiptId, receivableId } of decided) {
    const { issuedOn, no } = receivables.get(receivableId)!
    const day = days.get(receiptId)!
    if (day < issuedOn) throw new Problem('allocations.beforeIssue', { no, day, issuedOn }, { path: 'entryOn' })
  }
}

/** The item as it is under its lock; nothing when somebody was faster. */
function openNow(item: OpenItem, locked: Locked): OpenItem[] {
  const now = locked.receivables.get(item.id)
  return now === undefined || now.open === 0n ? [] : [{ ...item, open: now.open }]
}

export function toAllocate({ id, customerId, currency, amount, allocated, refunded, receivedOn }: LockedReceipt): RuledReceipt {
  if (customerId === null) throw missing('customer')
  return { id, customerId, currency, unallocated: amount - allocated - refunded, receivedOn }
}

/** One customer family: the same group root. */
function sameFamily(accounts: ReadonlyMap<string, CreditAccount>): (payerId: string, debtorId: string) => boolean {
  const rootOf = (customerId: string): string => accounts.get(customerId)?.ancestors[0] ?? customerId
  return (payerId, debtorId) => payerId === debtorId || rootOf(payerId) === rootOf(debtorId)
}

function isRace({ code }: Issue): boolean {
  return code === 'allocations.exceedsOpenAmount' || code === 'allocations.exceedsReceipt'
}

/** '1,200.00 CNY' for messages. */
export function shown(minor: bigint, currency: string): string {
  return `${formatMinor(minor, currency)} ${currency}`
}
