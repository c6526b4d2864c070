import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { isDatabaseAway } from '../../platform/database-errors.ts'
import { claimMessages, dueKinds } from './claim-messages.command.ts'
import { letGo, prolongHold } from './hold-messages.command.ts'
import type { Preparers } from './prepare-messages.command.ts'
import { putOffMessage } from './put-off-message.command.ts'
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
 * of its own. Kinds take turns, and share the limit of the minute. Ends when nothing is due, the limit is reached, the mail server cannot be reached, or its turn is over. A message whose
 * preparer fails stops neither the others of its kind nor other kinds: it is put off, and the first error is thrown at the end.
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
    await sendInTurn({ sender, preparers, lanes, failures }, await db.transaction(caller, dueKinds), until)
    if (performance.now() > until) await db.transaction(caller, async (tx) => tx.job(SEND_TASK, {}, sendKey(caller.tenantId)))
  } finally {
    clearInterval(beat)
    lanes.close()
    await db.transaction(caller, (tx) => letGo(tx, senderId)).catch(() => undefined) // otherwise the lease ends
  }
  if (failures.length > 0) throw failures[0]
}

type Sending = { readonly sender: Sender; readonly preparers: Preparers; readonly lanes: Lanes; readonly failures: unknown[] }

/** A batch of each kind, round after round. Who begins is left to chance: a limit too small for all would else always be the first one's. */
async function sendInTurn(sending: Sending, kinds: readonly string[], until: number): Promise<void> {
  const { sender, lanes, failures } = sending
  const first = Math.floor(Math.random() * kinds.length)
  let waiting = [...kinds.slice(first), ...kinds.slice(0, first)]
  while (waiting.length > 0) {
    const more: string[] = []
    for (const [place, kind] of waiting.entries()) {
      if (sender.signal.aborted || lanes.isServerAway() || performance.now() > until) return
      const isMore = await sendBatch(sending, kind, waiting.length - place).catch((error: unknown) => {
        failures.push(error)
        return false
      })
      if (isMore) more.push(kind)
    }
    waiting = more
  }
}

/** Whether there may be more of the kind. */
async function sendBatch(sending: Sending, kind: string, sharedBy: number): Promise<boolean> {
  const { sender, preparers, lanes } = sending
  const { db, caller, senderId } = sender
  let ids: readonly string[] = []
  const looked = (some: readonly string[]) => {
    ids = some
  }
  try {
    const claim = await db.transaction(caller, (tx) => claimMessages(tx, senderId, kind, preparers, BATCH_MOST, { sharedBy, looked }))
    ids = [] // what fails from here on is not the preparer
    if (claim.messages.length + claim.withheld === 0) return false
    await lanes.send(claim)
    return true
  } catch (error) {
    if (ids.length === 0 || isTransient(error)) throw error
    return sendOneByOne(sending, kind, ids)
  }
}

/** The messages of a batch that could not be prepared together, each alone. When every one of them fails, the preparer itself is broken: the kind waits for the sender's next turn. */
async function sendOneByOne({ sender, preparers, lanes, failures }: Sending, kind: string, ids: readonly string[]): Promise<boolean> {
  const { db, caller, senderId, signal } = sender
  let isOneRight = false
  for (const only of ids) {
    if (signal.aborted || lanes.isServerAway()) return false
    const claim = await db
      .transaction(caller, (tx) => claimMessages(tx, senderId, kind, preparers, 1, { only }))
      .catch(async (error: unknown) => {
        if (isTransient(error)) throw error
        failures.push(error)
        await db.transaction(caller, (tx) => putOffMessage(tx, only, error))
        return undefined
      })
    if (claim === undefined) continue
    isOneRight = true
    await lanes.send(claim)
  }
  return isOneRight
}

/** Says nothing about the message: the database is away, or somebody else was faster. */
function isTransient(error: unknown): boolean {
  return isDatabaseAway(error) || (error instanceof Problem && (error.kind === 'unavailable' || error.code === 'platform.conflict'))
}
