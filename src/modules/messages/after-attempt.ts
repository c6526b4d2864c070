import type { MessageStatus } from './message.ts'

export const attemptOutcomes = ['accepted', 'refusedForNow', 'refused', 'notReached', 'uncertain', 'saidToHaveArrived'] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** Minutes from one attempt that has certainly not arrived to the next: about sixteen hours in all, then the message has failed. */
const WAIT_MINUTES = [1, 3, 10, 20, 30, 60, 120, 240, 480]

export type AfterAttempt = { readonly status: Exclude<MessageStatus, 'sending'>; readonly reason: string | null; readonly nextAt: Date }

/**
 * What a message is after an attempt. Only what has certainly not arrived is tried again by itself. `tries`: attempts since it was queued or released, this one included.
 */
export function afterAttempt(outcome: AttemptOutcome, tries: number, at: Date): AfterAttempt {
  if (outcome === 'accepted' || outcome === 'saidToHaveArrived') return { status: 'sent', reason: null, nextAt: at }
  if (outcome === 'uncertain') return { status: 'uncertain', reason: 'unanswered', nextAt: at }
  if (outcome === 'refused') return { status: 'failed', reason: 'refused', nextAt: at }
  return again(outcome, tries, at)
}

/** What a message is that its preparer could not look at: nothing of it went out, so it is tried again like one that did not arrive. */
export function afterNotPrepared(tries: number, at: Date): AfterAttempt {
  return again('notPrepared', tries, at)
}

function again(reason: string, tries: number, at: Date): AfterAttempt {
  const wait = WAIT_MINUTES[tries - 1]
  if (wait === undefined) return { status: 'failed', reason: reason === 'notPrepared' ? reason : 'gaveUp', nextAt: at }
  return { status: 'queued', reason, nextAt: new Date(at.getTime() + wait * 60_000) }
}
