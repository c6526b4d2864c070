import type { MessageStatus } from './message.ts'

/** What a person may decide: it arrived after all, send it (again), do not send it. */
export const messageDecisions = ['arrived', 'send', 'doNotSend'] as const
export type MessageDecision = (typeof messageDecisions)[number]

const possible: Readonly<Record<MessageDecision, readonly MessageStatus[]>> = {
  arrived: ['uncertain'],
  send: ['uncertain', 'failed', 'kept'],
  doNotSend: ['uncertain', 'failed', 'kept', 'queued'],
}

/** Which decisions a message of this status is open to. What was sent, is being sent or was withheld is not. */
export function decisionsFor(status: MessageStatus): MessageDecision[] {
  return messageDecisions.filter((decision) => possible[decision].includes(status))
}
