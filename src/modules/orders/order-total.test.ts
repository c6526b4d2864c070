import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deliveredGross, type OrderInput, type OrderLineInput, orderTotal, orderTotalIssues } from './order-total.ts'

const order = (lines: OrderLineInput[], change: Partial<OrderInput> = {}): OrderInput => ({
  currency: 'CNY',
  pricesIncludeTax: true,
  lines,
  ...change,
})
const line = (quantity: string, unitPrice: string, vatRate = '0.13', discount?: OrderLineInput['discount']): OrderLineInput => ({
  quantity,
  unitPrice,
  vatRate,
  ...(discount ? { discount } : {}),
})

describe('orderTotal', () => {
  test.each<[string, OrderInput, bigint, bigint, bigint]>([
    [
      'the order of the order page',
      order([line('40', '8200'), line('8', '36500'), line('1', '60000', '0.06')]),
      605_276_34n,
      74_723_66n,
      680_000_00n,
    ],
    ['prices without tax', order([line('3', '33.33')], { pricesIncludeTax: false }), 99_99n, 13_00n, 112_99n],
    ['six decimals each', order([line('0.333333', '0.333333', '0')]), 11n, 0n, 11n],
    ['half a cent goes up', order([line('0.5', '0.01', '0')]), 1n, 0n, 1n],
    ['a line discount in percent', order([line('1', '100', '0', { percent: '10' })]), 90_00n, 0n, 90_00n],
    ['a line discount as amount', order([line('1', '100', '0', { amount: '0.01' })]), 99_99n, 0n, 99_99n],
    [
      'an order discount over three equal lines',
      order([line('1', '1', '0'), line('1', '1', '0'), line('1', '1', '0')], { discount: { amount: '1.00' } }),
      2_00n,
      0n,
      2_00n,
    ],
    ['everything given away', order([line('1', '100', '0')], { discount: { percent: '100' } }), 0n, 0n, 0n],
    ['yen have no decimals', order([line('3', '33.5', '0')], { currency: 'JPY' }), 101n, 0n, 101n],
    ['a free line', order([line('1', '0'), line('1', '1.13')]), 1_00n, 13n, 1_13n],
  ])('%s', (_, input, net, tax, gross) => {
    expect(orderTotalIssues(input)).toEqual([])
    expect(orderTotal(input)).toMatchObject({ net, tax, gross })
  })
  test('a thousand lines at 13 % add up line by line', () => {
    const total = orderTotal(
      order(
        Array.from({ length: 1_000 }, () => line('1', '0.05')),
        { pricesIncludeTax: false },
      ),
    )
    expect([total.net, total.tax]).toEqual([50_00n, 10_00n])
  })
  test('what each rate contributes', () => {
    const total = orderTotal(order([line('1', '113'), line('1', '106', '0.06'), line('1.000000', '113', '0.130000')]))
    expect(total.byRate).toEqual([
      { vatRate: '0.13', net: 200_00n, tax: 26_00n, gross: 226_00n },
      { vatRate: '0.06', net: 100_00n, tax: 6_00n, gross: 106_00n },
    ])
  })
  test('an order discount is shared by largest remainder and shown on the lines', () => {
    const total = orderTotal(order([line('1', '1', '0'), line('1', '1', '0'), line('1', '1', '0')], { discount: { amount: '1.00' } }))
    expect(total.lines.map((one) => one.discount)).toEqual([34n, 33n, 33n])
  })

  const decimal = (most: number, decimals: number) =>
    fc.tuple(fc.nat(most), fc.nat(10 ** decimals - 1)).map(([whole, rest]) => `${whole}.${String(rest).padStart(decimals, '0')}`)
  const anyLine = fc.record({
    quantity: decimal(10_000, 6),
    unitPrice: decimal(10_000, 6),
    vatRate: fc.constantFrom('0.13', '0.09', '0.06', '0.03', '0'),
  })
  const anyOrder = fc.record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 20 }),
    pricesIncludeTax: fc.boolean(),
    percent: decimal(99, 4),
  })
  test('everything always adds up and nothing is negative', () => {
    fc.assert(
      fc.property(anyOrder, ({ lines, pricesIncludeTax, percent }) => {
        const total = orderTotal({ currency: 'CNY', pricesIncludeTax, lines, discount: { percent } })
        const sum = (pick: 'net' | 'tax' | 'gross') => total.lines.reduce((a, one) => a + one[pick], 0n)
        expect([sum('net'), sum('tax'), sum('gross')]).toEqual([total.net, total.tax, total.gross])
        expect(total.net + total.tax).toBe(total.gross)
        expect(total.byRate.reduce((a, one) => a + one.gross, 0n)).toBe(total.gross)
        expect(total.lines.every((one) => one.net >= 0n && one.tax >= 0n && one.net + one.tax === one.gross)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('orderTotalIssues', () => {
  test.each<[string, OrderInput, string[]]>([
    ['no quantity', order([line('0', '1')]), ['lines.0.quantity orders.quantity']],
    ['negative quantity', order([line('-1', '1')]), ['lines.0.quantity orders.quantity']],
    ['seven decimals', order([line('1.0000001', '1')]), ['lines.0.quantity orders.quantity']],
    ['negative price', order([line('1', '-1')]), ['lines.0.unitPrice orders.unitPrice']],
    ['price as exponent', order([line('1', '1e5')]), ['lines.0.unitPrice orders.unitPrice']],
    ['VAT of 13 instead of 0.13', order([line('1', '1', '13')]), ['lines.0.vatRate orders.vatRate']],
    ['discount above 100 %', order([line('1', '1', '0', { percent: '100.01' })]), ['lines.0.discount orders.discountPercent']],
    ['negative discount', order([line('1', '1', '0', { amount: '-1' })]), ['lines.0.discount orders.discountAmount']],
    ['line discount above the line', order([line('1', '1', '0', { amount: '1.01' })]), ['lines.0.discount orders.discountAboveAmount']],
    ['order discount above the order', order([line('1', '1')], { discount: { amount: '1.01' } }), ['discount orders.discountAboveAmount']],
    [
      'beyond the largest amount',
      order([line('99999999999', '99999999999')]),
      ['lines.0.quantity orders.amountTooLarge', 'lines orders.amountTooLarge'],
    ],
  ])('%s', (_, input, issues) => {
    expect(orderTotalIssues(input).map((issue) => `${issue.path} ${issue.code}`)).toEqual(issues)
  })
})

test('deliveries in three parts give the whole line', () => {
  const total = { discount: 0n, net: 8_850n, tax: 1_150n, gross: 10_000n }
  const parts = [deliveredGross(total, '3', '0', '1'), deliveredGross(total, '3', '1', '1'), deliveredGross(total, '3', '2', '1')]
  expect(parts).toEqual([3_333n, 3_334n, 3_333n])
})
