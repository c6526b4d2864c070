import { type Day, laterDay } from '../../kernel/day.ts'
import { formatMinor, leastMinor, money } from '../../kernel/money.ts'
import { type Issue, Problem } from '../../kernel/problem.ts'
import { earlyPaymentDiscount, fullDiscount } from '../terms/early-payment-discount.ts'
import type { EarlyPaymentDiscount } from '../terms/payment-terms.ts'
import { type ShortPaymentReason, type ShortPaymentTolerance, shortPayment } from './short-payment.ts'

/** The rest of this receivable, after this receipt's allocation, is to be closed for this reason. */
export type WantedAdjustment = { readonly receiptId: string; readonly receivableId: string; readonly reason: ShortPaymentReason }
export type AdjustedAllocation = { readonly receiptId: string; readonly receivableId: string; readonly amount: bigint }
export type Adjustment = {
  readonly receiptId: string
  readonly receivableId: string
  readonly kind: 'discount' | 'shortPayment'
  readonly reasonCode: string
  readonly amount: bigint
}

type DiscountedReceivable = {
  readonly currency: string
  readonly amount: bigint
  readonly open: bigint
  readonly issuedOn: Day
  readonly terms: unknown
  readonly lines: readonly { readonly net: bigint }[]
}
type Receivable = DiscountedReceivable & { readonly id: string; readonly no: string }
type Receipt = { readonly id: string; readonly receivedOn: Day }
type Documents = {
  /** Discount already given, by receivable. */
  readonly taken: ReadonlyMap<string, bigint>
  readonly receivables: ReadonlyMap<string, Receivable>
  readonly receipts: readonly Receipt[]
}

/**
 * 少付与现金折扣: what each wanted adjustment gives up, in minor units. A discount must have been earned by the value day of the latest receipt that pays for it, under the receivable's own
 * terms, less what was taken before; where a part payment earns its share, only that share is given and the rest stays open. A short payment must lie within tolerance. Reasons that leave
 * the item open give nothing up. Throws allocations.invalid naming each refused one.
 */
export function decideAdjustments(
  wanted: readonly WantedAdjustment[],
  documents: Documents,
  allocations: readonly AdjustedAllocation[],
  settings: { readonly tolerance: ShortPaymentTolerance },
): Adjustment[] {
  const issues: Issue[] = []
  const decided: Adjustment[] = []
  const seen = new Set<string>()
  const byReceivable = Map.groupBy(allocations, (one) => one.receivableId)
  for (const [index, one] of wanted.entries()) {
    const path = `adjustments.${index}`
    const item = documents.receivables.get(one.receivableId)
    const own = byReceivable.get(one.receivableId) ?? []
    if (!item || !own.some((line) => line.receiptId === one.receiptId)) {
      issues.push({ path, code: 'allocations.adjustmentWithoutMoney' })
    } else if (seen.has(item.id)) {
      issues.push({ path, code: 'allocations.adjustmentTwice', params: { no: item.no } })
    } else {
      seen.add(item.id)
      const answer = decide(one, item, own, documents, settings)
      if ('code' in answer) issues.push({ path, ...answer })
      else if (answer.amount > 0n) decided.push(answer)
    }
  }
  if (issues.length > 0) throw new Problem('allocations.invalid', { count: issues.length }, { issues })
  return decided
}

/** What an item's own terms give whoever pays all the rest of it; minor units. */
export type OfferedDiscount = { readonly amount: bigint; readonly lastDay: Day; readonly isInTime: boolean }

/** The discount that money of `receivedOn` could still earn on this item, and until when; undefined where nothing was agreed or nothing is left of it. */
export function offeredDiscount(item: DiscountedReceivable, taken: bigint, receivedOn: Day): OfferedDiscount | undefined {
  const offer = termsOf(item).earlyPaymentDiscount
  if (!offer) return undefined
  const net = item.lines.reduce((sum, line) => sum + line.net, 0n)
  const full = fullDiscount(offer, { amount: money(item.amount, item.currency), net: money(net, item.currency) })
  const least = item.open - (full.minor - taken)
  const { discount, lastDay } = discountOf(offer, item, taken, least, termsOf(item).baseOn ?? item.issuedOn)
  return discount > 0n ? { amount: discount, lastDay, isInTime: receivedOn <= lastDay } : undefined
}

function decide(
  { receiptId, receivableId, reason }: WantedAdjustment,
  item: Receivable,
  own: readonly AdjustedAllocation[],
  documents: Documents,
  { tolerance }: { readonly tolerance: ShortPaymentTolerance },
): Adjustment | Pick<Issue, 'code' | 'params'> {
  const paid = own.reduce((sum, line) => sum + line.amount, 0n)
  const { outcome, short, needsApproval } = shortPayment(item.open, paid, item.currency, reason, tolerance)
  const given = (kind: Adjustment['kind'], amount: bigint): Adjustment => ({ receiptId, receivableId, kind, reasonCode: reason, amount })
  const params = { no: item.no, shortAmount: formatMinor(short, item.currency) }
  if (outcome === 'nothing') return given('shortPayment', 0n)
  if (outcome === 'writeOff') return needsApproval ? { code: 'allocations.aboveTolerance', params } : given('shortPayment', short)
  if (outcome !== 'discount') return { code: 'allocations.reasonLeavesOpen', params }
  const offer = termsOf(item).earlyPaymentDiscount
  if (!offer) return { code: 'allocations.noDiscountAgreed', params }
  const paidOn = own.map((line) => documents.receipts.find((receipt) => receipt.id === line.receiptId)!.receivedOn).reduce(laterDay)
  const { discount, lastDay, refused } = discountOf(offer, item, documents.taken.get(item.id) ?? 0n, paid, paidOn)
  const offered = { ...params, lastDay, discountAmount: formatMinor(discount, item.currency) }
  if (refused) return { code: `allocations.discount${capital(refused)}`, params: offered }
  if (discount < short && offer.partPayment === 'none') return { code: 'allocations.discountTooMuch', params: offered }
  return given('discount', leastMinor(discount, short))
}

function discountOf(offer: EarlyPaymentDiscount, item: DiscountedReceivable, taken: bigint, paid: bigint, receivedOn: Day) {
  const of = (minor: bigint) => money(minor, item.currency)
  const net = item.lines.reduce((sum, line) => sum + line.net, 0n)
  const discounted = {
    amount: of(item.amount),
    net: of(net),
    open: of(item.open),
    taken: of(taken),
    baseOn: termsOf(item).baseOn ?? item.issuedOn,
  }
  const { discount, lastDay, refused } = earlyPaymentDiscount(offer, discounted, of(paid), receivedOn)
  return { discount: discount.minor, lastDay, refused }
}

/** What was kept of the terms when the receivable was opened; `baseOn` is the day from which they count. */
function termsOf({ terms }: Pick<DiscountedReceivable, 'terms'>): {
  readonly baseOn?: Day
  readonly earlyPaymentDiscount?: EarlyPaymentDiscount
} {
  return (terms ?? {}) as ReturnType<typeof termsOf>
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1)
}
