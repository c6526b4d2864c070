import { type Day, daysBetween } from '../../kernel/day.ts'

/** A receipt as far as two of them can be the same money. Minor units. */
export type ComparableReceipt = {
  readonly customerId?: string | null
  readonly currency: string
  readonly amount: bigint
  readonly receivedOn: Day
  readonly payerName?: string | null
  readonly channel?: string | null
  readonly channelTx?: string | null
  /** Its number in the system or file that it was brought in from. */
  readonly sourceNo?: string | null
}
export type DuplicateReason = 'sameTransaction' | 'sameSource' | 'sameDay' | 'nearDay' | 'samePayer'
/** `certain`: the same transaction of the same channel, or the same source number; it is refused. Everything else is a warning that a person may overrule. */
export type DuplicateReceipt = { readonly reasons: readonly DuplicateReason[]; readonly certain: boolean }

/**
 * Why `a` may be the same money as `b`, or undefined. Same channel transaction or source number is certain. Else currency and amount must be equal and the days at
 * most `nearDays` apart, and it must be the same customer or the same payer name; an unknown customer can only be recognised by the payer.
 */
export function duplicateReceipt(a: ComparableReceipt, b: ComparableReceipt, nearDays: number): DuplicateReceipt | undefined {
  if (a.channelTx && a.channelTx === b.channelTx && (a.channel ?? '') === (b.channel ?? ''))
    return { reasons: ['sameTransaction'], certain: true }
  if (a.sourceNo && a.sourceNo === b.sourceNo) return { reasons: ['sameSource'], certain: true }
  const apart = Math.abs(daysBetween(a.receivedOn, b.receivedOn))
  if (a.currency !== b.currency || a.amount !== b.amount || apart > nearDays) return undefined
  const sameCustomer = Boolean(a.customerId) && a.customerId === b.customerId
  const samePayer = payerKey(a) !== '' && payerKey(a) === payerKey(b)
  if (!sameCustomer && !samePayer) return undefined
  return { reasons: [apart === 0 ? 'sameDay' : 'nearDay', ...(samePayer ? (['samePayer'] as const) : [])], certain: false }
}

/** The channel a transaction number is kept under: an unnamed one is '', or two numbers without a channel could not be compared. */
export function channelOfTransaction(channel: string | null, channelTx: string | null): string | null {
  return channelTx ? (channel ?? '') : channel
}

function payerKey(receipt: ComparableReceipt): string {
  return (receipt.payerName ?? '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}
