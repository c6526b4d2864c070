import { assert } from '../../kernel/assert.ts'
import type { Tx } from '../../platform/db.ts'
import type { Delivery } from '../../platform/mail/delivery.ts'
import { sql } from '../../platform/sql.ts'
import { isDemoCompany } from '../company/company.query.ts'
import { afterAttempt } from './after-attempt.ts'
import { insertAttempts, settle, writeOut } from './message.store.ts'
import { type ClaimedMessage, type Preparers, prepareMessages } from './prepare-messages.command.ts'
import { tellOfTrouble } from './tell-of-trouble.command.ts'

/** How long a mail server took to say it. */
const ANSWERED_MS = 1_800

/**
 * Of a demo company only, which never sends: kept messages stand as if they had been handed over just now and a mail server had answered so, each after the last look of its kind's preparer.
 * Nothing leaves the house. What is not kept any more, and what the preparer would withhold, stays as it is.
 */
export async function pretendDeliveries(
  tx: Tx,
  preparers: Preparers,
  pretended: readonly { readonly id: string; readonly delivery: Delivery }[],
): Promise<void> {
  assert(await isDemoCompany(tx), 'only a demo company pretends to have sent')
  const deliveries = new Map(pretended.map(({ id, delivery }) => [id, delivery]))
  const kept = await lockKept(tx, [...deliveries.keys()])
  const answers = await prepareMessages(tx, preparers, kept)
  const endedAt = new Date(tx.at.getTime() + ANSWERED_MS)
  const sent = kept.flatMap(({ id }) => {
    const answer = answers.get(id)!
    const delivery = deliveries.get(id)!
    return 'withhold' in answer ? [] : [{ id, html: answer.send.html, delivery, after: afterAttempt(delivery.outcome, 1, endedAt) }]
  })
  writeOut(tx, sent)
  insertAttempts(
    tx,
    sent.map(({ id, delivery }) => ({ messageId: id, no: 1, begunAt: tx.at, endedAt, ...delivery, byPerson: null })),
  )
  settle(
    tx,
    sent.map(({ id, after, delivery: { answer } }) => {
      const counted = { attempts: 1, tries: 1, refusedRecipients: 0 }
      return { id, ...after, ...counted, answer, sentAt: after.status === 'sent' ? endedAt : null }
    }),
  )
  for (const trouble of ['failed', 'uncertain'] as const) {
    const first = sent.find(({ after }) => after.status === trouble)
    if (first !== undefined) await tellOfTrouble(tx, trouble, first.id)
  }
}

async function lockKept(tx: Tx, ids: readonly string[]): Promise<ClaimedMessage[]> {
  return tx.all<ClaimedMessage>(sql`select m.id, m.business_key, m.kind, m.entity, m.entity_id, m.customer_id, m.person_id, m.recipients as "to", m.language, m.subject, m.file_ids, m.attempts,
      m.version, c.html, c.frame_id, c.facts, c.text
    from ar.messages m join ar.message_contents c on c.tenant_id = m.tenant_id and c.message_id = m.id
    where m.tenant_id = ${tx.caller.tenantId} and m.status = 'kept' and m.id = any(${ids}::uuid[]) order by m.id limit 1000 for no key update of m`)
}
