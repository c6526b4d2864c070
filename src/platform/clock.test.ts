import { describe, expect, it } from 'vitest'
import { fixedClock, systemClock } from './clock.ts'

describe('the clock', () => {
  it('stands still until it is set', () => {
    const clock = fixedClock('2026-03-01T00:00:00Z')
    clock().setFullYear(1999)
    expect(clock().toISOString()).toBe('2026-03-01T00:00:00.000Z')
    clock.set('2026-03-02T08:00:00+08:00')
    expect(clock().toISOString()).toBe('2026-03-02T00:00:00.000Z')
  })

  it.each(['yesterday', '2026-03-01', '2026-03-01T00:00:00'])('does not guess the zone of %s', (at) => {
    expect(() => fixedClock(at)).toThrow(RangeError)
  })

  it('moves by itself outside of tests', () => {
    expect(Math.abs(systemClock().getTime() - Date.now())).toBeLessThan(1000)
  })
})
