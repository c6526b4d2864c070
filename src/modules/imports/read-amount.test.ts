import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countAmount, decimalSignOf, noAmountVotes, readAmount, readPercent } from './read-amount.ts'

describe('an amount however it is written', () => {
  test.each([
    ['1234.5', '1234.5'],
    ['280,000.00', '280000.00'],
    ['280,000.00元', '280000.00'],
    ['￥1,234.50', '1234.50'],
    ['¥ 1,234', '1234'],
    ['人民币1,000.00', '1000.00'],
    ['１，０００', '1000'],
    ['１２３．４５', '123.45'],
    ['(1,234.50)', '-1234.50'],
    ['（1,234.50）', '-1234.50'],
    ['1,234.50-', '-1234.50'],
    ['-1234.50', '-1234.50'],
    ['-¥5.00', '-5.00'],
    ['¥-5.00', '-5.00'],
    ['1 234.50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['0007.00', '7.00'],
    ['0', '0'],
  ])('%s is %s', (text, decimal) => expect(readAmount(text, 'dot')).toMatchObject({ decimal }))

  test.each([
    ['1.234,56', '1234.56'],
    ['1234,56', '1234.56'],
    ['1.234', '1234'],
    ['-1.234.567,89', '-1234567.89'],
  ])('with a comma before the decimals %s is %s', (text, decimal) => expect(readAmount(text, 'comma')).toEqual({ decimal }))

  test.each([
    '',
    'NaN',
    'Infinity',
    '1e308',
    '1E5',
    '0x1F',
    '1,23',
    '1,2345.00',
    '12,34,567.00',
    '1.2.3',
    '--5',
    '-0',
    '-0.00',
    '.5',
    '5.',
    '+5',
    '=1+1',
    'abc',
    '()',
    '￥',
  ])('%j is no amount', (text) => expect(readAmount(text, 'dot')).toEqual({ problem: 'notAnAmount' }))

  test.each(['12.5万', '1.2萬', '3亿', '12万元', '-5万', '１．２万'])('%j is to be written out', (text) =>
    expect(readAmount(text, 'dot')).toEqual({ problem: 'amountInTenThousands' }),
  )

  test('with a comma before the decimals 1,234.50 is no amount', () =>
    expect(readAmount('1,234.50', 'comma')).toEqual({ problem: 'notAnAmount' }))
  test('nine hundred digits are too large', () => expect(readAmount('9'.repeat(900), 'dot')).toEqual({ problem: 'amountTooLarge' }))
  test('the sign beside it is said', () => {
    expect(readAmount('€5', 'dot')).toEqual({ decimal: '5', mark: '€' })
    expect(readAmount('US$5', 'dot')).toEqual({ decimal: '5', mark: 'us$' })
  })

  test('whatever comes, it is a plain decimal or refused, and quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('dot' as const, 'comma' as const), (text, sign) => {
        const read = readAmount(text, sign)
        return 'problem' in read || /^-?\d{1,16}(\.\d+)?$/.test(read.decimal)
      }),
      { numRuns: 5_000 },
    )
  })
})

test.each([
  [['1,234.50', '5'], 'dot'],
  [['1.234,50', '5'], 'comma'],
  [['1,234', '5,678'], 'dot'],
  [['5', '6'], 'dot'],
  [['1,234.50', '1.234,50'], 'ask'],
  [['1,234', '12,5'], 'comma'],
  [['abc'], 'dot'],
])('the decimal sign of %j: %s', (texts, expected) => expect(decimalSignOf(texts.reduce(countAmount, noAmountVotes))).toBe(expected))

test.each([
  ['13%', '0.13'],
  ['13', '0.13'],
  ['0.13', '0.13'],
  ['6.5%', '0.065'],
  ['0', '0'],
  ['0%', '0'],
  ['99.5%', '0.995'],
  ['013%', '0.13'],
  ['100%', undefined],
  ['113', undefined],
  ['１３％', '0.13'],
  ['abc', undefined],
  ['-13%', undefined],
  ['1e2', undefined],
])('the rate %s is %s', (text, expected) => expect(readPercent(text)).toBe(expected))
