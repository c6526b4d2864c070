import { type Day, daysBetween } from '../../kernel/day.ts'

/** 逾期天数: days since the due day, never negative; due today is not overdue. */
export function overdueDays(dueOn: Day, asOf: Day): number {
  return Math.max(0, daysBetween(dueOn, asOf))
}

export function isOverdue(dueOn: Day, asOf: Day): boolean {
  return dueOn < asOf
}

/** Days from the due day to the day it was paid; negative when paid early. */
export function daysLate(dueOn: Day, paidOn: Day): number {
  return daysBetween(dueOn, paidOn)
}
