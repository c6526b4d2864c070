import { assert } from '../../kernel/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { areRecipients } from './address.ts'
import { insertFrames, insertMessages } from './message.store.ts'
import { type MessageFrame, type NewMessage, RECIPIENTS_MOST } from './message.ts'
import { SEND_TASK, sendKey } from './send-task.ts'

/**
 * Puts messages into the outbox, thousands at once, in the caller's transaction: they leave after its commit. While the company's sending is off they are kept (test mode): switching
 * it on later does not send them. A key that was queued before is left out, whatever became of it. A message without a plain address is withheld (`wrongAddress`) and shown.
 * Returns the ids that were queued.
 */
export async function queueMessages(tx: Tx, messages: readonly NewMessage[]): Promise<string[]> {
  if (messages.length === 0) return []
  const frames = framesOf(messages)
  const { enabled, known, knownFrames } = await tx.one<{
    enabled: boolean
    known: string[]
    knownFrames: string[]
  }>(sql`select t.sending_enabled as enabled,
      array(select m.business_key from ar.messages m where m.tenant_id = t.tenant_id and m.business_key = any(${messages.map((message) => message.businessKey)}::text[])) as known,
      array(select f.id::text from ar.message_frames f where f.tenant_id = t.tenant_id and f.id = any(${[...frames.keys()]}::uuid[])) as known_frames
    from ar.tenants t where t.tenant_id = ${tx.caller.tenantId}`)
  const before = new Set(known)
  const fresh = messages.filter((message) => !before.has(message.businessKey) && before.add(message.businessKey))
  for (const { to } of fresh) assert(to.length <= RECIPIENTS_MOST, 'a message has few recipients')
  for (const id of knownFrames) frames.delete(id)
  insertFrames(tx, [...frames.values()])
  const goesOut = enabled ? 'queued' : 'kept'
  insertMessages(
    tx,
    fresh.map((message) =>
      areRecipients(message.to) ? { message, status: goesOut, reason: null } : { message, status: 'withheld', reason: 'wrongAddress' },
    ),
  )
  if (enabled && fresh.length > 0) tx.job(SEND_TASK, {}, sendKey(tx.caller.tenantId))
  return fresh.map((message) => message.id)
}

/** The frames that these messages need, each once. */
function framesOf(messages: readonly NewMessage[]): Map<string, MessageFrame> {
  return new Map(messages.flatMap(({ html }) => (typeof html === 'string' ? [] : [[html.frame.id, html.frame] as const])))
}
