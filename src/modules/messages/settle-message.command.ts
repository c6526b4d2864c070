import type { Tx } from '../../platform/db.ts'
import type { Delivery } from '../../platform/mail/delivery.ts'
import { sql } from '../../platform/sql.ts'
import { afterAttempt } from './after-attempt.ts'
import { insertAttempts, markBegun, settle } from './message.store.ts'
import type { MessageStatus } from './message.ts'
import { tellOfTrouble } from './tell-of-trouble.command.ts'

type SendingRow = { status: MessageStatus; senderId: string | null; begunAt: Date | null; attempts: number; tries: number }

/**
 * The last look before the wire: true while the message is this sender's, nobody has begun it and the company still sends. From the commit on it counts as possibly gone out. This is
 * also what stops a sender that was thought dead from sending what another one has taken over.
 */
export async function beginMessage(tx: Tx, senderId: string, id: string): Promise<boolean> {
  const row = await lockMessage(tx, id)
  if (row?.status !== 'sending' || row.senderId !== senderId || row.begunAt !== null) return false
  const on = await tx.maybe(sql`select 1 as one from ar.tenants t where t.tenant_id = ${tx.caller.tenantId} and t.sending_enabled`)
  if (on === undefined) return false
  markBegun(tx, id)
  return true
}

/** Writes down what became of an attempt. A message that was taken for lost meanwhile (uncertain, nothing done about it) gets the truth. `claimed`: how many attempts there were when it was claimed. */
export async function settleMessage(
  tx: Tx,
  senderId: string,
  { id, attempts: claimed }: { readonly id: string; readonly attempts: number },
  delivery: Delivery,
  begunAt: Date,
): Promise<void> {
  const row = await lockMessage(tx, id)
  if (row === undefined) return
  const isOurs = row.status === 'sending' && row.senderId === senderId
  const isTakenForLost = row.status === 'uncertain' && row.attempts === claimed + 1
  if (!isOurs && !isTakenForLost) return
  const no = row.attempts + 1
  const tries = isOurs ? row.tries + 1 : row.tries
  const after = afterAttempt(delivery.outcome, tries, tx.at)
  const { code, answer, recipients, outcome } = delivery
  insertAttempts(tx, [{ messageId: id, no, begunAt, endedAt: tx.at, outcome, code, answer, recipients, byPerson: null }])
  const refusedRecipients = outcome === 'accepted' ? recipients.filter((recipient) => !recipient.isAccepted).length : 0
  settle(tx, [{ id, ...after, answer, attempts: no, tries, refusedRecipients, sentAt: after.status === 'sent' ? tx.at : null }])
  if (after.status === 'failed' || after.status === 'uncertain') await tellOfTrouble(tx, after.status, id)
  else if (refusedRecipients > 0) await tellOfTrouble(tx, 'partly', id)
}

function lockMessage(tx: Tx, id: string): Promise<SendingRow | undefined> {
  return tx.maybe<SendingRow>(
    sql`select m.status, m.sender_id, m.begun_at, m.attempts, m.tries from ar.messages m where m.tenant_id = ${tx.caller.tenantId} and m.id = ${id} for no key update`,
  )
}
