import { expect, test } from 'vitest'
import { type AllocationDraft, firstRule, summarise, toggled, withAmount, withEarnedDiscounts } from './allocation-draft.ts'

const items = [
  { id: 'a', no: 'AR-1', open: '100.00', dueOn: '2026-10-01' },
  { id: 'b', no: 'AR-2', open: '50.00', dueOn: '2026-10-02' },
]
const money = { unallocated: '120.00', currency: 'CNY', tolerance: { absolute: { CNY: '10.00' }, percent: '2' } }
const none: AllocationDraft = { amounts: {}, reasons: {} }

test('ticking gives what is left, at most what is open; ticking again takes it away', () => {
  const one = toggled(none, items[0]!, '120.00', 'CNY')
  expect(one.amounts).toEqual({ a: '100.00' })
  const two = toggled(one, items[1]!, summarise(items, one, money).left, 'CNY')
  expect(summarise(items, two, money)).toMatchObject({
    allocated: '120.00',
    left: '0.00',
    isReady: true,
    lines: [{ settles: true }, { settles: false, short: '30.00' }],
  })
  expect(toggled(two, items[0]!, '0.00', 'CNY').amounts).toEqual({ b: '20.00' })
})

test.each([
  ['nothing chosen', none, false],
  ['more than the money', { amounts: { a: '100', b: '50' }, reasons: {} }, false],
  ['more than is open', { amounts: { b: '50.01' }, reasons: {} }, false],
  ['no amount', { amounts: { b: 'x' }, reasons: {} }, false],
  ['within tolerance', { amounts: { a: '98' }, reasons: { a: 'rounding' } }, true],
  ['above tolerance', { amounts: { a: '97.99' }, reasons: { a: 'rounding' } }, false],
  ['a reason that leaves it open', { amounts: { a: '99' }, reasons: { a: 'quality' } }, false],
  ['a discount is judged by the server', { amounts: { a: '90' }, reasons: { a: 'earlyPaymentDiscount' } }, true],
] as const)('%s', (_, draft, isReady) => {
  expect(summarise(items, draft as AllocationDraft, money).isReady).toBe(isReady)
})

test('an emptied amount takes its reason with it', () => {
  expect(withAmount({ amounts: { a: '1' }, reasons: { a: 'rounding' } }, 'a', '')).toEqual(none)
})

test.each<[string, string, boolean, Record<string, string>]>([
  ['98.00 in time: the discount is the reason', '98.00', true, { a: 'earlyPaymentDiscount' }],
  ['98.01 in time: the rest is less than the discount', '98.01', true, { a: 'earlyPaymentDiscount' }],
  ['97.99: more is missing than was earned', '97.99', true, {}],
  ['98.00 too late', '98.00', false, {}],
  ['paid in full', '100.00', true, {}],
])('early-payment discount: %s', (_, amount, isInTime, reasons) => {
  const offered = [{ ...items[0]!, discount: { amount: '2.00', isInTime } }]
  expect(withEarnedDiscounts({ amounts: { a: amount }, reasons: {} }, offered, 'CNY').reasons).toEqual(reasons)
})
test('a reason that somebody chose stays', () => {
  const chosen: AllocationDraft = { amounts: { a: '98.00' }, reasons: { a: 'goodwill' } }
  expect(withEarnedDiscounts(chosen, [{ ...items[0]!, discount: { amount: '2.00', isInTime: true } }], 'CNY')).toEqual(chosen)
})

test.each<[string, { allocations: unknown[] } | undefined, string]>([
  ['what the payer named comes first', { allocations: [{}] }, 'reference'],
  ['who named nothing pays in the order of the law', { allocations: [] }, 'statutory'],
  ['not read yet', undefined, 'reference'],
])('the workbench opens: %s', (_, named, rule) => {
  expect(firstRule(named)).toBe(rule)
})
