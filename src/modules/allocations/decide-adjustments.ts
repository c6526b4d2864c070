import type { Day } from '../../kernel/day.ts'
import { formatMinor, money, zero } from '../../kernel/money.ts'
import { type Issue, Problem } from '../../kernel/problem.ts'
import { earlyPaymentDiscount } from '../terms/early-payment-discount.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
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

type Receivable = {
  readonly id: string
  readonly no: string
  readonly currency: string
  readonly amount: bigint
  readonly open: bigint
  readonly issuedOn: Day
  readonly terms: unknown
  readonly lines: readonly { readonly net: bigint }[]
}
type Receipt = { readonly id: string; readonly receivedOn: Day }
type Documents = { readonly receivables: ReadonlyMap<string, Receivable>; readonly receipts: readonly Receipt[] }

/**
 * 少付与现金折扣: what each wanted adjustment gives up, in minor units. A discount must have been earned by the receipt's value day under the receivable's own terms and was never taken before
 * (a taken discount has closed the item); a short payment must lie within tolerance. Reasons that leave the item open give nothing up. Throws allocations.invalid naming each refused one.
 */
export function decideAdjustments(
  wanted: readonly WantedAdjustment[],
  { receivables, receipts }: Documents,
  allocations: readonly AdjustedAllocation[],
  { tolerance }: { readonly tolerance: ShortPaymentTolerance },
): Adjustment[] {
  const issues: Issue[] = []
  const decided: Adjustment[] = []
  const seen = new Set<string>()
  wanted.forEach(({ receiptId, receivableId, reason }, index) => {
    const path = `adjustments.${index}`
    const item = receivables.get(receivableId)
    const receipt = receipts.find((one) => one.id === receiptId)
    const paid = allocations.filter((one) => one.receivableId === receivableId).reduce((sum, one) => sum + one.amount, 0n)
    const paidBy = allocations.some((one) => one.receivableId === receivableId && one.receiptId === receiptId)
    if (!item || !receipt || !paidBy) issues.push({ path, code: 'allocations.adjustmentWithoutMoney' })
    else if (seen.has(receivableId)) issues.push({ path, code: 'allocations.adjustmentTwice', params: { no: item.no } })
    else {
      seen.add(receivableId)
      const answer = shortPayment(item.open, paid, item.currency, reason, tolerance)
      if (answer.outcome === 'discount') discounted(item, receipt, paid, answer.short)
      else if (answer.outcome === 'writeOff' && answer.needsApproval)
        issues.push({
          path,
          code: 'allocations.aboveTolerance',
          params: { no: item.no, shortAmount: formatMinor(answer.short, item.currency) },
        })
      else if (answer.outcome === 'writeOff')
        decided.push({ receiptId, receivableId, kind: 'shortPayment', reasonCode: reason, amount: answer.short })
      else if (answer.outcome !== 'nothing')
        issues.push({ path: `${path}.reason`, code: 'allocations.reasonLeavesOpen', params: { no: item.no } })
    }
    function discounted(owed: Receivable, money_: Receipt, paidMinor: bigint, short: bigint): void {
      const offer = (owed.terms as PaymentTerms | null)?.earlyPaymentDiscount
      if (!offer) return void issues.push({ path, code: 'allocations.noDiscountAgreed', params: { no: owed.no } })
      const { discount, lastDay, refused } = discountOf(offer, owed, paidMinor, money_.receivedOn)
      if (refused || discount < short)
        return void issues.push({
          path,
          code: `allocations.discount${capital(refused ?? 'tooMuch')}`,
          params: {
            no: owed.no,
            lastDay,
            discountAmount: formatMinor(discount, owed.currency),
            shortAmount: formatMinor(short, owed.currency),
          },
        })
      decided.push({ receiptId, receivableId, kind: 'discount', reasonCode: reason, amount: short })
    }
  })
  if (issues.length > 0) throw new Problem('allocations.invalid', { count: issues.length }, { issues })
  return decided
}

function discountOf(offer: NonNullable<PaymentTerms['earlyPaymentDiscount']>, item: Receivable, paid: bigint, receivedOn: Day) {
  const of = (minor: bigint) => money(minor, item.currency)
  const net = item.lines.reduce((sum, line) => sum + line.net, 0n)
  const answer = earlyPaymentDiscount(
    offer,
    { amount: of(item.amount), net: of(net), open: of(item.open), taken: zero(item.currency), baseOn: item.issuedOn },
    of(paid),
    receivedOn,
  )
  return { discount: answer.discount.minor, lastDay: answer.lastDay, refused: answer.refused }
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1)
}
