import { addDaysWithin, type Day, daysBetween } from '../../kernel/day.ts'

export type ExpectedPayment = {
  readonly on: Day
  readonly basis: 'promise' | 'dispute' | 'habit' | 'due'
  /** Days since the expected day, when it is over and the money is not there: said beside the day, and no forecast counts on that day. 0 otherwise. */
  readonly passedDays: number
}
export type ExpectationInput = {
  readonly dueOn: Day
  /** A live promise; broken ones are not given here. */
  readonly promisedOn?: Day | undefined
  /** Mean days that a dispute of this kind takes, while one is open. */
  readonly disputeDays?: number | undefined
  /** Whole days that the customer usually pays late (habits.query.ts); undefined when too little is known. */
  readonly usualDaysLate?: number | undefined
}

/** 预计回款日期: the promise, else the due day plus what an open dispute takes plus the customer's habit. `mayBeEarly`: early payers pay early. */
export function expectedPaymentDay(input: ExpectationInput, asOf: Day, mayBeEarly = false): ExpectedPayment {
  if (input.promisedOn !== undefined) return expected(input.promisedOn, 'promise', asOf)
  const habit = input.usualDaysLate ?? 0
  const late = (mayBeEarly ? habit : Math.max(0, habit)) + (input.disputeDays ?? 0)
  const on = addDaysWithin(input.dueOn, late)
  const basis = input.disputeDays !== undefined ? 'dispute' : input.usualDaysLate !== undefined ? 'habit' : 'due'
  return expected(on, basis, asOf)
}

function expected(on: Day, basis: ExpectedPayment['basis'], asOf: Day): ExpectedPayment {
  return { on, basis, passedDays: Math.max(0, daysBetween(on, asOf)) }
}
