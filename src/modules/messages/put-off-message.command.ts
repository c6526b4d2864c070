import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { problemSentence } from '../../platform/words.ts'
import { afterNotPrepared } from './after-attempt.ts'
import { settle } from './message.store.ts'
import { tellOfTrouble } from './tell-of-trouble.command.ts'

/** Characters of an error that are kept. */
const SAID_MOST = 500

/** A message that its preparer fails at is put off, with growing waits, so that it keeps no other one waiting; people are told. Does nothing when it waits no longer. */
export async function putOffMessage(tx: Tx, id: string, error: unknown): Promise<void> {
  const row = await tx.maybe<{ attempts: number; tries: number }>(
    sql`select m.attempts, m.tries from ar.messages m where m.tenant_id = ${tx.caller.tenantId} and m.id = ${id} and m.status = 'queued' for no key update`,
  )
  if (row === undefined) return
  const said = error instanceof Problem ? problemSentence(tx.caller.language, error.code, error.params) : String((error as Error).message)
  const tries = row.tries + 1
  const after = afterNotPrepared(tries, tx.at)
  settle(tx, [{ id, ...after, answer: said.slice(0, SAID_MOST), attempts: row.attempts, tries, refusedRecipients: 0, sentAt: null }])
  await tellOfTrouble(tx, after.status === 'failed' ? 'failed' : 'notPrepared', id)
}
