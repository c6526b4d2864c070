import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { termsPresets } from '../terms/terms-presets.ts'
import { defaultCompleteness, type OrderToCheck, optionalFields, orderCompleteness } from './order-completeness.ts'

const whole: OrderToCheck = {
  customerId: 'c',
  customerStatus: 'active',
  salespersonId: 's',
  orderedOn: day('2026-11-21'),
  deliveryOn: day('2026-11-28'),
  terms: termsPresets.daysAfterDelivery(30),
  paymentMethodId: 'm',
  customerReference: 'PO-1',
  gross: 100n,
  lines: [{ productId: 'p', productStatus: 'active' }],
}
const strict = { paymentMethodRequired: true, salespersonRequired: true, customerReferenceRequired: true }

describe('orderCompleteness', () => {
  test('a whole order lacks nothing', () => {
    expect(orderCompleteness(whole, strict)).toEqual({ missing: [], warnings: [] })
  })
  test.each<[string, Partial<OrderToCheck>, string]>([
    ['customer', { customerId: undefined, customerStatus: undefined }, 'orders.customerMissing'],
    ['disabled customer', { customerStatus: 'disabled' }, 'orders.customerNotActive'],
    ['salesperson', { salespersonId: undefined }, 'orders.salespersonMissing'],
    ['order day', { orderedOn: undefined }, 'orders.orderedOnMissing'],
    ['delivery day', { deliveryOn: undefined }, 'orders.deliveryOnMissing'],
    ['delivery before order', { deliveryOn: day('2026-11-20') }, 'orders.deliveryBeforeOrder'],
    ['terms', { terms: undefined }, 'orders.termsMissing'],
    ['terms that do not add up', { terms: termsPresets.instalments([]) }, 'terms.noParts'],
    ['payment method', { paymentMethodId: undefined }, 'orders.paymentMethodMissing'],
    ['blank reference', { customerReference: ' ' }, 'orders.customerReferenceMissing'],
    ['lines', { lines: [], gross: 0n }, 'orders.linesMissing'],
    ['amount', { gross: 0n }, 'orders.amountIsNothing'],
    ['product', { lines: [{}] }, 'orders.productMissing'],
    ['disabled product', { lines: [{ productId: 'p', productStatus: 'disabled' }] }, 'orders.productDisabled'],
  ])('finds: %s', (_, change, code) => {
    expect(orderCompleteness({ ...whole, ...change }, strict).missing.map((issue) => issue.code)).toEqual([code])
  })
  test('by default the method and the reference may be left out', () => {
    expect(orderCompleteness({ ...whole, paymentMethodId: undefined, customerReference: undefined }, defaultCompleteness).missing).toEqual(
      [],
    )
  })
  test('the same customer reference is a warning', () => {
    expect(orderCompleteness({ ...whole, sameReferenceOrderNo: 'SO-1' }).warnings).toEqual([
      { path: 'customerReference', code: 'orders.sameCustomerReference', params: { order: 'SO-1' } },
    ])
  })
})

test('what may stay empty follows the settings', () => {
  expect(optionalFields()).toEqual(['paymentMethodId', 'customerReference', 'remark'])
  expect(optionalFields(strict)).toEqual(['remark'])
})
