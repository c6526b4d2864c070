import type { AccountKey } from './chart-of-accounts.ts'
import type { PostingEvent } from './voucher-lines.ts'

/** An amount in the document's currency and in base currency, minor units. */
export type TwoAmounts = { readonly amount: bigint; readonly base: bigint }

/** 应收开立. `tax` is 0 where no tax is known; the net is the rest, so that the voucher balances. */
export function receivableOpenedEvent(
  customerId: string,
  currency: string,
  gross: TwoAmounts,
  tax: TwoAmounts,
  invoiced: boolean,
): PostingEvent {
  return {
    kind: invoiced ? 'receivableOpenedInvoiced' : 'receivableOpened',
    currency,
    customerId,
    amounts: { gross, tax, net: less(gross, tax) },
  }
}

/** 期初余额 brought in at go-live. */
export function openingBalanceEvent(customerId: string, currency: string, gross: TwoAmounts): PostingEvent {
  return { kind: 'openingBalance', currency, customerId, amounts: { gross } }
}

/** 期初预收、红字余额: money or credit of the customer that was there at go-live; no account of ours moves. */
export function openingReceiptEvent(customerId: string, currency: string, gross: TwoAmounts): PostingEvent {
  return { kind: 'openingReceipt', currency, customerId, amounts: { gross } }
}

/** 收款确认. Without a customer it is 不明来款. `bank`: the code of the account the money came to. */
export function receiptConfirmedEvent(
  customerId: string | undefined,
  currency: string,
  gross: TwoAmounts,
  fee: TwoAmounts,
  bank?: string,
): PostingEvent {
  return {
    kind: customerId === undefined ? 'unidentifiedReceiptConfirmed' : 'receiptConfirmed',
    currency,
    customerId,
    amounts: { gross, fee, afterFee: less(gross, fee) },
    ...(bank === undefined ? {} : { accounts: { bank } }),
  }
}

/** 认款: an unidentified receipt (or the rest of one) gets its customer. */
export function receiptIdentifiedEvent(customerId: string, currency: string, gross: TwoAmounts): PostingEvent {
  return { kind: 'receiptIdentified', currency, customerId, amounts: { gross } }
}

/**
 * 收款核销. The same amount of currency leaves the receipt at its base value and the receivable at its own: only the difference of these
 * two base values is 汇兑损益, so that 36 against 36 at one rate books nothing.
 */
export function receiptAllocatedEvent(
  customerId: string,
  currency: string,
  amount: bigint,
  receivableBase: bigint,
  receiptBase: bigint,
): PostingEvent {
  return {
    kind: 'receiptAllocated',
    currency,
    customerId,
    amounts: {
      used: { amount, base: receiptBase },
      settled: { amount, base: receivableBase },
      exchangeDifference: { amount: 0n, base: receiptBase - receivableBase },
    },
  }
}

/** 现金折扣. By default it reduces revenue (CAS 14); pass the code of 6603 for the old practice. */
export function discountTakenEvent(customerId: string, currency: string, settled: TwoAmounts, account?: string): PostingEvent {
  return {
    kind: 'discountTaken',
    currency,
    customerId,
    amounts: { settled },
    ...(account === undefined ? {} : { accounts: { salesDiscount: account } }),
  }
}

/** 尾差核销 within tolerance. `account`: the code of the reason's account. */
export function shortPaymentWrittenOffEvent(customerId: string, currency: string, settled: TwoAmounts, account?: string): PostingEvent {
  const accounts: { readonly [key in AccountKey]?: string } = account === undefined ? {} : { roundingDifference: account }
  return { kind: 'shortPaymentWrittenOff', currency, customerId, amounts: { settled }, accounts }
}

/** 退款 of money that was not allocated. */
export function receiptRefundedEvent(customerId: string, currency: string, gross: TwoAmounts, bank?: string): PostingEvent {
  return { kind: 'receiptRefunded', currency, customerId, amounts: { gross }, ...(bank === undefined ? {} : { accounts: { bank } }) }
}

function less(a: TwoAmounts, b: TwoAmounts): TwoAmounts {
  return { amount: a.amount - b.amount, base: a.base - b.base }
}
