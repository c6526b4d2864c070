import { describe, expect, test } from 'vitest'
import { type DecideAnswer, type Decider, mayDecide, type RequestToDecide } from './may-decide.ts'

const request: RequestToDecide = {
  status: 'pending',
  requestedBy: 'mia',
  step: 1,
  steps: [{ role: 'salesManager' }, { role: 'financeManager' }],
  decisions: [],
}
const second: RequestToDecide = { ...request, step: 2, decisions: [{ decidedBy: 'anna', onBehalfOf: null }] }
const decider = (id: string, role: string, change: Partial<Decider> = {}): Decider => ({
  id,
  role,
  mayDecide: true,
  principals: [],
  fourEyes: true,
  ...change,
})
const inPlaceOf = (id: string, role: string): Partial<Decider> => ({ mayDecide: false, principals: [{ id, role }] })

test.each<[string, RequestToDecide, Decider, DecideAnswer]>([
  ['the role of the step', request, decider('anna', 'salesManager'), { ok: true, onBehalfOf: null, how: 'person' }],
  [
    'a delegate, in the place of another',
    second,
    decider('carl', 'salesperson', inPlaceOf('ben', 'financeManager')),
    { ok: true, onBehalfOf: 'ben', how: 'person' },
  ],
])('may decide: %s', (_, asked, by, answer) => {
  expect(mayDecide(asked, by)).toEqual(answer)
})

describe('may not decide', () => {
  test.each<[string, RequestToDecide, Decider, string]>([
    ['the maker', request, decider('mia', 'salesManager'), 'approvals.makerDecides'],
    [
      'the maker in the place of another',
      second,
      decider('mia', 'salesManager', inPlaceOf('ben', 'financeManager')),
      'approvals.makerDecides',
    ],
    [
      'a delegate in the place of the maker',
      request,
      decider('carl', 'salesperson', inPlaceOf('mia', 'salesManager')),
      'approvals.notYourStep',
    ],
    ['one person for two steps', second, decider('anna', 'financeManager'), 'approvals.twoSteps'],
    [
      'the same person again in the place of another',
      second,
      decider('anna', 'salesManager', inPlaceOf('ben', 'financeManager')),
      'approvals.twoSteps',
    ],
    [
      'a delegate of the one who took the first step',
      second,
      decider('carl', 'salesperson', inPlaceOf('anna', 'financeManager')),
      'approvals.notYourStep',
    ],
    ['the role of a later step', request, decider('ben', 'financeManager'), 'approvals.notYourStep'],
    ['the right role without the right to decide', request, decider('anna', 'salesManager', { mayDecide: false }), 'approvals.notYourStep'],
    ['what has been decided', { ...request, status: 'approved' }, decider('anna', 'salesManager'), 'approvals.notPending'],
  ])('%s', (_, asked, by, code) => {
    expect(mayDecide(asked, by)).toEqual({ ok: false, code })
  })
})

test('a company of one person decides alone, and it is recorded so', () => {
  expect(mayDecide(request, decider('mia', 'administrator', { fourEyes: false }))).toEqual({ ok: true, onBehalfOf: null, how: 'alone' })
})
