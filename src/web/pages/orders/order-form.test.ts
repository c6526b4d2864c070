import { expect, test } from 'vitest'
import { checkable, draftOf, emptyLine, formOf, linesWithoutProduct, type OrderAnswer } from './order-form.ts'

/** As the server gives it, as far as the form looks at it. */
function stored(discount: OrderAnswer['discount'], lineDiscount: OrderAnswer['discount']): OrderAnswer {
  const line = {
    productId: 'p',
    productCode: 'P-100',
    productName: '离心泵',
    unit: '台',
    quantity: '3',
    unitPrice: '33.33',
    vatRate: '0.13',
    discount: lineDiscount,
  }
  return {
    customerId: 'c',
    salespersonId: null,
    termsId: null,
    paymentMethodId: null,
    orderedOn: '2026-11-21',
    deliveryOn: null,
    customerReference: null,
    currency: 'CNY',
    rate: '1',
    remark: '',
    pricesIncludeTax: true,
    discount,
    lines: [line],
  } as unknown as OrderAnswer
}

test.each<[string, OrderAnswer['discount'], OrderAnswer['discount']]>([
  ['percent', { percent: '5' }, { percent: '2.5' }],
  ['amounts, as an import or another program may have agreed them', { amount: '10.00' }, { amount: '0.99' }],
  ['one of each', { percent: '5' }, { amount: '0.99' }],
  ['none', null, null],
])('an order that is opened and saved unchanged keeps its discounts: %s', (_, discount, lineDiscount) => {
  const form = formOf(stored(discount, lineDiscount))
  for (const sent of [draftOf(form), draftOf(checkable(form))])
    expect([sent?.discount, sent?.lines?.[0]?.discount]).toEqual([discount, lineDiscount])
})

test('a percentage that is typed takes the place of an amount; 0 takes it away', () => {
  const form = formOf(stored({ amount: '10.00' }, { amount: '0.99' }))
  const typed = { ...form, discountPercent: '5', lines: form.lines.map((line) => ({ ...line, discountPercent: '0' })) }
  expect([draftOf(typed)?.discount, draftOf(typed)?.lines?.[0]?.discount]).toEqual([{ percent: '5' }, { percent: '0' }])
})

test('a line in which something is typed and no product chosen is named, an empty one is not', () => {
  const form = formOf(stored(null, null))
  const empty = emptyLine()
  const lines = [...form.lines, empty, { ...empty, quantity: '5' }, { ...empty, unitPrice: '10' }]
  expect(linesWithoutProduct(lines)).toEqual([3, 4])
})
