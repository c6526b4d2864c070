import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../../kernel/problem.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database } from '../../platform/db.ts'
import { composeMail } from '../../platform/mail/compose-mail.ts'
import { type Delivery, notReached } from '../../platform/mail/delivery.ts'
import type { MailAccess } from '../../platform/mail/mail-access.ts'
import { MailServerRefused } from '../../platform/mail/mail-server.ts'
import { type MailSession, openMailSession } from '../../platform/mail/mail-session.ts'
import { problemSentence } from '../../platform/words.ts'
import type { ReadyMessage } from './claim-messages.command.ts'
import { type StoredMailSettings, serverOf } from './mail-settings.query.ts'
import { attachmentsOf } from './message-files.query.ts'
import { beginMessage, settleMessage } from './settle-message.command.ts'

/** How long an outcome is tried to be written while the database is away. After that the message is uncertain, which is true: it was not written down. */
const WRITE_FOR_MS = 120_000
const WRITE_AGAIN_MS = 500

export type Sender = {
  readonly db: Database
  readonly caller: Caller
  readonly senderId: string
  readonly mail: MailAccess
  /** Raised when the program is to stop: nothing new is begun. */
  readonly signal: AbortSignal
}
/** A place for one session, which is replaced when it ends. */
export type Connection = { session: MailSession | undefined }

/** Makes sure that there is an open session; otherwise says why there is none. Nothing has been sent then. */
export async function connect({ caller, mail }: Sender, connection: Connection, stored: StoredMailSettings): Promise<Delivery | undefined> {
  if (connection.session?.isOpen()) return undefined
  try {
    connection.session = await openMailSession(serverOf(stored, caller.tenantId, mail), { innerServers: mail.innerServers })
    return undefined
  } catch (error) {
    connection.session = undefined
    if (error instanceof MailServerRefused)
      return {
        outcome: 'notReached',
        code: null,
        answer: problemSentence(caller.language, `messages.${error.code}`, error.params),
        recipients: [],
      }
    return notReached(error)
  }
}

/** One message over an open session, or its failure to connect written down. Whatever happens on the wire ends as a row; only the database's own failures are thrown. */
export async function sendOne(
  sender: Sender,
  connection: Connection,
  stored: StoredMailSettings,
  message: ReadyMessage,
  failure: Delivery | undefined,
): Promise<void> {
  const { db, caller, senderId } = sender
  const begunAt = db.now()
  if (failure !== undefined) return writeDown(sender, message, failure, begunAt)
  const mail = await compose(sender, stored, message)
  if (!Buffer.isBuffer(mail)) return writeDown(sender, message, mail, begunAt)
  if (!(await db.transaction(caller, (tx) => beginMessage(tx, senderId, message.id)))) return
  const envelope = { from: stored.settings.senderAddress, to: message.to }
  let delivery = await connection.session!.send(envelope, mail)
  // A session that ended while nobody used it shows only now, before any of this message was taken: a new one is tried at once.
  if (delivery.outcome === 'notReached') {
    const again = await connect(sender, connection, stored)
    delivery = again ?? (await connection.session!.send(envelope, mail))
  }
  await writeDown(sender, message, delivery, begunAt)
}

async function compose({ db, caller }: Sender, { settings }: StoredMailSettings, message: ReadyMessage): Promise<Buffer | Delivery> {
  try {
    const attachments = await db.read(caller, (reader) => attachmentsOf(reader, message.fileIds))
    const from = { name: settings.senderName, address: settings.senderAddress }
    const replyTo = settings.replyTo === '' ? null : settings.replyTo
    return await composeMail({ ...message, from, replyTo, date: db.now(), attachments })
  } catch (error) {
    if (error instanceof Problem) throw error
    return { outcome: 'refused', code: null, answer: (error as Error).message, recipients: [] }
  }
}

/** The outcome in a transaction of its own, again and again while the database is away: what the mail server said is said only once. */
async function writeDown({ db, caller, senderId }: Sender, message: ReadyMessage, delivery: Delivery, begunAt: Date): Promise<void> {
  const until = performance.now() + WRITE_FOR_MS
  for (;;) {
    try {
      return await db.transaction(caller, (tx) => settleMessage(tx, senderId, message, delivery, begunAt))
    } catch (error) {
      const isAway = error instanceof Problem && error.code === 'platform.databaseAway'
      if (!isAway || performance.now() > until) throw error
      await sleep(WRITE_AGAIN_MS)
    }
  }
}
