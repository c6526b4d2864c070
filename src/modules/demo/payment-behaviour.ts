import { addDays, addMonths, type Day, dateInMonth, daysBetween, earlierDay } from '../../kernel/day.ts'
import type { Random } from './random.ts'

/** How a customer of the demo pays. Kept through all months, so that habits, DSO and trends have something to show. */
export const behaviours = {
  /** About on the day. */
  prompt: 34,
  /** Always some two weeks late. */
  late: 20,
  /** Slow around the turn of the year, when everybody settles with everybody. */
  seasonal: 10,
  /** A little later each month. */
  worsening: 8,
  /** A key account: everything due, on the 25th. */
  fixedDay: 8,
  /** A first part on time, the rest a month later. */
  parts: 7,
  /** Some yuan short. */
  short: 5,
  /** Early, where there is a discount. */
  early: 4,
  /** Has stopped paying. */
  stopped: 4,
} as const
export type Behaviour = keyof typeof behaviours
export type PlannedPayment = { readonly on: Day; readonly percent: number }

const FIXED_DATE = 25
const STOPPED_DAYS_BEFORE_END = 170
const PARTS_FIRST_PERCENT = 60

/**
 * When and with how much a customer pays what is due on `dueOn`, before working days are looked at; percents add up to 100, or to less where something is never paid.
 * `startOn` and `endOn` are the first and last day of the demo.
 */
export function plannedPayments(
  behaviour: Behaviour,
  { issuedOn, dueOn, startOn, endOn }: { readonly issuedOn: Day; readonly dueOn: Day; readonly startOn: Day; readonly endOn: Day },
  random: Random,
): PlannedPayment[] {
  const whole = (on: Day): PlannedPayment[] => [{ on, percent: 100 }]
  switch (behaviour) {
    case 'prompt':
      return whole(addDays(dueOn, random.around(-1, 3)))
    case 'late':
      return whole(addDays(dueOn, random.around(14, 5)))
    case 'seasonal':
      return whole(addDays(dueOn, ['01', '02', '12'].includes(dueOn.slice(5, 7)) ? random.around(38, 8) : random.around(4, 4)))
    case 'worsening': {
      const share = Math.max(0, daysBetween(startOn, dueOn)) / Math.max(1, daysBetween(startOn, endOn))
      return whole(addDays(dueOn, random.around(3 + Math.round(62 * share), 5)))
    }
    case 'fixedDay': {
      const same = dateInMonth(dueOn, FIXED_DATE)
      return whole(same >= dueOn ? same : dateInMonth(addMonths(dueOn, 1), FIXED_DATE))
    }
    case 'parts': {
      const first = addDays(dueOn, random.around(2, 3))
      return [
        { on: first, percent: PARTS_FIRST_PERCENT },
        { on: addDays(first, random.around(32, 6)), percent: 100 - PARTS_FIRST_PERCENT },
      ]
    }
    case 'short':
      return whole(addDays(dueOn, random.around(5, 4)))
    case 'early':
      return whole(earlierDay(addDays(issuedOn, random.int(5, 9)), dueOn))
    case 'stopped': {
      const on = addDays(dueOn, random.around(20, 8))
      return on < addDays(endOn, -STOPPED_DAYS_BEFORE_END) ? whole(on) : []
    }
  }
}
