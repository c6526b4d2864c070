import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insertAttempts, keepQueued, settle } from './message.store.ts'
import { SEND_TASK, sendKey } from './send-task.ts'
import { tellOfTrouble } from './tell-of-trouble.command.ts'

const AT_ONCE_MOST = 1_000

type LeftRow = { id: string; begunAt: Date | null; attempts: number; tries: number; nextAt: Date }

/**
 * Every minute: messages whose sender is gone (killed, or silent for longer than its lease) are taken back. What it had not begun is queued again; what it had begun may have arrived
 * and is shown to a person. Then asks for a sender if something is due. While sending is off nothing waits: what was queued is kept.
 */
export async function lookAfterOutbox(tx: Tx): Promise<void> {
  const { tenantId } = tx.caller
  const { on, isDue } = await tx.one<{ on: boolean; isDue: boolean }>(sql`select t.sending_enabled as on,
    exists (select from ar.messages m where m.tenant_id = t.tenant_id and m.status = 'queued' and m.next_at <= ${tx.at}) as is_due
    from ar.tenants t where t.tenant_id = ${tenantId}`)
  const isLeft = await takeBackLeft(tx, on ? 'queued' : 'kept')
  if (!isDue && !isLeft) return
  if (on) tx.job(SEND_TASK, {}, sendKey(tenantId))
  else await keepQueued(tx)
}

/** Whether there was anything. `again`: what a message is that had not been begun. */
async function takeBackLeft(tx: Tx, again: 'queued' | 'kept'): Promise<boolean> {
  const left = await tx.all<LeftRow>(sql`select m.id, m.begun_at, m.attempts, m.tries, m.next_at from ar.messages m
    where m.tenant_id = ${tx.caller.tenantId} and m.status = 'sending' and m.lease_until < ${tx.at}
    order by m.lease_until limit ${AT_ONCE_MOST} for no key update skip locked`)
  const begun = left.filter((row) => row.begunAt !== null)
  const lost = { code: null, answer: '', recipients: [], byPerson: null, outcome: 'uncertain' as const }
  insertAttempts(
    tx,
    begun.map(({ id, begunAt, attempts }) => ({ messageId: id, no: attempts + 1, begunAt: begunAt!, endedAt: tx.at, ...lost })),
  )
  settle(
    tx,
    left.map(({ id, begunAt, attempts, tries, nextAt }) =>
      begunAt === null
        ? { id, status: again, reason: null, answer: null, attempts, tries, refusedRecipients: 0, nextAt, sentAt: null }
        : {
            id,
            status: 'uncertain',
            reason: 'senderGone',
            answer: '',
            attempts: attempts + 1,
            tries: tries + 1,
            refusedRecipients: 0,
            nextAt,
            sentAt: null,
          },
    ),
  )
  if (begun[0]) await tellOfTrouble(tx, 'uncertain', begun[0].id)
  return left.length > 0
}
