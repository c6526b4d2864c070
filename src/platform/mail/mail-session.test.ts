import { type AddressInfo, createServer } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { type SinkOptions, type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import type { MailServer } from './mail-server.ts'
import { openMailSession } from './mail-session.ts'

const TO = ['one@customer.example.com', 'two@customer.example.com', 'three@customer.example.com']
const MESSAGE = Buffer.from(`Message-ID: <a@b.example.com>\r\nSubject: x\r\n\r\nhello\r\n.\r\n`)
const sinks: SmtpSink[] = []
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close()
})

const server = (sink: SmtpSink, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port: sink.port,
  security: 'none',
  user: null,
  password: null,
  ...more,
})
async function opened(options: SinkOptions, more: Partial<MailServer> = {}) {
  const sink = await startSmtpSink(options)
  sinks.push(sink)
  const session = await openMailSession(server(sink, more), { innerServers: [sink.name], connectMs: 2_000, silenceMs: 500 })
  return { sink, session }
}
const given = async (options: SinkOptions, message = MESSAGE) => {
  const { sink, session } = await opened(options)
  const delivery = await session.send({ from: 'a@ours.example.com', to: TO }, message)
  session.close()
  return { sink, delivery }
}

describe('S11, T83: what became of a message', () => {
  test('accepted, with the server’s words; a line with a dot arrives whole', async () => {
    const { sink, delivery } = await given({})
    expect(delivery).toEqual({ outcome: 'accepted', code: 250, answer: '250 2.0.0 taken as 1', recipients: [] })
    expect(sink.taken).toHaveLength(1)
    expect(sink.taken[0]).toMatchObject({ from: 'a@ours.example.com', to: TO, headerId: 'a@b.example.com' })
    expect(sink.taken[0]!.raw.endsWith('hello\r\n.')).toBe(true)
  })

  test.each([
    ['4xx at the sender', { mail: '451 4.7.1 greylisted' }, 'refusedForNow', 451],
    ['5xx at the sender', { mail: '550 5.7.1 not you' }, 'refused', 550],
    ['sign in first', { mail: '530 5.7.0 authentication required' }, 'notReached', 530],
    ['4xx at DATA', { data: '452 4.3.1 disk full' }, 'refusedForNow', 452],
    ['5xx at DATA', { data: '554 5.5.1 no' }, 'refused', 554],
    ['4xx after the message', { end: '451 4.3.0 try later' }, 'refusedForNow', 451],
    ['5xx after the message', { end: '554 5.7.1 looks like spam' }, 'refused', 554],
    ['421 after the message', { end: '421 4.3.2 going down' }, 'refusedForNow', 421],
    ['neither yes nor no after the message', { end: '354 go on' }, 'uncertain', 354],
    ['all recipients refused for good', { rcpt: () => '550 5.1.1 no such user' }, 'refused', 550],
    ['all recipients refused for now', { rcpt: () => '450 4.2.1 busy' }, 'refusedForNow', 450],
    [
      'one of them only for now',
      { rcpt: (to: string) => (to === TO[1] ? '450 4.2.1 busy' : '550 5.1.1 none') },
      'refusedForNow',
      undefined,
    ],
  ])('%s', async (_, script, outcome, code) => {
    const { sink, delivery } = await given({ script: () => script })
    expect(delivery.outcome).toBe(outcome)
    if (code !== undefined) expect(delivery).toMatchObject({ code, answer: expect.stringContaining(String(code)) })
    expect(sink.taken).toEqual([])
  })

  test('one of three recipients refused: accepted, and each recipient’s answer', async () => {
    const { sink, delivery } = await given({ script: () => ({ rcpt: (to) => (to === TO[1] ? '550 5.1.1 no such user' : undefined) }) })
    expect(delivery.outcome).toBe('accepted')
    expect(delivery.recipients.map((one) => [one.address, one.isAccepted, one.answer])).toEqual([
      [TO[0], true, ''],
      [TO[1], false, '550 5.1.1 no such user'],
      [TO[2], true, ''],
    ])
    expect(sink.taken[0]!.to).toEqual([TO[0], TO[2]])
  })

  test.each([['before the message', 'atMail'] as const])('cut %s: certainly not arrived', async (_, cut) => {
    expect((await given({ script: () => ({ cut }) })).delivery).toMatchObject({ outcome: 'notReached', code: null })
  })

  test('cut in the middle of a long message: certainly not arrived', async () => {
    const long = Buffer.from(`Subject: x\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(400_000))
    const { sink, delivery } = await given({ script: () => ({ cut: 'inData' }) }, long)
    expect(delivery).toMatchObject({ outcome: 'notReached', code: null })
    expect(sink.seen).toEqual([])
  })

  test('cut instead of the last answer: uncertain, whether the server took it or not', async () => {
    for (const isTaken of [true, false]) {
      const { sink, delivery } = await given({ script: () => ({ cut: 'afterData', isTaken }) })
      expect([delivery.outcome, sink.taken.length]).toEqual(['uncertain', isTaken ? 1 : 0])
    }
  })

  test('silence after the message: uncertain', async () => {
    const { delivery } = await given({ script: () => ({ delayMs: 5_000 }) })
    expect(delivery).toMatchObject({ outcome: 'uncertain', code: null, answer: expect.stringMatching(/timeout/i) })
  })

  test('a server that talks without end is left after a while: uncertain', async () => {
    const sink = await startSmtpSink({ script: () => ({ endlessEveryMs: 100 }) })
    sinks.push(sink)
    const session = await openMailSession(server(sink), { innerServers: [sink.name], connectMs: 2_000, silenceMs: 2_000, mostMs: 700 })
    expect(await session.send({ from: 'a@ours.example.com', to: TO }, MESSAGE)).toMatchObject({
      outcome: 'uncertain',
      answer: 'Timeout (ETIMEDOUT)',
    })
    expect(session.isOpen()).toBe(false)
  })

  test('several messages over one connection', async () => {
    const { sink, session } = await opened({})
    for (let index = 0; index < 30; index += 1)
      expect((await session.send({ from: 'a@ours.example.com', to: TO }, MESSAGE)).outcome).toBe('accepted')
    expect([sink.taken.length, sink.connections(), session.isOpen()]).toEqual([30, 1, true])
    session.close()
    expect((await session.send({ from: 'a@ours.example.com', to: TO }, MESSAGE)).outcome).toBe('notReached')
  })
})

describe('connecting', () => {
  test('refused greeting, wrong password, nobody there: nothing was sent', async () => {
    await expect(opened({ greeting: '554 5.3.2 no service' })).rejects.toMatchObject({ responseCode: 554 })
    await expect(opened({ auth: '535 5.7.8 wrong password' }, { user: 'u', password: 'p' })).rejects.toMatchObject({ responseCode: 535 })
    const { sink, session } = await opened({ auth: '235 welcome' }, { user: 'u', password: 'p:w' })
    expect(sink.signIns).toEqual(['u:p:w'])
    session.close()
    const gone = { host: '127.0.0.1', port: 1, security: 'none', user: null, password: null } as const
    await expect(openMailSession(gone, { innerServers: ['127.0.0.1:1'] })).rejects.toMatchObject({ code: 'ESOCKET' })
  })

  test('a greeting without end is left after a while', async () => {
    const talking = createServer((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 100)
      socket.on('error', () => undefined).on('close', () => clearInterval(timer))
    })
    const port = await new Promise<number>((resolve) => {
      talking.listen(0, '127.0.0.1', () => resolve((talking.address() as AddressInfo).port))
    })
    const at = { host: '127.0.0.1', port, security: 'none', user: null, password: null } as const
    await expect(openMailSession(at, { innerServers: [`127.0.0.1:${port}`], mostMs: 500 })).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    await new Promise<void>((resolve) => talking.close(() => resolve()))
  })

  test('STARTTLS that the server does not offer is not gone without', async () => {
    await expect(opened({}, { security: 'starttls', user: 'u', password: 'p' })).rejects.toThrow(/STARTTLS|TLS/)
    expect(sinks.at(-1)!.signIns).toEqual([])
  })

  test.each(['tls', 'starttls'] as const)(
    '%s with a certificate that nobody vouches for is refused before the password goes out',
    async (security) => {
      const signIns: string[] = []
      const strange = new SMTPServer({
        secure: security === 'tls',
        onAuth: (auth, _session, done) => {
          signIns.push(String(auth.username))
          done(null, { user: 'u' })
        },
      })
      strange.on('error', () => undefined)
      const port = await new Promise<number>((resolve) => {
        const listening = strange.listen(0, '127.0.0.1', () => resolve((listening.address() as { port: number }).port))
      })
      const at = { host: '127.0.0.1', port, security, user: 'u', password: 'p' }
      await expect(openMailSession(at, { innerServers: [`127.0.0.1:${port}`] })).rejects.toThrow(/certificate/i)
      expect(signIns).toEqual([])
      await new Promise<void>((resolve) => strange.close(resolve))
    },
  )

  test.each([
    ['127.0.0.1', 25, 'tls', 'innerHost'],
    ['localhost', 25, 'tls', 'innerHost'],
    ['::1', 465, 'tls', 'innerHost'],
    ['10.0.0.5', 587, 'starttls', 'innerHost'],
    ['169.254.169.254', 25, 'tls', 'forbiddenHost'],
    ['0.0.0.0', 25, 'tls', 'forbiddenHost'],
    ['8.8.8.8', 6379, 'tls', 'portNotForMail'],
    ['8.8.8.8', 25, 'none', 'plainOnlyHere'],
    ['no-such-host.invalid', 25, 'tls', 'hostUnknown'],
  ] as const)('%s:%i with %s is refused as %s', async (host, port, security, code) => {
    const at = { host, port, security, user: null, password: null }
    await expect(openMailSession(at, { innerServers: ['mail.example.com:25'] })).rejects.toMatchObject({ code })
  })

  test('the operator’s word does not open what is never a mail server', async () => {
    const at = { host: '169.254.169.254', port: 80, security: 'none', user: null, password: null } as const
    await expect(openMailSession(at, { innerServers: ['169.254.169.254:80'] })).rejects.toMatchObject({ code: 'forbiddenHost' })
  })
})
