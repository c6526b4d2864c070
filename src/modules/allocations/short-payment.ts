import { fraction } from '../../kernel/fraction.ts'
import { parseMinor } from '../../kernel/money.ts'

/** 尾差容差, as data: both bounds are inclusive and both must hold; a currency that is not listed has no tolerance. */
export type ShortPaymentTolerance = { readonly absolute: Readonly<Record<string, string>>; readonly percent: string }
export const defaultTolerance: ShortPaymentTolerance = {
  absolute: { CNY: '10.00', USD: '5.00', EUR: '5.00', HKD: '10.00', JPY: '500', TWD: '50' },
  percent: '2',
}

/** 少付原因: what each reason does with the missing amount. */
export const shortPaymentReasons = {
  bankCharge: { outcome: 'writeOff', account: 'bankCharges' },
  rounding: { outcome: 'writeOff', account: 'roundingDifference' },
  exchange: { outcome: 'writeOff', account: 'exchangeDifference' },
  goodwill: { outcome: 'writeOff', account: 'salesAllowance' },
  earlyPaymentDiscount: { outcome: 'discount', account: 'salesDiscount' },
  quality: { outcome: 'dispute' },
  priceDifference: { outcome: 'dispute' },
  goodsReturned: { outcome: 'creditNote' },
  tax: { outcome: 'leaveOpen' },
  partPayment: { outcome: 'leaveOpen' },
} as const satisfies Record<string, { outcome: ShortPaymentOutcome; account?: string }>
export type ShortPaymentReason = keyof typeof shortPaymentReasons
/** writeOff: close the item, the account takes the difference. discount: the discount rule decides. The others leave it open. */
export type ShortPaymentOutcome = 'writeOff' | 'discount' | 'dispute' | 'creditNote' | 'leaveOpen'

export type ShortPaymentAnswer = {
  /** Minor units still missing, 0 when all was paid. */
  readonly short: bigint
  readonly withinTolerance: boolean
  /** `nothing` when nothing is short; a write-off above the tolerance needs approval. */
  readonly outcome: ShortPaymentOutcome | 'nothing'
  readonly needsApproval: boolean
  readonly account?: string
}

/** What happens to an item of `open` that was paid with `paid`, for this reason. Minor units of `currency`. */
export function shortPayment(
  open: bigint,
  paid: bigint,
  currency: string,
  reason: ShortPaymentReason,
  tolerance: ShortPaymentTolerance = defaultTolerance,
): ShortPaymentAnswer {
  const short = open > paid ? open - paid : 0n
  if (short === 0n) return { short, withinTolerance: true, outcome: 'nothing', needsApproval: false }
  const withinTolerance = isWithinTolerance(short, open, currency, tolerance)
  const rule: { outcome: ShortPaymentOutcome; account?: string } = shortPaymentReasons[reason]
  return {
    short,
    withinTolerance,
    outcome: rule.outcome,
    needsApproval: rule.outcome === 'writeOff' && !withinTolerance,
    ...(rule.account ? { account: rule.account } : {}),
  }
}

/** Is a difference small enough to be closed without asking? `of` is the amount it is missing from. */
export function isWithinTolerance(
  short: bigint,
  of: bigint,
  currency: string,
  tolerance: ShortPaymentTolerance = defaultTolerance,
): boolean {
  const most = parseMinor(tolerance.absolute[currency] ?? '0', currency) ?? 0n
  const percent = fraction(tolerance.percent)
  return short <= most && short * 100n * percent.denominator <= of * percent.numerator
}
