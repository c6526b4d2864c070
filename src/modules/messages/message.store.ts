import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { AttemptOutcome } from './after-attempt.ts'
import { type MessageContent, type MessageFrame, type MessageStatus, type NewMessage, subjectLine } from './message.ts'

/** Adds messages with their content; each has its first status and, where it will not be sent, why. */
export function insertMessages(
  tx: Tx,
  messages: readonly { readonly message: NewMessage; readonly status: MessageStatus; readonly reason: string | null }[],
): void {
  tx.insert(
    'messages',
    messages.map(({ message, status, reason }) => {
      const { id, businessKey, kind, entity, entityId, customerId, personId, language, to, fileIds = [] } = message
      const about = { id, businessKey, kind, entity, entityId, customerId, personId, language }
      const mail = { recipients: to, subject: subjectLine(message.subject), fileIds }
      return { ...about, ...mail, status, reason, nextAt: tx.at, queuedBy: tx.caller.actorId, createdAt: tx.at }
    }),
  )
  tx.insert(
    'message_contents',
    messages.map(({ message: { id, html, text } }) => {
      const kept =
        typeof html === 'string' ? { html, frameId: null, facts: null } : { html: null, frameId: html.frame.id, facts: html.facts }
      return { messageId: id, text, ...kept }
    }),
  )
}

/** A frame that another transaction keeps at the same moment is tried again, and found. */
export function insertFrames(tx: Tx, frames: readonly MessageFrame[]): void {
  tx.insert(
    'message_frames',
    frames.map(({ id, html }) => ({ id, html })),
  )
}

/** The HTML of messages that are at their end: it stays as it was. */
export function writeOut(tx: Tx, messages: readonly { readonly id: string; readonly html: string }[]): void {
  tx.update(
    'message_contents',
    messages.map(({ id, html }) => ({ messageId: id, html })),
    { match: ['messageId'], set: ['html'] },
  )
}

/** How long a sender that says nothing is believed to live. */
const LEASE_MS = 90_000

/** Claimed, not yet begun: with the words, recipients and Message-ID they will go out with. */
export function markSending(
  tx: Tx,
  senderId: string,
  messages: readonly (MessageContent & { id: string; to: readonly string[]; headerId: string; version: number })[],
): void {
  const claimed = { status: 'sending', senderId, leaseUntil: leaseEnd(tx), begunAt: null }
  tx.update(
    'messages',
    messages.map(({ id, to, headerId, version, subject }) => ({
      id,
      version,
      recipients: to,
      headerId,
      subject: subjectLine(subject),
      ...claimed,
    })),
    { set: ['recipients', 'headerId', 'subject', ...Object.keys(claimed)], expect: ['version'] },
  )
  tx.update(
    'message_contents',
    messages.map(({ id, html, text }) => ({ messageId: id, html, text })),
    { match: ['messageId'], set: ['html', 'text'] },
  )
}

export function markWithheld(
  tx: Tx,
  messages: readonly { readonly message: { readonly id: string; readonly version: number }; readonly reason: string }[],
): void {
  tx.update(
    'messages',
    messages.map(({ message: { id, version }, reason }) => ({ id, version, status: 'withheld', reason })),
    { set: ['status', 'reason'], expect: ['version'] },
  )
}

/** From here on the message may be on the wire. */
export function markBegun(tx: Tx, id: string): void {
  tx.update('messages', [{ id, begunAt: tx.at, leaseUntil: leaseEnd(tx) }], { set: ['begunAt', 'leaseUntil'] })
}

export function prolongLeases(tx: Tx, ids: readonly string[]): void {
  tx.update(
    'messages',
    ids.map((id) => ({ id, leaseUntil: leaseEnd(tx) })),
    { set: ['leaseUntil'] },
  )
}

function leaseEnd(tx: Tx): Date {
  return new Date(tx.at.getTime() + LEASE_MS)
}

/** What a message is after its sender has let go of it. */
export type Settled = {
  readonly id: string
  readonly status: Exclude<MessageStatus, 'sending'>
  readonly reason: string | null
  readonly answer: string | null
  readonly attempts: number
  readonly tries: number
  readonly refusedRecipients: number
  readonly nextAt: Date
  readonly sentAt: Date | null
}

/** The caller holds the rows. */
export function settle(tx: Tx, messages: readonly Settled[]): void {
  const free = { senderId: null, leaseUntil: null, begunAt: null }
  tx.update(
    'messages',
    messages.map((message) => ({ ...message, ...free, version: 1 })),
    { set: [...SETTLED, ...Object.keys(free)], add: ['version'] },
  )
}
const SETTLED = [
  'status',
  'reason',
  'answer',
  'attempts',
  'tries',
  'refusedRecipients',
  'nextAt',
  'sentAt',
] as const satisfies (keyof Settled)[]

export type NewAttempt = {
  readonly messageId: string
  readonly no: number
  readonly begunAt: Date
  readonly endedAt: Date
  readonly outcome: AttemptOutcome
  readonly code: number | null
  readonly answer: string
  readonly recipients: readonly unknown[]
  readonly byPerson: string | null
}

export function insertAttempts(tx: Tx, attempts: readonly NewAttempt[]): void {
  tx.insert(
    'message_attempts',
    attempts.map((attempt) => ({ id: uuid(), ...attempt })),
  )
}

/** Claimed but not begun: back into the queue, as if never taken. */
export function giveBack(tx: Tx, ids: readonly string[]): void {
  const free = { status: 'queued', senderId: null, leaseUntil: null }
  tx.update(
    'messages',
    ids.map((id) => ({ id, ...free })),
    { set: Object.keys(free), guard: 't.begun_at is null' },
  )
}

/** Everything that waits is kept, also what a sender has claimed and not begun (it finds that it is no longer its own): it will not be sent unless a person releases it. */
export async function keepQueued(tx: Tx): Promise<void> {
  await tx.all(sql`update ar.messages m set status = 'kept', sender_id = null, lease_until = null, version = m.version + 1
    where m.tenant_id = ${tx.caller.tenantId} and (m.status = 'queued' or (m.status = 'sending' and m.begun_at is null))`)
}

type Notice = {
  readonly id: string
  readonly personId: string
  readonly kind: string
  readonly entity: string
  readonly entityId: string
  readonly params: object
}
export function insertNotices(tx: Tx, notices: readonly Notice[]): void {
  tx.insert('notifications', notices)
}

export function insertPassword(tx: Tx, password: { id: string; name: string; sealed: string }): void {
  tx.insert('secrets', [password])
}
export function updatePassword(tx: Tx, password: { id: string; sealed: string; version: number }): void {
  tx.update('secrets', [password], { set: ['sealed'], expect: ['version'] })
}
export function deletePassword(tx: Tx, id: string): void {
  tx.delete('secrets', [{ id }])
}

export function insertUndeliverable(
  tx: Tx,
  address: { readonly customerId: string; readonly address: string; readonly messageId: string; readonly note: string },
): void {
  tx.insert('undeliverable_addresses', [{ ...address, reportedBy: tx.caller.actorId, reportedAt: tx.at }])
}
export function forgetUndeliverable(tx: Tx, address: { readonly customerId: string; readonly address: string }): void {
  tx.delete('undeliverable_addresses', [address], ['customerId', 'address'])
}
