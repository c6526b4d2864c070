import { addDays, type Day } from '../../kernel/day.ts'
import { type Calendar, nextWorkingDay, previousWorkingDay } from '../terms/calendar.ts'
import { type DunningLevel, isBeforeDue } from './ladder.ts'

/** The day counted from the due day, before rest days move it. */
export function plannedDay(level: Pick<DunningLevel, 'days'>, dueOn: Day): Day {
  return addDays(dueOn, level.days)
}

/**
 * The working day on which a level falls for an item that is due on `dueOn`. A reminder before the due day moves to the last working day before a rest day, so that it is still early;
 * what follows the due day moves to the next working day, so that nobody is chased sooner than said. Due today is not overdue: a level after the due day falls after it.
 */
export function levelDay(level: Pick<DunningLevel, 'days'>, dueOn: Day, calendar: Calendar): Day {
  const planned = plannedDay(level, dueOn)
  return isBeforeDue(level) ? previousWorkingDay(calendar, planned) : nextWorkingDay(calendar, planned)
}

/** The latest due day that a level `days` from it can reach on the working day `today`: what the day's question has to read, and no more. */
export function latestDueOn(days: number, today: Day, calendar: Calendar): Day {
  if (!isBeforeDue({ days })) return addDays(today, -days)
  return addDays(nextWorkingDay(calendar, addDays(today, 1)), -days - 1)
}
