import { uuid } from '../../kernel/uuid.ts'
import { claimMessages, dueKinds } from './claim-messages.command.ts'
import { letGo, prolongHold } from './hold-messages.command.ts'
import type { Preparers } from './prepare-messages.command.ts'
import { type Lanes, openLanes } from './send-batch.command.ts'
import type { Sender } from './send-one.command.ts'
import { SEND_TASK, sendKey } from './send-task.ts'

/** Messages that one claim takes. Small, so that what is looked at once more in the claim is sent within moments. */
const BATCH_MOST = 20
/** How often a sender says that it lives; its lease is several times longer. */
const BEAT_MS = 20_000
/** After this a sender lets another company have its place and asks for its own next turn. */
const TURN_MS = 300_000

/**
 * Works off one company's outbox: claims a batch (skipping what other senders hold), hands each message to the mail server outside of any transaction, writes each outcome in a transaction
 * of its own. Ends when nothing is due, the limit of the minute is reached, the mail server cannot be reached, or its turn is over. A kind whose preparer fails does not stop the others:
 * its error is thrown at the end.
 */
export async function sendDueMessages(options: Omit<Sender, 'senderId'>, preparers: Preparers): Promise<void> {
  const sender: Sender = { ...options, senderId: uuid() }
  const { db, caller, senderId } = sender
  const lanes = openLanes(sender)
  // A beat that fails is made up for by the next one: the lease is longer than several.
  const beat = setInterval(() => void db.transaction(caller, (tx) => prolongHold(tx, senderId)).catch(() => undefined), BEAT_MS)
  const failures: unknown[] = []
  try {
    const until = performance.now() + TURN_MS
    for (const kind of await db.transaction(caller, dueKinds))
      await sendKind(sender, preparers, kind, lanes, until).catch((error: unknown) => failures.push(error))
    if (performance.now() > until) await db.transaction(caller, async (tx) => tx.job(SEND_TASK, {}, sendKey(caller.tenantId)))
  } finally {
    clearInterval(beat)
    lanes.close()
    await db.transaction(caller, (tx) => letGo(tx, senderId)).catch(() => undefined) // otherwise the lease ends
  }
  if (failures.length > 0) throw failures[0]
}

async function sendKind(sender: Sender, preparers: Preparers, kind: string, lanes: Lanes, until: number): Promise<void> {
  const { db, caller, senderId, signal } = sender
  while (!signal.aborted && !lanes.isServerAway() && performance.now() < until) {
    const claim = await db.transaction(caller, (tx) => claimMessages(tx, senderId, kind, preparers, BATCH_MOST))
    if (claim.messages.length + claim.withheld === 0) return
    await lanes.send(claim)
  }
}
