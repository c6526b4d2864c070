import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInCalendar, formatCalendar, serialOf, serialText } from './excel-day.ts'

test.each([
  ['General', 'number'],
  ['#,##0.00', 'number'],
  ['0.00E+00', 'number'],
  ['"day" 0', 'number'],
  ['0.00\\d', 'number'],
  ['[Red]#,##0;[Yellow]-#,##0', 'number'],
  ['[$-804]G/通用格式', 'number'],
  ['@', 'number'],
  ['[h]:mm:ss', 'number'],
  ['yyyy-mm-dd', 'day'],
  ['yyyy"年"m"月"d"日";@', 'day'],
  ['[$-804]yyyy/m/d h:mm', 'day'],
  ['mmm', 'day'],
  ['h:mm AM/PM', 'time'],
  ['#,##0;yyyy', 'number'],
])('the number format %s shows a %s', (format, calendar) => {
  expect(formatCalendar(format)).toBe(calendar)
})

test.each([
  [0, 'number'],
  [2, 'number'],
  [14, 'day'],
  [20, 'time'],
  [22, 'day'],
  [31, 'day'],
  [46, 'number'],
  [49, 'number'],
  [58, 'day'],
])('built-in format %i shows a %s', (id, calendar) => {
  expect(builtInCalendar(id)).toBe(calendar)
})

test.each([
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [61, false, '1900-03-01'],
  [45688, false, '2025-01-31'],
  [46081.5, false, '2026-02-28 12:00:00'],
  [45688.999999, false, '2025-02-01'],
  [2958465, false, '9999-12-31'],
  [0, true, '1904-01-01'],
  [44226, true, '2025-01-31'],
])('serial %d (1904: %s) is %s', (serial, is1904, text) => {
  expect(serialText(serial, 'day', is1904)).toBe(text)
})

test.each([-1, 60, 0, 2958466, Number.NaN, Number.POSITIVE_INFINITY])('serial %d is no day', (serial) => {
  expect(serialText(serial, 'day', false)).toBeUndefined()
})

test('a time of day alone has no day', () => {
  expect(serialText(0.75, 'time', false)).toBe('18:00:00')
})

test('days and instants come back from their serial', () => {
  const instants = fc.date({ min: new Date('1900-03-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  fc.assert(
    fc.property(instants, fc.boolean(), (instant, hasTime) => {
      const text = hasTime ? instant.toISOString().slice(0, 19).replace('T', ' ') : instant.toISOString().slice(0, 10)
      expect(serialText(Number(serialOf(text)), 'day', false)).toBe(text.replace(' 00:00:00', ''))
    }),
    { numRuns: 2000 },
  )
})

test.each(['2026-02-31', '2026-13-01', '1900-02-28', '1899-12-31', '2026-1-1', '2026-01-01 24:00:00', 'soon'])(
  '%s has no serial',
  (text) => {
    expect(serialOf(text)).toBeUndefined()
  },
)
