import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { builtInCalendar, builtInCalendarData, companyCalendar } from './built-in-calendars.ts'
import {
  calendarDays,
  calendarFrom,
  calendarOfDays,
  isCalendarKnown,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  restDayName,
  unpublishedYear,
  weekendsOnly,
} from './calendar.ts'

const cn = builtInCalendar('cn')

describe('the calendar of mainland China, 2026', () => {
  test.each<[string, string, boolean]>([
    ['New Year', '2026-01-01', false],
    ['make-up Sunday', '2026-01-04', true],
    ['make-up Saturday before Spring Festival', '2026-02-14', true],
    ['first day of Spring Festival', '2026-02-15', false],
    ['last day of Spring Festival', '2026-02-23', false],
    ['Qingming', '2026-04-06', false],
    ['make-up Saturday in May', '2026-05-09', true],
    ['Dragon Boat', '2026-06-19', false],
    ['make-up Sunday in September', '2026-09-20', true],
    ['Mid-Autumn', '2026-09-25', false],
    ['an ordinary Saturday', '2026-11-21', false],
    ['an ordinary Monday', '2026-11-23', true],
  ])('%s', (_, on, works) => {
    expect(isWorkingDay(cn, day(on))).toBe(works)
  })
  test('33 days off and 6 to make up in 2026', () => {
    const off = [...cn.off.keys()].filter((on) => on.startsWith('2026'))
    const working = [...cn.working].filter((on) => on.startsWith('2026'))
    expect([off.length, working.length]).toEqual([33, 6])
  })
  test('knows its years', () => {
    expect([isCalendarKnown(cn, day('2026-12-31')), isCalendarKnown(cn, day('2027-01-01'))]).toEqual([true, false])
  })
})

test('a rest day has a name', () => {
  expect([restDayName(cn, day('2026-10-01')), restDayName(cn, day('2026-11-21')), restDayName(cn, day('2026-11-23'))]).toEqual([
    '国庆节',
    'weekend',
    undefined,
  ])
})
test('weekends only', () => {
  expect([nextWorkingDay(weekendsOnly, day('2026-10-03')), previousWorkingDay(weekendsOnly, day('2026-10-04'))]).toEqual([
    '2026-10-05',
    '2026-10-02',
  ])
})
test('an unknown calendar rests at weekends', () => {
  expect(builtInCalendar('atlantis')).toBe(weekendsOnly)
})
test('a company may add its own holiday', () => {
  const own = calendarFrom({ ...builtInCalendarData[0]!, holidays: [{ from: '2026-11-23', to: '2026-11-24', name: '厂庆' }] })
  expect(nextWorkingDay(own, day('2026-11-21'))).toBe('2026-11-25')
})
test('a calendar without a working day is noticed', () => {
  const never = calendarFrom({ id: 'x', years: [], weekend: [1, 2, 3, 4, 5, 6, 7], holidays: [], workingDays: [] })
  expect(() => nextWorkingDay(never, day('2026-11-21'))).toThrow('broken invariant')
})
test('a holiday that ends before it starts is refused', () => {
  expect(() =>
    calendarFrom({ id: 'x', years: [], weekend: [], holidays: [{ from: '2026-01-02', to: '2026-01-01', name: 'x' }], workingDays: [] }),
  ).toThrow(RangeError)
})
test('stored day by day and read back it is the same calendar', () => {
  expect(companyCalendar('cn', calendarDays(cn))).toEqual(cn)
})

test('a day off that nobody named is a holiday all the same', () => {
  const own = calendarOfDays('own', [{ onDay: day('2026-11-23'), working: false, name: '' }])
  expect(restDayName(own, day('2026-11-23'))).toBe('holiday')
})

describe('a year whose arrangement is not published keeps the holidays that the law fixes', () => {
  test.each<[string, string]>([
    ['2027-01-01', '元旦'],
    ['2028-05-01', '劳动节'],
    ['2028-05-02', '劳动节'],
    ['2029-10-01', '国庆节'],
    ['2029-10-02', '国庆节'],
    ['2029-10-03', '国庆节'],
  ])('%s %s', (on, name) => {
    expect(restDayName(cn, day(on))).toBe(name)
  })
  test.each(['2027-01-04', '2028-05-03', '2029-10-04', '2022-05-02'])('%s is none', (on) => {
    expect(restDayName(cn, day(on))).toBeUndefined()
  })
  test('a published year says its holidays itself', () => {
    const own = calendarFrom({ ...builtInCalendarData[0]!, years: [2027], holidays: [] })
    expect(isWorkingDay(own, day('2027-01-01'))).toBe(true)
  })
  test('a day that the company works is worked', () => {
    const own = companyCalendar('cn', [{ onDay: day('2027-01-01'), working: true, name: '' }])
    expect([isWorkingDay(own, day('2027-01-01')), isWorkingDay(own, day('2027-10-01'))]).toEqual([true, false])
  })
  test('another calendar has none of them', () => {
    expect(isWorkingDay(calendarOfDays('atlantis', []), day('2027-01-01'))).toBe(true)
  })
  test.each<[string, string, number | undefined]>([
    ['2026-12-30', '2026-12-30', undefined],
    ['2026-12-31', '2027-01-04', 2027],
    ['2027-01-01', '2026-12-31', 2027],
  ])('due %s, moved to %s: %s is not published', (contractDue, effectiveDue, year) => {
    expect(unpublishedYear(cn, day(contractDue), day(effectiveDue))).toBe(year)
  })
})
