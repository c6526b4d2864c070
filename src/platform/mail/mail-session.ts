import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Delivery, deliveryOf, type SmtpFailure, type SmtpSuccess } from './delivery.ts'
import { addressOf, type MailServer } from './mail-server.ts'

const CONNECT_MS = 30_000
/** Silence of the server after which it is given up. RFC 5321 allows it minutes: giving up early makes an outcome uncertain that waiting would have told. */
const SILENCE_MS = 300_000
/** Opening a session, and handing one message over, whatever the server says meanwhile: one that speaks a letter a minute would hold a sender's place for ever. */
const OPENING_MOST_MS = 120_000
const HANDING_MOST_MS = 900_000
const PIECE_BYTES = 65_536

export type Envelope = { readonly from: string; readonly to: readonly string[] }
export type SessionOptions = {
  readonly innerServers: readonly string[]
  readonly connectMs?: number
  readonly silenceMs?: number
  /** In place of OPENING_MOST_MS and HANDING_MOST_MS. */
  readonly mostMs?: number
}

/** One connection to a mail server, signed in. Used for several messages, one after the other. */
export type MailSession = {
  /** Hands one message over. Never throws: says what became of it. After anything but acceptance the session is closed. */
  readonly send: (envelope: Envelope, message: Buffer) => Promise<Delivery>
  readonly isOpen: () => boolean
  readonly close: () => void
}

/** Connects and signs in. Throws MailServerRefused, or the connection's own error with the server's words (`response`). Nothing has been sent then. */
export async function openMailSession(server: MailServer, options: SessionOptions): Promise<MailSession> {
  const address = await addressOf(server, options.innerServers)
  const connection = new SMTPConnection({
    host: address,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(isIP(server.host) === 0 ? { servername: server.host } : {}) },
    connectionTimeout: options.connectMs ?? CONNECT_MS,
    greetingTimeout: options.connectMs ?? CONNECT_MS,
    socketTimeout: options.silenceMs ?? SILENCE_MS,
    logger: false,
  })
  let open = true
  connection.on('end', () => (open = false))
  const close = (): void => {
    open = false
    connection.close()
  }
  const late = deadline(options.mostMs ?? OPENING_MOST_MS)
  try {
    await Promise.race([opened(connection, server), late.failure.then((failure) => Promise.reject(failure))])
  } catch (error) {
    close()
    throw error
  } finally {
    late.stop()
  }
  return { send: (envelope, message) => hand(connection, envelope, message, close, options.mostMs), isOpen: () => open, close }
}

async function opened(connection: SMTPConnection, { user, password }: MailServer): Promise<void> {
  await connected(connection)
  if (user !== null) await signedIn(connection, { user, pass: password ?? '' })
}

function connected(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject) // later ones find the promise settled: whoever waits then is told by its own call
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
}

function signedIn(connection: SMTPConnection, credentials: { user: string; pass: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.login({ credentials }, (error) => (error ? reject(error) : resolve()))
  })
}

async function hand(
  connection: SMTPConnection,
  envelope: Envelope,
  message: Buffer,
  close: () => void,
  mostMs = HANDING_MOST_MS,
): Promise<Delivery> {
  const body = bodyOf(message)
  const ended = listenOnce(connection, 'end')
  const late = deadline(mostMs)
  const answer = await Promise.race([
    new Promise<SmtpAnswer>((resolve) => {
      connection.send({ from: envelope.from, to: [...envelope.to] }, body.stream, (failure, success) =>
        resolve(failure ? { failure: failure as SmtpFailure } : { success: success as SmtpSuccess }),
      )
    }),
    ended.heard.then((): SmtpAnswer => ({ failure: { message: 'Connection closed', code: 'ECONNECTION' } })),
    late.failure.then((failure): SmtpAnswer => ({ failure })),
  ])
  ended.stop()
  late.stop()
  const delivery = deliveryOf(answer, { isWholeBodyRead: body.isWholeRead(), to: envelope.to })
  if (delivery.outcome !== 'accepted') close()
  return delivery
}

type SmtpAnswer = { readonly failure: SmtpFailure } | { readonly success: SmtpSuccess }

function deadline(ms: number): { failure: Promise<SmtpFailure>; stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<SmtpFailure>()
  const timer = setTimeout(() => resolve(Object.assign(new Error('Timeout'), { code: 'ETIMEDOUT' })), ms)
  return { failure: promise, stop: () => clearTimeout(timer) }
}

/** Heard after everything else that the same event settles. */
function listenOnce(connection: SMTPConnection, event: string): { heard: Promise<void>; stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const listener = (): void => void setImmediate(resolve)
  connection.once(event, listener)
  return { heard: promise, stop: () => connection.off(event, listener) }
}

/** The message as a stream that knows whether its end was taken: from then on the server may have it. */
function bodyOf(message: Buffer): { stream: Readable; isWholeRead: () => boolean } {
  let at = 0
  let isWhole = false
  const stream = new Readable({
    read() {
      isWhole = at >= message.length
      this.push(isWhole ? null : message.subarray(at, at + PIECE_BYTES))
      at += PIECE_BYTES
    },
  })
  return { stream, isWholeRead: () => isWhole }
}
