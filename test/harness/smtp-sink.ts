import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the server does with one message. Empty: it takes it. Replies are whole lines ('550 5.1.1 no such user'). */
export type Script = {
  readonly mail?: string
  /** Reply to a recipient; undefined accepts it. */
  readonly rcpt?: (address: string) => string | undefined
  /** Reply to the word DATA. */
  readonly data?: string
  /** Reply to the end of the message. */
  readonly end?: string
  /** Waits before the reply to the end of the message. */
  readonly delayMs?: number
  /** Cuts the connection: at MAIL, after the first piece of the message, or instead of the last reply, when the message is there. */
  readonly cut?: 'atMail' | 'inData' | 'afterData'
  /** With cut 'afterData': whether the message had been taken all the same. */
  readonly isTaken?: boolean
  /** Answers the end of the message with one more line of a reply that never ends, each so many milliseconds. */
  readonly endlessEveryMs?: number
}
export type TakenMail = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly headerId: string
  readonly text: string
}
export type SmtpSink = {
  readonly port: number
  /** host:port, as HUIKUAN_INNER_MAIL_SERVERS names it. */
  readonly name: string
  /** Messages that the server is responsible for: those it said 250 to, and those it took before it cut the line. */
  readonly taken: TakenMail[]
  /** Everything whose end arrived, taken or not. */
  readonly seen: TakenMail[]
  /** Sign-ins: user and password as they came. */
  readonly signIns: string[]
  connections(): number
  close(): Promise<void>
}
export type SinkOptions = {
  /** Asked at each MAIL FROM: `count` messages were begun before. */
  readonly script?: (count: number) => Script
  readonly greeting?: string
  /** Reply to AUTH PLAIN; undefined: none is offered. */
  readonly auth?: string
  readonly port?: number
}

/** A mail server on this machine that does what it is told, and keeps what it took. */
export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
  const taken: TakenMail[] = []
  const seen: TakenMail[] = []
  const signIns: string[] = []
  const sockets = new Set<Socket>()
  let count = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
    const next = (): Script => options.script?.(count++) ?? {}
    void talk(socket, options, { next, taken, seen, signIns }).catch(() => socket.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    name: `127.0.0.1:${port}`,
    taken,
    seen,
    signIns,
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

type Books = { readonly next: () => Script; readonly taken: TakenMail[]; readonly seen: TakenMail[]; readonly signIns: string[] }

async function talk(
  socket: Socket,
  { greeting = '220 sink ESMTP', auth }: SinkOptions,
  { next, taken, seen, signIns }: Books,
): Promise<void> {
  const lines = linesOf(socket)
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  say(greeting)
  let script: Script = {}
  let from = ''
  let to: string[] = []
  for await (const line of lines) {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') say(auth === undefined ? '250-sink\r\n250 PIPELINING' : '250-sink\r\n250-PIPELINING\r\n250 AUTH PLAIN')
    else if (verb === 'AUTH') {
      signIns.push(
        Buffer.from(line.split(' ')[2] ?? '', 'base64')
          .toString()
          .split('\0')
          .slice(1)
          .join(':'),
      )
      say(auth ?? '502 no')
    } else if (verb === 'MAIL') {
      script = next()
      from = addressIn(line)
      to = []
      if (script.cut === 'atMail') return void socket.destroy()
      say(script.mail ?? '250 ok')
    } else if (verb === 'RCPT') {
      const refused = script.rcpt?.(addressIn(line))
      if (refused === undefined) to.push(addressIn(line))
      say(refused ?? '250 ok')
    } else if (verb === 'DATA') {
      const refused = script.mail ?? script.data ?? (to.length === 0 ? '554 no valid recipients' : undefined)
      if (refused !== undefined) {
        say(refused)
        continue
      }
      say('354 go on')
      const raw = await bodyOf(lines, () => script.cut === 'inData' && socket.destroy())
      if (raw === undefined) return
      const mail = { from, to, raw, headerId: /^Message-ID: <(.*)>/im.exec(raw)?.[1] ?? '', text: raw }
      seen.push(mail)
      if (script.delayMs !== undefined) await sleep(script.delayMs)
      if (script.endlessEveryMs !== undefined) await talkOn(socket, script.endlessEveryMs)
      const isTaken = script.cut === 'afterData' ? (script.isTaken ?? true) : (script.end ?? '250').startsWith('2')
      if (isTaken) taken.push(mail)
      if (script.cut === 'afterData') return void socket.destroy()
      say(script.end ?? `250 2.0.0 taken as ${taken.length}`)
    } else if (verb === 'RSET' || verb === 'NOOP') say('250 ok')
    else if (verb === 'QUIT') {
      say('221 bye')
      return void socket.end()
    } else say('502 not understood')
  }
}

async function talkOn(socket: Socket, everyMs: number): Promise<void> {
  for (; !socket.destroyed; await sleep(everyMs)) socket.write('250-wait\r\n')
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? ''
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = ''
  socket.setEncoding('utf8')
  for await (const piece of socket) {
    rest += piece as string
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      yield line
    }
  }
}

/** Up to the line with the dot; undefined when the connection ended before. */
async function bodyOf(lines: AsyncGenerator<string>, onFirst: () => unknown): Promise<string | undefined> {
  const body: string[] = []
  for (;;) {
    const { value, done } = await lines.next()
    if (done) return undefined
    if (value === '.') return body.join('\r\n')
    if (body.length === 0) onFirst()
    body.push(value.startsWith('.') ? value.slice(1) : value)
  }
}
