import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { type DatedLimit, effectiveLimit } from './effective-limit.ts'

const standard = (from: string, limit?: bigint): DatedLimit => ({ kind: 'standard', limit, effectiveFrom: day(from) })
const temporary = (from: string, until: string, limit: bigint): DatedLimit => ({
  kind: 'temporary',
  limit,
  effectiveFrom: day(from),
  effectiveUntil: day(until),
})
const limits = [standard('2026-01-01', 100n), standard('2026-06-01', 200n), temporary('2026-07-01', '2026-07-31', 500n)]

describe('effectiveLimit', () => {
  test.each<[string, readonly DatedLimit[], string, object]>([
    ['before the first', limits, '2025-12-31', { kind: 'none' }],
    ['from its first day', limits, '2026-01-01', { kind: 'limited', limit: 100n, temporary: false }],
    ['the later one replaces the earlier', limits, '2026-06-01', { kind: 'limited', limit: 200n, temporary: false }],
    ['the temporary one stands in', limits, '2026-07-01', { kind: 'limited', limit: 500n, temporary: true, until: '2026-07-31' }],
    ['up to its last day', limits, '2026-07-31', { kind: 'limited', limit: 500n, temporary: true, until: '2026-07-31' }],
    ['then the standard one again', limits, '2026-08-01', { kind: 'limited', limit: 200n, temporary: false }],
    [
      'a temporary limit may be lower',
      [...limits, temporary('2026-07-10', '2026-07-12', 0n)],
      '2026-07-11',
      { kind: 'limited', limit: 0n, temporary: true, until: '2026-07-12' },
    ],
    ['unlimited', [standard('2026-01-01')], '2026-02-01', { kind: 'unlimited' }],
    [
      'two of one day: the later record',
      [standard('2026-01-01', 1n), standard('2026-01-01', 2n)],
      '2026-02-01',
      { kind: 'limited', limit: 2n, temporary: false },
    ],
    ['nobody set any', [], '2026-02-01', { kind: 'none' }],
  ])('%s', (_, given, on, result) => {
    expect(effectiveLimit(given, day(on))).toEqual(result)
  })
})
