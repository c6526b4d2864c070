import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastMinor } from '../../kernel/money.ts'
import { accountCode, defaultAccountCodes, defaultAccounts } from './chart-of-accounts.ts'
import {
  discountTakenEvent,
  openingBalanceEvent,
  receiptAllocatedEvent,
  receiptConfirmedEvent,
  receiptIdentifiedEvent,
  receiptRefundedEvent,
  receivableOpenedEvent,
  shortPaymentWrittenOffEvent,
  type TwoAmounts,
} from './posting-event.ts'
import { defaultPostingRules, movesReceivables, postingKinds } from './posting-rules.ts'
import { mergeLines, mirrorLines, type PostingEvent, type VoucherLine, voucherLines, voucherTotal } from './voucher-lines.ts'

const same = (amount: bigint): TwoAmounts => ({ amount, base: amount })
const zero = same(0n)
const said = (lines: readonly VoucherLine[]) =>
  lines.map((line) => `${line.debitBase !== 0n ? `Dr ${line.account} ${line.debitBase}` : `Cr ${line.account} ${line.creditBase}`}`)

describe('vouchers of the money path', () => {
  test.each<[string, PostingEvent, string[]]>([
    [
      'sale, not invoiced',
      receivableOpenedEvent('c', 'CNY', same(11_300n), same(1_300n), false),
      ['Dr 1122 11300', 'Cr 6001 10000', 'Cr 222102 1300'],
    ],
    [
      'sale, invoiced',
      receivableOpenedEvent('c', 'CNY', same(11_300n), same(1_300n), true),
      ['Dr 1122 11300', 'Cr 6001 10000', 'Cr 222101 1300'],
    ],
    ['sale without tax: no line of nothing', receivableOpenedEvent('c', 'CNY', same(100n), zero, true), ['Dr 1122 100', 'Cr 6001 100']],
    ['opening balance', openingBalanceEvent('c', 'CNY', same(100n)), ['Dr 1122 100', 'Cr 4104 100']],
    [
      'receipt with bank fee: 1122 is not touched',
      receiptConfirmedEvent('c', 'CNY', same(10_000n), same(15n)),
      ['Dr 1002 9985', 'Dr 6603 15', 'Cr 2203 10000'],
    ],
    ['receipt on another bank account', receiptConfirmedEvent('c', 'CNY', same(100n), zero, '100202'), ['Dr 100202 100', 'Cr 2203 100']],
    ['unidentified receipt', receiptConfirmedEvent(undefined, 'CNY', same(100n), zero), ['Dr 1002 100', 'Cr 2241 100']],
    ['identified later', receiptIdentifiedEvent('c', 'CNY', same(100n)), ['Dr 2241 100', 'Cr 2203 100']],
    ['allocation', receiptAllocatedEvent('c', 'CNY', 100n, 100n, 100n), ['Dr 2203 100', 'Cr 1122 100']],
    [
      'allocation in dollars with a gain',
      receiptAllocatedEvent('c', 'USD', 100n, 700n, 720n),
      ['Dr 2203 720', 'Cr 1122 700', 'Cr 6061 20'],
    ],
    [
      'allocation in dollars with a loss',
      receiptAllocatedEvent('c', 'USD', 100n, 720n, 700n),
      ['Dr 2203 700', 'Cr 1122 720', 'Dr 6061 20'],
    ],
    ['discount reduces revenue', discountTakenEvent('c', 'CNY', same(2n)), ['Dr 6001 2', 'Cr 1122 2']],
    ['discount as financial expense, by setting', discountTakenEvent('c', 'CNY', same(2n), '6603'), ['Dr 6603 2', 'Cr 1122 2']],
    ['short payment', shortPaymentWrittenOffEvent('c', 'CNY', same(50n)), ['Dr 6603 50', 'Cr 1122 50']],
    ['refund', receiptRefundedEvent('c', 'CNY', same(50n)), ['Dr 2203 50', 'Cr 1002 50']],
  ])('%s', (_, event, lines) => {
    expect(said(voucherLines(event))).toEqual(lines)
  })
  test('receivables and unallocated money name their customer, bank and revenue do not', () => {
    const lines = [
      ...voucherLines(receivableOpenedEvent('c', 'CNY', same(113n), same(13n), true)),
      ...voucherLines(receiptConfirmedEvent('c', 'CNY', same(113n), zero)),
    ]
    expect(lines.map((line) => [line.account, line.customerId])).toEqual([
      ['1122', 'c'],
      ['6001', undefined],
      ['222101', undefined],
      ['1002', undefined],
      ['2203', 'c'],
    ])
  })
  test('the company’s own account codes', () => {
    expect(said(voucherLines(openingBalanceEvent('c', 'CNY', same(1n)), { receivables: '113101', openingBalances: '3104' }))).toEqual([
      'Dr 113101 1',
      'Cr 3104 1',
    ])
  })
  test('a red letter on its own side or flipped', () => {
    const event = receivableOpenedEvent('c', 'CNY', same(-113n), same(-13n), true)
    expect(said(voucherLines(event))).toEqual(['Cr 1122 113', 'Dr 6001 100', 'Dr 222101 13'])
    expect(said(voucherLines(event, {}, defaultPostingRules, 'red'))).toEqual(['Dr 1122 -113', 'Cr 6001 -100', 'Cr 222101 -13'])
  })
  test('a rule that does not balance aborts', () => {
    const rules = { ...defaultPostingRules, openingBalance: defaultPostingRules.openingBalance.slice(1) }
    expect(() => voucherLines(openingBalanceEvent('c', 'CNY', same(1n)), {}, rules)).toThrow('broken invariant')
  })
})

describe('reversal', () => {
  const lines = voucherLines(receiptAllocatedEvent('c', 'USD', 100n, 720n, 700n))
  test('mirrors every line', () => {
    expect(said(mirrorLines(lines))).toEqual(['Cr 2203 700', 'Dr 1122 720', 'Cr 6061 20'])
  })
  test('twice gives the voucher back, in both manners', () => {
    expect(mirrorLines(mirrorLines(lines))).toEqual(lines)
    expect(mirrorLines(mirrorLines(lines, 'red'), 'red')).toEqual(lines)
  })
})

describe('a story of many documents', () => {
  test('account 1122 is what is open, 2203 what is unallocated, whatever happens', () => {
    const step = fc.record({
      gross: fc.bigInt({ min: 1n, max: 10n ** 9n }),
      paid: fc.integer({ min: 0, max: 120 }),
      fee: fc.boolean(),
      rates: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        let open = 0n
        let unallocated = 0n
        const lines: VoucherLine[] = []
        for (const { gross, paid, fee, rates } of steps) {
          const [then, now] = rates.map(BigInt) as [bigint, bigint]
          const money = (gross * BigInt(paid)) / 100n
          const settled = leastMinor(money, gross)
          lines.push(
            ...voucherLines(
              receivableOpenedEvent(
                'c',
                'USD',
                { amount: gross, base: gross * then },
                { amount: gross / 10n, base: (gross * then) / 10n },
                true,
              ),
            ),
          )
          lines.push(
            ...voucherLines(
              receiptConfirmedEvent(
                'c',
                'USD',
                { amount: money, base: money * now },
                fee ? { amount: money / 100n, base: (money / 100n) * now } : zero,
              ),
            ),
          )
          lines.push(...voucherLines(receiptAllocatedEvent('c', 'USD', settled, settled * then, settled * now)))
          open += (gross - settled) * then
          unallocated += (money - settled) * now
        }
        const balance = (account: string) =>
          lines.filter((line) => line.account === account).reduce((sum, line) => sum + line.debitBase - line.creditBase, 0n)
        expect([balance('1122'), balance('2203')]).toEqual([open, -unallocated])
        const merged = mergeLines(lines)
        expect(merged.reduce((sum, line) => sum + line.debitBase - line.creditBase, 0n)).toBe(0n)
        expect(voucherTotal(merged)).toBe(voucherTotal(lines))
      }),
      { numRuns: 100 },
    )
  })
})

describe('the chart', () => {
  test('has every account that a rule may name, once, in three languages', () => {
    const codes = defaultAccounts.map((account) => account.code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const key of Object.keys(defaultAccountCodes) as (keyof typeof defaultAccountCodes)[]) expect(codes).toContain(accountCode(key))
    for (const { name } of defaultAccounts) expect(Object.values(name).every((word) => word !== '')).toBe(true)
  })
  test('only these events move 1122', () => {
    expect(postingKinds.filter((kind) => movesReceivables(kind))).toEqual([
      'receivableOpened',
      'receivableOpenedInvoiced',
      'openingBalance',
      'receiptAllocated',
      'discountTaken',
      'shortPaymentWrittenOff',
    ])
  })
})
