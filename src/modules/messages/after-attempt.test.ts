import { expect, test } from 'vitest'
import { afterAttempt } from './after-attempt.ts'

const at = new Date('2026-11-21T02:00:00Z')

test.each([
  ['accepted', 1, 'sent', null, 0],
  ['saidToHaveArrived', 3, 'sent', null, 0],
  ['uncertain', 1, 'uncertain', 'unanswered', 0],
  ['refused', 1, 'failed', 'refused', 0],
  ['refusedForNow', 1, 'queued', 'refusedForNow', 1],
  ['notReached', 2, 'queued', 'notReached', 3],
  ['notReached', 9, 'queued', 'notReached', 480],
  ['notReached', 10, 'failed', 'gaveUp', 0],
  ['refusedForNow', 10, 'failed', 'gaveUp', 0],
] as const)('%s at try %i: %s', (outcome, tries, status, reason, minutes) => {
  expect(afterAttempt(outcome, tries, at)).toEqual({ status, reason, nextAt: new Date(at.getTime() + minutes * 60_000) })
})
