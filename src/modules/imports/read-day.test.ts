import { describe, expect, test } from 'vitest'
import { countDay, dayOrderOf, noDayVotes, readDay } from './read-day.ts'

describe('a day however it is written', () => {
  test.each([
    ['2026-07-30', '2026-07-30'],
    ['2026/7/30', '2026-07-30'],
    ['2026.7.3', '2026-07-03'],
    ['2026年7月30日', '2026-07-30'],
    ['2026 年 7 月 3 日', '2026-07-03'],
    ['２０２６／７／３０', '2026-07-30'],
    ['20260730', '2026-07-30'],
    ['2026-07-30 18:05:00', '2026-07-30'],
    ['2026/7/30 8:05', '2026-07-30'],
    ['30.07.2026', '2026-07-30'],
    ['7/30/2026', '2026-07-30'],
    ['30/7/2026', '2026-07-30'],
    ['5/5/2026', '2026-05-05'],
    ['2024-02-29', '2024-02-29'],
    ['2026/1/5 上午 8:05:00', '2026-01-05'],
    ['2026-01-05T00:00:00.000Z', '2026-01-05'],
    ['46233', '2026-07-30'],
    ['46233.75', '2026-07-30'],
    ['5-Jan-2026', '2026-01-05'],
    ['05 JAN 2026', '2026-01-05'],
    ['Jan 5, 2026', '2026-01-05'],
    ['September 30 2026', '2026-09-30'],
  ])('%s is %s', (text, expected) => expect(readDay(text, undefined)).toEqual({ day: expected }))

  test.each([
    ['2026-02-31', 'noSuchDay'],
    ['2026/2/29', 'noSuchDay'],
    ['20261301', 'noSuchDay'],
    ['31/4/2026', 'noSuchDay'],
    ['0206-01-01', 'noSuchDay'],
    ['7/8/2026', 'dayOrderUnknown'],
    ['26/7/30', 'yearTwoDigits'],
    ['2026年', 'notADay'],
    ['2026-7', 'notADay'],
    ['29999', 'notADay'],
    ['60000', 'notADay'],
    ['31 Feb 2026', 'noSuchDay'],
    ['5 Foo 2026', 'notADay'],
    ['民国115年7月30日', 'notADay'],
    ['明天', 'notADay'],
    ['1e308', 'notADay'],
    ['', 'notADay'],
  ])('%s is refused as %s', (text, problem) => expect(readDay(text, undefined)).toEqual({ problem }))

  test('the order of the column decides', () => {
    expect(readDay('7/8/2026', 'dmy')).toEqual({ day: '2026-08-07' })
    expect(readDay('7/8/2026', 'mdy')).toEqual({ day: '2026-07-08' })
    expect(readDay('7/30/2026', 'dmy')).toEqual({ problem: 'noSuchDay' })
  })
})

test.each([
  [['2026/7/30', '20260730'], 'none'],
  [['7/8/2026', '7/30/2026'], 'mdy'],
  [['7/8/2026', '30/7/2026'], 'dmy'],
  [['7/8/2026', '1/2/2026'], 'ask'],
  [['7/30/2026', '30/7/2026'], 'ask'],
  [['something', '30.07.2026'], 'none'],
])('the order of %j is %s', (texts, expected) => expect(dayOrderOf(texts.reduce(countDay, noDayVotes))).toBe(expected))
