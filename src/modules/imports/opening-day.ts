import { addDays, type Day, laterDay, startOfMonth } from '../../kernel/day.ts'

/** 建账日 unless somebody says another: the last month end before today, so that the ageing of the month that was closed in the old system is there from the start. */
export function usualOpeningDay(today: Day): Day {
  return addDays(startOfMonth(today), -1)
}

/** The day on which one item enters the books: the opening day, or its own day when it was issued after that. */
export function entryDay(openingOn: Day, issuedOn: Day): Day {
  return laterDay(openingOn, issuedOn)
}
