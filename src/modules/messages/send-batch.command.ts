import type { Claim, ReadyMessage } from './claim-messages.command.ts'
import { letGo } from './hold-messages.command.ts'
import { type Connection, connect, type Sender, sendOne } from './send-one.command.ts'

/** Connections to the mail server at once. */
const LANES = 4
/** What was claimed longer ago than this and not begun is looked at anew instead of sent. */
const FRESH_MS = 60_000
/** How long a message on the wire is waited for when the program stops. */
const LAST_WAIT_MS = 15_000

export type Lanes = {
  /** Sends a batch; what could not be begun goes back into the queue. */
  readonly send: (claim: Claim) => Promise<void>
  /** No connection could be made: to try further messages now would only count as attempts of theirs. */
  readonly isServerAway: () => boolean
  readonly close: () => void
}

/** Connections that stay open from batch to batch, each sending one message after the other. */
export function openLanes(sender: Sender): Lanes {
  const { db, caller, senderId, signal } = sender
  const connections: Connection[] = Array.from({ length: LANES }, () => ({ session: undefined }))
  const close = (): void => {
    for (const { session } of connections) session?.close()
  }
  signal.addEventListener('abort', () => setTimeout(close, LAST_WAIT_MS).unref(), { once: true })
  let isAway = false
  const work = async (connection: Connection, claim: Claim, waiting: ReadyMessage[], freshUntil: number): Promise<void> => {
    while (!isAway && !signal.aborted && performance.now() < freshUntil) {
      const message = waiting.shift()
      if (message === undefined) return
      const failure = await connect(sender, connection, claim.mail)
      if (failure !== undefined) isAway = true
      await sendOne(sender, connection, claim.mail, message, failure)
    }
  }
  /** One knocks before the others come: a server that refuses the password hears it once a turn, and no more often than it locks accounts for. */
  const knock = async ({ mail }: Claim, waiting: ReadyMessage[]): Promise<void> => {
    const [first] = connections
    const failure = waiting.length === 0 ? undefined : await connect(sender, first!, mail)
    if (failure === undefined) return
    isAway = true
    await sendOne(sender, first!, mail, waiting.shift()!, failure)
  }
  const send = async (claim: Claim): Promise<void> => {
    const waiting = [...claim.messages]
    const freshUntil = performance.now() + FRESH_MS
    const [first] = await Promise.allSettled([knock(claim, waiting)])
    const lanes = first.status === 'rejected' ? [] : connections
    const ended = [first, ...(await Promise.allSettled(lanes.map((connection) => work(connection, claim, waiting, freshUntil))))]
    if (waiting.length > 0) await db.transaction(caller, (tx) => letGo(tx, senderId))
    for (const one of ended) if (one.status === 'rejected') throw one.reason
  }
  return { send, isServerAway: () => isAway, close }
}
