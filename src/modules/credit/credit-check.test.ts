import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { type CreditQuestion, creditCheck, defaultThresholds } from './credit-check.ts'
import { waysOut } from './ways-out.ts'

const limited = (limit: bigint) => ({ kind: 'limited', limit, temporary: false }) as const
const at = (exposure: bigint, limit: bigint) => ({ customerId: 'c', name: '恒远', limit: limited(limit), exposure })
const question: CreditQuestion = {
  currency: 'CNY',
  orderAmount: 100n,
  prepaid: 0n,
  onHold: false,
  accounts: [at(0n, 1_000n)],
  oldestOverdueDays: 0,
  overdue: 0n,
  receivables: 0n,
}
const results = (change: Partial<CreditQuestion>, thresholds = defaultThresholds) => {
  const answer = creditCheck({ ...question, ...change }, thresholds)
  return [answer.result, ...answer.rules.filter((rule) => rule.result !== 'pass').map((rule) => `${rule.rule} ${rule.result}`)]
}

describe('creditCheck', () => {
  test.each<[string, Partial<CreditQuestion>, string[]]>([
    ['well within the limit', {}, ['pass']],
    ['just under 90 %', { accounts: [at(799n, 1_000n)] }, ['pass']],
    ['exactly 90 % warns', { accounts: [at(800n, 1_000n)] }, ['warn', 'limit warn']],
    ['the whole limit may be used', { accounts: [at(900n, 1_000n)] }, ['warn', 'limit warn']],
    ['one cent over', { accounts: [at(901n, 1_000n)] }, ['hold', 'limit hold']],
    ['a limit of nothing', { accounts: [at(0n, 0n)] }, ['hold', 'limit hold']],
    ['prepaid part needs no credit', { accounts: [at(950n, 1_000n)], prepaid: 60n }, ['warn', 'limit warn']],
    [
      'wholly prepaid passes over the limit',
      { accounts: [at(2_000n, 1_000n)], prepaid: 100n, oldestOverdueDays: 200, overdue: 9n, receivables: 9n },
      ['pass'],
    ],
    ['even prepaid stops at a hold', { prepaid: 100n, onHold: true }, ['hold', 'hold hold']],
    ['60 days overdue is still fine', { oldestOverdueDays: 60 }, ['pass']],
    ['61 days warn', { oldestOverdueDays: 61 }, ['warn', 'oldestOverdue warn']],
    ['90 days do not hold', { oldestOverdueDays: 90 }, ['warn', 'oldestOverdue warn']],
    ['91 days hold', { oldestOverdueDays: 91 }, ['hold', 'oldestOverdue hold']],
    ['exactly 40 % overdue', { overdue: 40n, receivables: 100n }, ['pass']],
    ['more than 40 % overdue', { overdue: 4_001n, receivables: 10_000n }, ['warn', 'overdueShare warn']],
    ['the group is over', { accounts: [at(0n, 1_000n), at(950n, 1_000n)] }, ['hold', 'groupLimit hold']],
    ['a group without a limit does not stop', { accounts: [at(0n, 1_000n), { ...at(950n, 0n), limit: { kind: 'none' } }] }, ['pass']],
    ['the second ancestor is over', { accounts: [at(0n, 1_000n), at(0n, 1_000n), at(950n, 1_000n)] }, ['hold', 'groupLimit hold']],
    ['unlimited', { accounts: [{ ...at(10n ** 15n, 0n), limit: { kind: 'unlimited' } }] }, ['pass']],
    ['no limit set: unlimited by default', { accounts: [{ ...at(10n ** 15n, 0n), limit: { kind: 'none' } }] }, ['pass']],
  ])('%s', (_, change, expected) => {
    expect(results(change)).toEqual(expected)
  })
  test.each<[string, { kind: 'none' | 'unlimited' }, string]>([
    ['a limit that nobody has set is not called unlimited', { kind: 'none' }, 'credit.rules.notSet'],
    ['an unlimited one is', { kind: 'unlimited' }, 'credit.rules.unlimited'],
  ])('%s', (_, limit, key) => {
    const { rules } = creditCheck({ ...question, accounts: [{ ...at(0n, 0n), limit }], orderAmount: 100n })
    expect(rules.find(({ rule }) => rule === 'limit')?.reason.key).toBe(key)
  })
  test('no limit set means no credit, by setting', () => {
    expect(results({ accounts: [{ ...at(0n, 0n), limit: { kind: 'none' } }] }, { ...defaultThresholds, whenNoLimit: 'none' })).toEqual([
      'hold',
      'limit hold',
    ])
  })
  test('says by how much', () => {
    const answer = creditCheck({ ...question, accounts: [at(5_527_000_00n, 6_000_000_00n)], orderAmount: 680_000_00n })
    expect([answer.over, answer.rules[1]!.reason.params?.['overAmount']]).toEqual([207_000_00n, '207000.00'])
  })
  test('a rule can be switched off', () => {
    expect(
      results({ oldestOverdueDays: 500 }, { ...defaultThresholds, oldestOverdueHoldDays: undefined, oldestOverdueWarnDays: undefined }),
    ).toEqual(['pass'])
  })
})

describe('waysOut, the case of the order page', () => {
  const held: CreditQuestion = {
    ...question,
    accounts: [at(5_527_000_00n, 6_000_000_00n)],
    orderAmount: 680_000_00n,
    oldestOverdueDays: 112,
    overdue: 1_842_600_00n,
    receivables: 4_159_000_00n,
  }
  const items = [
    { no: 'AR-2607-0266', open: 280_000_00n, dueOn: day('2026-08-01') },
    { no: 'AR-2609-0301', open: 1_562_600_00n, dueOn: day('2026-10-01') },
    { no: 'AR-2611-0002', open: 2_316_400_00n, dueOn: day('2026-12-31') },
  ]
  const ways = waysOut(held, items, day('2026-11-21'))
  test('one payment of the oldest item solves both rules', () => {
    expect(ways[0]).toMatchObject({
      kind: 'payOldest',
      amount: 280_000_00n,
      documents: ['AR-2607-0266'],
      solves: ['limit', 'oldestOverdue'],
      remains: [],
    })
  })
  test('a higher prepayment solves the limit, the oldest item remains', () => {
    expect(ways[1]).toMatchObject({ kind: 'prepayMore', amount: 272_000_00n, solves: ['limit'], remains: ['oldestOverdue'] })
  })
  test('a release lets it pass once', () => {
    expect(ways[2]).toMatchObject({ kind: 'release', amount: 207_000_00n, solves: ['limit', 'oldestOverdue'], after: 'pass' })
  })
  test('a hold that is not about the limit is released without an amount, and the oldest items are what to pay', () => {
    const late = waysOut({ ...held, accounts: [at(0n, 6_000_000_00n)] }, items, day('2026-11-21'))
    expect(late.map((way) => [way.kind, way.title.key])).toEqual([
      ['payOldest', 'credit.waysOut.payOldest'],
      ['release', 'credit.waysOut.releasePlain'],
    ])
  })
  test('nothing to offer when nothing holds', () => {
    expect(waysOut(question, items, day('2026-11-21'))).toEqual([])
  })
  test('a customer on hold is only helped by a release', () => {
    expect(waysOut({ ...question, onHold: true }, items, day('2026-08-02')).map((way) => way.kind)).toEqual(['release'])
  })
})
