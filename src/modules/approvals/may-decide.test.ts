import { expect, test } from 'vitest'
import { type Decider, mayDecide, type RequestToDecide } from './may-decide.ts'

const request: RequestToDecide = { status: 'pending', requestedBy: 'maker', step: 1, steps: [{ role: 'financeManager' }, { role: 'salesManager' }], decisions: [] }
const finance: Decider = { id: 'f', role: 'financeManager', mayDecide: true, principals: [], fourEyes: true }
const second: RequestToDecide = { ...request, step: 2, decisions: [{ decidedBy: 'f', onBehalfOf: null }] }
const delegate: Decider = { id: 'd', role: 'arAccountant', mayDecide: false, principals: [{ id: 'f', role: 'financeManager' }], fourEyes: true }

const person = { ok: true, onBehalfOf: null, how: 'person' }
const no = (code: string) => ({ ok: false, code: `approvals.${code}` })

const cases: [string, RequestToDecide, Decider, object][] = [
  ['the role of the step decides', request, finance, person],
  ['another role does not', request, { ...finance, role: 'salesManager' }, no('notYourStep')],
  ['an administrator stands in for every role', request, { ...finance, id: 'a', role: 'administrator' }, person],
  ['the maker never decides', { ...request, requestedBy: 'f' }, finance, no('makerDecides')],
  ['not even as administrator', { ...request, requestedBy: 'f' }, { ...finance, role: 'administrator' }, no('makerDecides')],
  ['the role without the right does not', request, { ...finance, mayDecide: false }, no('notYourStep')],
  ['a delegate decides for the principal', request, delegate, { ok: true, onBehalfOf: 'f', how: 'person' }],
  ['not in the maker’s name', { ...request, requestedBy: 'f' }, delegate, no('notYourStep')],
  ['not when the delegate is the maker', { ...request, requestedBy: 'd' }, delegate, no('makerDecides')],
  ['nobody takes two steps', second, { ...finance, role: 'administrator' }, no('twoSteps')],
  ['nor through a delegate', { ...second, steps: [{ role: 'salesManager' }, { role: 'financeManager' }] }, delegate, no('notYourStep')],
  ['nor the delegate who took the first one', { ...request, step: 2, decisions: [{ decidedBy: 'd', onBehalfOf: 'f' }] }, { ...delegate, principals: [{ id: 's', role: 'salesManager' }] }, no('twoSteps')],
  ['nor the principal for whom it was taken', { ...request, step: 2, decisions: [{ decidedBy: 'd', onBehalfOf: 'f' }] }, { ...finance, role: 'administrator' }, no('twoSteps')],
  ['what is decided stays decided', { ...request, status: 'approved' }, finance, no('notPending')],
  ['what is void cannot be approved', { ...request, status: 'void' }, finance, no('notPending')],
  ['without four eyes the maker decides alone', { ...request, requestedBy: 'f' }, { ...finance, fourEyes: false }, { ok: true, onBehalfOf: null, how: 'alone' }],
  ['without four eyes another is still a person', request, { ...finance, fourEyes: false }, person],
  ['without four eyes the right is still needed', request, { ...finance, fourEyes: false, mayDecide: false, role: 'salesperson' }, no('notYourStep')],
]
test.each(cases)('%s', (_, asked, decider, expected) => {
  expect(mayDecide(asked, decider)).toEqual(expected)
})
