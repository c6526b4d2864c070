import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import {
  type ApprovalRequest,
  type Decider,
  type DecisionInput,
  decide,
  type FlowSettings,
  mayDecide,
  startRequest,
  withdraw,
} from './approval-flow.ts'

const on = day('2026-11-21')
const anna: Decider = { id: 'anna', roles: ['salesManager', 'financeManager'] }
const ben: Decider = { id: 'ben', roles: ['financeManager'] }
const carl: Decider = { id: 'carl', roles: [] }
const mia: Decider = { id: 'mia', roles: ['salesManager', 'financeManager'] }
const settings: FlowSettings = {
  fourEyes: true,
  delegations: [
    { personId: 'ben', delegateId: 'carl', fromOn: day('2026-11-20'), untilOn: on },
    { personId: 'ben', delegateId: 'mia', fromOn: day('2026-11-01'), untilOn: day('2026-12-31') },
    { personId: 'mia', delegateId: 'carl', fromOn: day('2026-11-01'), untilOn: day('2026-12-31') },
    { personId: 'anna', delegateId: 'carl', fromOn: day('2026-11-01'), untilOn: day('2026-12-31'), revoked: true },
    { personId: 'ben', delegateId: 'anna', fromOn: day('2026-11-01'), untilOn: day('2026-12-31') },
  ],
}
const request = startRequest('mia', [{ role: 'salesManager' }, { role: 'financeManager' }])
const approve = (by: Decider, change: Partial<DecisionInput> = {}): DecisionInput => ({ decision: 'approved', by, on, ...change })
const after = (from: ApprovalRequest, input: DecisionInput): ApprovalRequest => {
  const answer = decide(from, input, settings)
  if (!answer.ok) throw new Error(answer.code)
  return answer.request
}
const atStep2 = after(request, approve(anna))

describe('decide', () => {
  test('two people, two steps, approved', () => {
    const done = after(atStep2, approve(ben))
    expect([atStep2.status, atStep2.step, done.status, done.decisions.map((one) => one.decidedBy)]).toEqual([
      'pending',
      2,
      'approved',
      ['anna', 'ben'],
    ])
  })
  test('a no ends it', () => {
    expect(after(atStep2, { ...approve(ben), decision: 'rejected', reason: 'too risky' }).status).toBe('rejected')
  })
  test('a delegate signs in the place of another', () => {
    expect(after(atStep2, approve(carl, { onBehalfOf: ben })).decisions[1]).toMatchObject({ decidedBy: 'carl', onBehalfOf: 'ben' })
  })
  test.each<[string, ApprovalRequest, DecisionInput, string]>([
    ['the maker', request, approve(mia), 'approvals.makerIsChecker'],
    ['the maker in the place of another', atStep2, approve(mia, { onBehalfOf: ben }), 'approvals.makerIsChecker'],
    ['a delegate in the place of the maker', request, approve(carl, { onBehalfOf: mia }), 'approvals.makerIsChecker'],
    ['one person for two steps', atStep2, approve(anna), 'approvals.twoSteps'],
    ['the same person again in the place of another', atStep2, approve(anna, { onBehalfOf: ben }), 'approvals.twoSteps'],
    ['somebody without the role', atStep2, approve(carl), 'approvals.roleMissing'],
    ['the role of a later step', request, approve(ben), 'approvals.roleMissing'],
    ['a delegation that is over', atStep2, approve(carl, { onBehalfOf: ben, on: day('2026-11-22') }), 'approvals.noDelegation'],
    ['a delegation taken back', request, approve(carl, { onBehalfOf: anna }), 'approvals.noDelegation'],
    ['a no without a reason', atStep2, { ...approve(ben), decision: 'rejected' }, 'approvals.reasonMissing'],
    ['what is decided already', after(atStep2, approve(ben)), approve(ben), 'approvals.notPending'],
  ])('refuses %s', (_, from, input, code) => {
    expect(decide(from, input, settings)).toEqual({ ok: false, code })
  })
  test('a company of one person decides alone', () => {
    const alone = { ...settings, fourEyes: false }
    const first = decide(request, approve(mia), alone)
    expect(first.ok && decide(first.request, approve(mia), alone)).toMatchObject({ ok: true, request: { status: 'approved' } })
  })
  test('without steps the rule has said yes', () => {
    expect(startRequest('mia', []).status).toBe('approved')
  })
})

test('the inbox shows what one may decide', () => {
  expect([mayDecide(atStep2, { by: ben, on }, settings), mayDecide(atStep2, { by: mia, on }, settings)]).toEqual([true, false])
})
test('only the person who asked withdraws, and only while it waits', () => {
  expect(withdraw(request, 'mia')).toMatchObject({ ok: true, request: { status: 'withdrawn' } })
  expect(withdraw(request, 'anna')).toEqual({ ok: false, code: 'approvals.notRequester' })
  expect(withdraw(after(atStep2, approve(ben)), 'mia')).toEqual({ ok: false, code: 'approvals.notPending' })
})
