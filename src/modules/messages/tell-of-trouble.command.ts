import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insertNotices } from './message.store.ts'

/** What a notice about the outbox says: a message failed, may or may not have arrived, did not go to all of its recipients, or could not be prepared. */
export type Trouble = 'failed' | 'uncertain' | 'partly' | 'notPrepared'

/** Tells administrators and finance managers, each once until they have read it: a thousand failures are one notice. */
export async function tellOfTrouble(tx: Tx, trouble: Trouble, messageId: string): Promise<void> {
  const { tenantId } = tx.caller
  const kind = `messages.${trouble}`
  // connections end at the same moment: the second looks when the first has told
  await tx.one(sql`select 1 as one from (select pg_advisory_xact_lock(hashtext('huikuan.trouble'), ${tenantId})) l`)
  const people = await tx.all<{ id: string }>(sql`select p.id from ar.people p
    where p.tenant_id = ${tenantId} and p.status = 'active' and p.role in ('administrator', 'financeManager')
      and not exists (select from ar.notifications n where n.tenant_id = p.tenant_id and n.person_id = p.id and n.kind = ${kind} and n.read_at is null)
    order by p.id limit 200`)
  insertNotices(
    tx,
    people.map(({ id }) => ({ id: uuid(), personId: id, kind, entity: 'message', entityId: messageId, params: {} })),
  )
}
