import { describe, expect, test } from 'vitest'
import { addDays, type Day, day, dayIn, daysBetween } from '../../kernel/day.ts'
import { companyCalendar } from '../terms/built-in-calendars.ts'
import { calendarFrom, isWorkingDay, weekendsOnly } from '../terms/calendar.ts'
import { latestDueOn, levelDay } from './level-day.ts'

/** The picture of the ladder editor: AR-2609-0156, due 2026-10-08, National Day from 1 to 7 October with make-up days, 10 October worked. */
const china = calendarFrom({
  id: 'cn',
  years: [2026],
  weekend: [6, 7],
  holidays: [{ from: '2026-10-01', to: '2026-10-07', name: '国庆节' }],
  workingDays: ['2026-10-10'],
})

describe('levelDay', () => {
  test.each<[string, string, number, string]>([
    ['five days before falls into a holiday: earlier', '2026-10-08', -5, '2026-09-30'],
    ['three days overdue falls on a Sunday: later', '2026-10-08', 3, '2026-10-12'],
    ['ten days overdue falls on a Sunday: later', '2026-10-08', 10, '2026-10-19'],
    ['thirty days overdue falls on a Saturday: later', '2026-10-08', 30, '2026-11-09'],
    ['sixty days overdue', '2026-10-08', 60, '2026-12-07'],
    ['a make-up Saturday is a working day', '2026-10-08', 2, '2026-10-10'],
    ['on the due day itself', '2026-10-08', 0, '2026-10-08'],
    ['on a due day that is a Sunday: earlier, still not overdue', '2026-11-22', 0, '2026-11-20'],
    ['one day overdue', '2026-11-19', 1, '2026-11-20'],
    ['one day overdue after a Friday', '2026-11-20', 1, '2026-11-23'],
  ])('%s', (_, dueOn, days, expected) => {
    expect(levelDay({ days }, day(dueOn), china)).toBe(expected)
  })
})

test('what a day has to read is exactly what its levels can reach', () => {
  for (const calendar of [china, weekendsOnly])
    for (const days of [-30, -5, -3, 0, 1, 3, 15, 60])
      for (let today = day('2026-09-20'); today < '2026-11-20'; today = addDays(today, 1)) {
        if (!isWorkingDay(calendar, today)) continue
        const latest = latestDueOn(days, today, calendar)
        expect(levelDay({ days }, latest, calendar) <= today).toBe(true)
        expect(levelDay({ days }, addDays(latest, 1), calendar) > today).toBe(true)
      }
})

/** Etc/GMT+11 … Etc/GMT-12 are UTC−11 … UTC+12: with two more that change their clocks, and the farthest east. */
const zones = [
  ...Array.from({ length: 21 }, (_, index) => `Etc/GMT${index - 10 > 0 ? '-' : '+'}${Math.abs(index - 10)}`),
  'Pacific/Kiritimati',
  'America/New_York',
  'Europe/Berlin',
]

test(`S18, T109: ${zones.length} zones × 400 days, over leap day and changed clocks: nothing is overdue on the wrong day`, () => {
  const calendar = companyCalendar('cn', [])
  const faults: string[] = []
  let looked = 0
  for (const zone of zones) {
    const dueOn = day('2028-02-29')
    for (let offset = -30; offset < 370; offset += 1) {
      // one look each day: an instant at which it is some hour of that day there, other hours on other days
      const at = new Date(Date.UTC(2028, 1, 29 + offset, (offset * 7 + 700) % 24, 30))
      const today = dayIn(zone, at)
      looked += 1
      if (Math.abs(daysBetween(dayIn('UTC', at), today)) > 1) faults.push(`${zone} ${at.toISOString()}: ${today}`)
      for (const days of [-3, 0, 1, 3, 15, 30, 60]) {
        const hasCome = levelDay({ days }, dueOn, calendar) <= today
        if (days > 0 && hasCome && today <= dueOn) faults.push(`${zone} ${today}: level ${days} before it is overdue`)
        if (hasCome !== (isWorkingDay(calendar, today) ? dueOn <= latestDueOn(days, today, calendar) : hasCome))
          faults.push(`${zone} ${today}: level ${days}`)
        if (days > 0 && hasCome && daysBetween(dueOn, today) < days) faults.push(`${zone} ${today}: level ${days} too early`)
      }
    }
  }
  expect(faults).toEqual([])
  expect(looked).toBe(24 * 400)
})

test('S18, T109: an hour before midnight and an hour after it are two days in the company’s own zone, whatever the server’s', () => {
  const cases: [string, string, Day][] = [
    ['Asia/Shanghai', '2026-11-20T15:59:59Z', day('2026-11-20')],
    ['Asia/Shanghai', '2026-11-20T16:00:00Z', day('2026-11-21')],
    ['Pacific/Kiritimati', '2026-11-20T10:00:00Z', day('2026-11-21')],
    ['America/New_York', '2026-11-01T03:59:59Z', day('2026-10-31')],
    ['America/New_York', '2026-11-02T04:59:59Z', day('2026-11-01')],
  ]
  for (const [zone, at, expected] of cases) expect(dayIn(zone, new Date(at)), `${zone} ${at}`).toBe(expected)
})
