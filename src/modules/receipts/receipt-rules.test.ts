import { expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { type ComparableReceipt, duplicateReceipt } from './duplicate-receipt.ts'
import { orderConsistency } from './order-consistency.ts'

const known: ComparableReceipt = {
  customerId: 'c',
  currency: 'CNY',
  amount: 100n,
  receivedOn: day('2026-11-21'),
  payerName: '恒远（苏州）',
  channel: 'bank',
  channelTx: 'T1',
}

test.each<[string, Partial<ComparableReceipt>, string[] | undefined]>([
  ['the same transaction, whatever else', { amount: 5n, receivedOn: day('2025-01-01') }, ['sameTransaction']],
  ['the same number at another channel', { channel: 'wechat', amount: 5n }, undefined],
  ['same customer, amount and day', { channelTx: 'T2', payerName: null }, ['sameDay']],
  ['three days later', { channelTx: null, payerName: null, receivedOn: day('2026-11-24') }, ['nearDay']],
  ['four days later', { channelTx: null, receivedOn: day('2026-11-25') }, undefined],
  ['one cent more', { channelTx: null, amount: 101n }, undefined],
  ['another currency', { channelTx: null, currency: 'USD' }, undefined],
  ['another customer and payer', { channelTx: null, customerId: 'd', payerName: '别人' }, undefined],
  [
    'unidentified, but the same payer typed otherwise',
    { channelTx: null, customerId: null, payerName: '恒远 (苏州)' },
    ['sameDay', 'samePayer'],
  ],
  ['nobody known on either side', { channelTx: null, customerId: null, payerName: null }, undefined],
])('duplicateReceipt: %s', (_, change, reasons) => {
  const found = duplicateReceipt({ ...known, ...change }, known, 3)
  expect(found?.reasons).toEqual(reasons)
  expect(found?.certain ?? false).toBe(reasons?.[0] === 'sameTransaction')
})

test('duplicateReceipt: the same source number is certain, whatever else', () => {
  const brought = { ...known, channelTx: null, sourceNo: 'S1' }
  expect(duplicateReceipt({ ...brought, amount: 5n }, brought, 3)).toEqual({ reasons: ['sameSource'], certain: true })
})

const order = { customerId: 'c', currency: 'CNY', amount: 1_000n, received: 300n }
test.each<[string, { customerId: string | null; currency: string; amount: bigint }, string, bigint]>([
  ['what the order still lacks', { customerId: 'c', currency: 'CNY', amount: 700n }, 'equal', 0n],
  ['less', { customerId: 'c', currency: 'CNY', amount: 699n }, 'less', -1n],
  ['more', { customerId: null, currency: 'CNY', amount: 1_000n }, 'more', 300n],
  ['another currency', { customerId: 'd', currency: 'USD', amount: 700n }, 'otherCurrency', 0n],
  ['another customer', { customerId: 'd', currency: 'CNY', amount: 700n }, 'otherCustomer', 0n],
])('orderConsistency: %s', (_, receipt, verdict, difference) => {
  expect(orderConsistency(receipt, order)).toEqual({ verdict, difference })
})
