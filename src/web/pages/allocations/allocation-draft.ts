import { formatMinor, leastMinor, parseMinor } from '../../../kernel/money.ts'
import { type ShortPaymentReason, type ShortPaymentTolerance, shortPayment } from '../../../modules/allocations/short-payment.ts'

/** What a person has keyed in: amounts as decimal text by receivable, and reasons for what is missing. */
export type AllocationDraft = {
  readonly amounts: Readonly<Record<string, string>>
  readonly reasons: Readonly<Record<string, ShortPaymentReason>>
}
export type OpenItem = {
  readonly id: string
  readonly no: string
  readonly open: string
  readonly dueOn: string
  /** The early-payment discount that this money can still earn. */
  readonly discount?: { readonly amount: string; readonly isInTime: boolean } | null
}

export type DraftLine<Item> = {
  readonly item: Item
  readonly amount: string
  /** What would stay open, '0.00' when it is settled. */
  readonly short: string
  readonly settles: boolean
  readonly reason?: ShortPaymentReason
  readonly fault?: 'notAnAmount' | 'aboveOpen' | 'aboveTolerance' | 'leavesOpen'
}
export type DraftSummary<Item> = {
  readonly lines: readonly DraftLine<Item>[]
  readonly allocated: string
  readonly left: string
  readonly isOver: boolean
  readonly isReady: boolean
}

/** The draft as it would be booked: each line judged by the rules the server will apply, the money that stays, and whether it may be sent. */
export function summarise<Item extends OpenItem>(
  items: readonly Item[],
  draft: AllocationDraft,
  { unallocated, currency, tolerance }: { unallocated: string; currency: string; tolerance: ShortPaymentTolerance },
): DraftSummary<Item> {
  const minor = (text: string): bigint => parseMinor(text, currency) ?? 0n
  const lines = items.filter((item) => isChosen(draft, item.id)).map((item) => judge(item, draft, currency, tolerance))
  const allocated = lines.reduce((sum, line) => sum + minor(line.amount), 0n)
  const left = minor(unallocated) - allocated
  return {
    lines,
    allocated: formatMinor(allocated, currency),
    left: formatMinor(left, currency),
    isOver: left < 0n,
    isReady: lines.length > 0 && left >= 0n && lines.every((line) => line.fault === undefined),
  }
}

/** Gives the early-payment discount as the reason wherever what is missing is no more than what this money has earned. */
export function withEarnedDiscounts(draft: AllocationDraft, items: readonly OpenItem[], currency: string): AllocationDraft {
  const minor = (text: string): bigint => parseMinor(text, currency) ?? 0n
  const earned = items.filter(({ id, open, discount }) => {
    const paid = minor(draft.amounts[id] ?? '')
    const short = minor(open) - paid
    return discount?.isInTime && paid > 0n && short > 0n && short <= minor(discount.amount) && draft.reasons[id] === undefined
  })
  const reasons = Object.fromEntries(earned.map(({ id }) => [id, 'earlyPaymentDiscount' as const]))
  return { amounts: draft.amounts, reasons: { ...draft.reasons, ...reasons } }
}

export function isChosen({ amounts }: AllocationDraft, id: string): boolean {
  return (amounts[id] ?? '') !== ''
}

/** Ticks an item: it gets what is left of the money, at most what is open. Unticks it when it was ticked. */
export function toggled(draft: AllocationDraft, item: OpenItem, left: string, currency: string): AllocationDraft {
  if (isChosen(draft, item.id)) return withAmount(draft, item.id, '')
  const most = parseMinor(left, currency) ?? 0n
  return withAmount(draft, item.id, formatMinor(leastMinor(most > 0n ? most : 0n, parseMinor(item.open, currency) ?? 0n), currency))
}

export function withAmount(draft: AllocationDraft, id: string, amount: string): AllocationDraft {
  const { [id]: _before, ...amounts } = draft.amounts
  const { [id]: reason, ...reasons } = draft.reasons
  if (amount === '') return { amounts, reasons }
  return { amounts: { ...amounts, [id]: amount }, reasons: reason === undefined ? reasons : { ...reasons, [id]: reason } }
}

function judge<Item extends OpenItem>(
  item: Item,
  { amounts, reasons }: AllocationDraft,
  currency: string,
  tolerance: ShortPaymentTolerance,
): DraftLine<Item> {
  const amount = amounts[item.id]!
  const paid = parseMinor(amount, currency)
  const open = parseMinor(item.open, currency) ?? 0n
  if (paid === undefined || paid <= 0n) return { item, amount, short: item.open, settles: false, fault: 'notAnAmount' }
  if (paid > open) return { item, amount, short: formatMinor(0n, currency), settles: false, fault: 'aboveOpen' }
  const reason = reasons[item.id]
  const short = formatMinor(open - paid, currency)
  if (reason === undefined || open === paid) return { item, amount, short, settles: open === paid }
  const { outcome, needsApproval } = shortPayment(open, paid, currency, reason, tolerance)
  const closes = outcome === 'writeOff' || outcome === 'discount'
  const fault = needsApproval ? ('aboveTolerance' as const) : closes ? undefined : ('leavesOpen' as const)
  return { item, amount, short, settles: closes, reason, ...(fault ? { fault } : {}) }
}

/** The way a workbench opens with: what the payer named (民法典 560: it goes first); where that finds nothing, the order of the law, which finds something wherever something is open. */
export function firstRule(named: { readonly allocations: readonly unknown[] } | undefined): 'reference' | 'statutory' {
  return named?.allocations.length === 0 ? 'statutory' : 'reference'
}
