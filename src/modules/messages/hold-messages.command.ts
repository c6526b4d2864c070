import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { giveBack, prolongLeases } from './message.store.ts'

const HELD_MOST = 1_000

/** Says that this sender lives: what it holds stays its own for a while longer. */
export async function prolongHold(tx: Tx, senderId: string): Promise<void> {
  prolongLeases(tx, await heldBy(tx, senderId, 'all'))
}

/** What was claimed and not begun goes back into the queue. */
export async function letGo(tx: Tx, senderId: string): Promise<void> {
  giveBack(tx, await heldBy(tx, senderId, 'notBegun'))
}

async function heldBy(tx: Tx, senderId: string, which: 'all' | 'notBegun'): Promise<string[]> {
  const rows = await tx.all<{ id: string }>(sql`select m.id from ar.messages m
    where m.tenant_id = ${tx.caller.tenantId} and m.status = 'sending' and m.sender_id = ${senderId} and (${which} = 'all' or m.begun_at is null)
    order by m.id limit ${HELD_MOST} for no key update`)
  return rows.map((row) => row.id)
}
