import { minorUnits } from '../../kernel/currency.ts'
import type { Day } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import { type Issue, missing, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { announce } from '../../platform/events.ts'
import type { CreditAccount } from '../credit/credit-accounts.query.ts'
import type { LockedReceipt } from '../receipts/lock-receipts.query.ts'
import type { AllocationBatch } from './allocation-events.ts'
import { allocationSettings } from './allocation-settings.query.ts'
import { bookAllocations, type Locked } from './book-allocations.command.ts'
import { byHand, type HandLine } from './by-hand.ts'
import { decideAdjustments, type WantedAdjustment } from './decide-adjustments.ts'
import { discountsTaken } from './discounts-taken.query.ts'
import { lockDocuments } from './lock-documents.query.ts'

/** `amount` in minor units, or as the decimal text that a person keyed in, of the receipt's currency. */
type WantedLine = { readonly receiptId: string; readonly receivableId: string; readonly amount: bigint | string }
export type HandAllocation = {
  readonly lines: readonly WantedLine[]
  readonly adjustments?: readonly WantedAdjustment[]
  readonly entryOn?: Day | undefined
  readonly how?: 'hand' | 'import'
  readonly entryOnReceipt?: boolean
  readonly bulk?: boolean
}

/**
 * 手工核销 n:m: these amounts of these receipts settle those receivables; what is then missing may be given up for a reason within tolerance, or as the early-payment discount that was
 * earned. All or nothing. A payer may pay for a member of its own group. Throws allocations.invalid naming every wrong line, or what keeps a document from being allocated.
 */
export async function allocateByHand(tx: Tx, wanted: HandAllocation): Promise<AllocationBatch[]> {
  announce(tx, 'receipts.allocated')
  const { lines, adjustments = [], entryOn, how = 'hand', entryOnReceipt = false, bulk = false } = wanted
  const receiptIds = [...new Set(lines.map((line) => line.receiptId))]
  const receivableIds = [...new Set([...lines.map((line) => line.receivableId), ...adjustments.map((one) => one.receivableId)])]
  const locked = await lockDocuments(tx, receiptIds, receivableIds)
  const on = (receipt: LockedReceipt): Day => entryOn ?? (entryOnReceipt ? receipt.receivedOn : tx.today)
  refuseReceipts(tx, locked.receipts, on)
  const keyed = handLines(lines, locked.receipts)
  const { issues, allocations } = byHand(
    locked.receipts.map(toAllocate),
    [...locked.receivables.values()],
    keyed,
    sameFamily(locked.accounts),
  )
  if (issues.length > 0) throw invalid(issues)
  const extra = adjustments.length === 0 ? [] : await decided(tx, adjustments, locked, allocations)
  const days = new Map(locked.receipts.map((receipt) => [receipt.id, on(receipt)]))
  refuseDays(locked, allocations, days)
  return bookAllocations(tx, locked, { allocations, adjustments: extra, entryOn: (receiptId) => days.get(receiptId)!, how, bulk })
}

async function decided(tx: Tx, wanted: readonly WantedAdjustment[], locked: Locked, allocations: Parameters<typeof decideAdjustments>[2]) {
  const [settings, taken] = await Promise.all([
    allocationSettings(tx),
    discountsTaken(
      tx,
      wanted.filter((one) => one.reason === 'earlyPaymentDiscount').map((one) => one.receivableId),
    ),
  ])
  return decideAdjustments(wanted, { ...locked, taken }, allocations, settings)
}

/** Keyed amounts become minor units once the currency is known. */
function handLines(lines: readonly WantedLine[], receipts: readonly LockedReceipt[]): HandLine[] {
  const currencies = new Map(receipts.map((receipt) => [receipt.id, receipt.currency]))
  const issues: Issue[] = []
  const keyed = lines.map((line, index): HandLine => {
    const currency = currencies.get(line.receiptId)!
    const amount = typeof line.amount === 'bigint' ? line.amount : parseMinor(line.amount, currency)
    if (amount === undefined)
      issues.push({ path: `lines.${index}.amount`, code: 'platform.tooManyDecimals', params: { currency, units: minorUnits(currency) } })
    return { ...line, amount: amount ?? 0n }
  })
  if (issues.length > 0) throw invalid(issues)
  return keyed
}

function invalid(issues: readonly Issue[]): Problem {
  return new Problem('allocations.invalid', { count: issues.length }, { issues, kind: issues.some(isRace) ? 'conflict' : 'refused' })
}

/** What keeps a receipt from being allocated on that day. */
export function refuseReceipts(tx: Tx, receipts: readonly LockedReceipt[], entryOn: (receipt: LockedReceipt) => Day): void {
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
  { receivables }: Locked,
  allocations: readonly { receiptId: string; receivableId: string }[],
  days: ReadonlyMap<string, Day>,
): void {
  for (const { receiptId, receivableId } of allocations) {
    const { issuedOn, no } = receivables.get(receivableId)!
    const day = days.get(receiptId)!
    if (day < issuedOn) throw new Problem('allocations.beforeIssue', { no, day, issuedOn }, { path: 'entryOn' })
  }
}

/** A receipt as the rules see it. Its customer is known. */
export function toAllocate({ id, customerId, currency, amount, allocated, refunded, receivedOn }: LockedReceipt) {
  if (customerId === null) throw missing('customer')
  return { id, customerId, currency, unallocated: amount - allocated - refunded, receivedOn }
}

/** One customer family: the same group root. */
function sameFamily(accounts: ReadonlyMap<string, CreditAccount>): (payerId: string, owingId: string) => boolean {
  const rootOf = (customerId: string): string => accounts.get(customerId)?.ancestors[0] ?? customerId
  return (payerId, owingId) => payerId === owingId || rootOf(payerId) === rootOf(owingId)
}

function isRace({ code }: Issue): boolean {
  return code === 'allocations.exceedsOpenAmount' || code === 'allocations.exceedsReceipt'
}
