import type { WantedReceipt } from '../../src/modules/receipts/record-receipts.command.ts'
import type { ReceivableToOpen } from '../../src/modules/receivables/receivable-to-open.ts'

type Known = Pick<ReceivableToOpen, 'entityId' | 'customerId' | 'amountBase' | 'issuedOn' | 'dueOn'> &
  Partial<Pick<ReceivableToOpen, 'salespersonId' | 'regionId'>>

/** What a benchmark's receivable says beside who owes how much until when: opened by hand, one line with 13 % tax in it. */
export function plainReceivable(known: Known): ReceivableToOpen {
  const taxBase = (known.amountBase * 13n) / 113n
  return {
    kind: 'manual',
    orderId: null,
    partNo: null,
    partName: null,
    salespersonId: null,
    regionId: null,
    currency: 'CNY',
    taxBase,
    lines: [{ productId: null, net: known.amountBase - taxBase, tax: taxBase }],
    contractDueOn: known.dueOn,
    entryOn: known.issuedOn,
    reference: null,
    sourceNo: null,
    disputed: false,
    remark: '',
    terms: null,
    ...known,
  }
}

/** What a benchmark's receipt says beside who paid how much on which day. `minor`: minor units. */
export function plainReceipt(customerId: string, minor: bigint, receivedOn: WantedReceipt['receivedOn']): WantedReceipt {
  return {
    customerId,
    orderId: null,
    amount: `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`,
    fee: '0',
    receivedOn,
    methodId: null,
    bankAccountId: null,
    payerName: null,
    payerAccount: null,
    reference: null,
    remark: '',
    channel: null,
    channelTx: null,
    sourceNo: null,
  }
}
