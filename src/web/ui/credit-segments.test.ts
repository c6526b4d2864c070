import { expect, test } from 'vitest'
import { creditSegments } from './credit-segments.ts'

const part = (key: 'overdue' | 'notDue' | 'thisOrder', amount: string) => ({ key, label: key, amount })

test('below the limit the rest is free and the line is at the end', () => {
  const { segments, limitAt } = creditSegments([part('overdue', '30.00'), part('notDue', '20.00')], '100.00')
  expect(segments.map((s) => [s.fill, s.width])).toEqual([
    ['exp-overdue', 30],
    ['exp-notDue', 20],
    ['free', 50],
  ])
  expect(limitAt).toBe(100)
})
test('the part that crosses the limit is split and hatched beyond it', () => {
  const { segments, limitAt } = creditSegments([part('overdue', '90'), part('thisOrder', '30')], '100')
  expect(segments.map((s) => s.fill)).toEqual(['exp-overdue', 'exp-thisOrder', 'over'])
  expect(limitAt).toBeLessThan(100)
  expect(segments[0]!.width + segments[1]!.width).toBeCloseTo(limitAt!)
})
test('a limit of zero makes everything over; no limit draws no line; nothing used draws nothing', () => {
  expect(creditSegments([part('overdue', '5')], '0').segments.map((s) => s.fill)).toEqual(['over'])
  expect(creditSegments([part('overdue', '5')], null).limitAt).toBeUndefined()
  expect(creditSegments([], null).segments).toEqual([])
})
