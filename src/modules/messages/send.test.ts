import PostalMime from 'postal-mime'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { connectToSink, messageStatuses, newMessage, queue, storedMessage, switchSendingTo } from '../../../test/harness/outbox.ts'
import { type SinkOptions, type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { sql } from '../../platform/sql.ts'
import { claimMessages } from './claim-messages.command.ts'
import { compileMessage } from './compile-message.query.ts'
import { lookAfterOutbox } from './look-after-outbox.command.ts'
import type { Preparers } from './prepare-messages.command.ts'
import { sendDueMessages } from './send-messages.command.ts'
import { beginMessage, settleMessage } from './settle-message.command.ts'

const START = '2026-11-21T02:00:00Z'
let app: TestApp
let company: TestCompany
const sinks: SmtpSink[] = []
beforeAll(async () => {
  app = await startTestApp(START)
})
afterAll(() => app.close())
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close()
  app.setNow(START)
})

/** A company whose mail goes to a server that behaves like this. */
async function connected(options: SinkOptions = {}, more: object = {}): Promise<SmtpSink> {
  company = await app.company()
  const sink = await startSmtpSink(options)
  sinks.push(sink)
  await connectToSink(app, company, sink, more)
  return sink
}
const send = (preparers: Preparers = {}) =>
  sendDueMessages({ db: app.db, caller: company.system, mail: app.mail, signal: new AbortController().signal }, preparers)
const look = () => app.db.transaction(company.system, lookAfterOutbox)
const stored = (key: string) => storedMessage(app, company, key)
const later = (minutes: number) => app.setNow(new Date(Date.parse(START) + minutes * 60_000).toISOString())
const attempts = (key: string) =>
  app.db.read(company.system, (reader) =>
    reader.all<{ outcome: string; code: number | null; answer: string; recipients: unknown[] }>(
      sql`select a.outcome, a.code, a.answer, a.recipients from ar.message_attempts a join ar.messages m on m.tenant_id = a.tenant_id and m.id = a.message_id
        where a.tenant_id = ${company.tenantId} and m.business_key = ${key} order by a.no`,
    ),
  )
const decide = (key: string, decision: string, who: 'financeManager' | 'administrator' | 'collector' = 'financeManager') =>
  stored(key).then(({ id, version }) => company.people[who].post('/api/messages/decisions', { messages: [{ id, version }], decision }))

describe('a message that is sent', () => {
  test('arrives with its words, sender, reply address and a Message-ID of its own; the attempt is kept', async () => {
    const sink = await connected()
    await queue(app, company, [
      newMessage('m', {
        subject: '关于 3 笔到期款项\r\nBcc: evil@x.example.com',
        to: ['a@customer.example.com', 'b@customer.example.com'],
      }),
    ])
    await app.drain()
    expect(await stored('m')).toMatchObject({ status: 'sent', attempts: 1, answer: '250 2.0.0 taken as 1' })
    expect(await attempts('m')).toMatchObject([{ outcome: 'accepted', code: 250 }])
    const [mail] = sink.taken
    expect(mail!.to).toEqual(['a@customer.example.com', 'b@customer.example.com'])
    const { id, headerId } = await stored('m')
    expect([headerId, mail!.headerId]).toEqual([`${id}@ours.example.com`, `${id}@ours.example.com`])
    const read = await PostalMime.parse(mail!.raw)
    expect(read).toMatchObject({
      subject: '关于 3 笔到期款项 Bcc: evil@x.example.com',
      from: { name: '华东钢铁 财务部', address: 'finance@ours.example.com' },
      replyTo: [{ address: 'ar@ours.example.com' }],
      text: expect.stringContaining('您好'),
      html: expect.stringContaining('<p>您好</p>'),
    })
    expect(read.bcc ?? []).toEqual([])
    expect(mail!.raw).toMatch(/^Auto-Submitted: auto-generated/im)
  })

  test('goes out with the HTML of its frame when it was queued without, and keeps what went out', async () => {
    const sink = await connected()
    const { late, fill } = await compileMessage({
      language: 'zh-CN',
      subject: '{{company}}',
      blocks: [{ kind: 'text', text: '{{name}}，您好' }],
      why: 'x',
    })
    const facts = { company: '华东钢铁', name: '王<芳>' }
    await queue(app, company, [newMessage('late', late(facts))])
    await app.drain()
    const { html } = fill(facts)
    expect((await PostalMime.parse(sink.taken[0]!.raw)).html?.trim()).toBe(html.trim())
    const kept = await app.db.read(company.system, (reader) =>
      reader.all<{ html: string }>(sql`select c.html from ar.message_contents c where c.tenant_id = ${company.tenantId}`),
    )
    expect(kept).toEqual([{ html }])
  })

  test('thousands of them: one each, over few connections', async () => {
    const sink = await connected()
    await queue(
      app,
      company,
      Array.from({ length: 300 }, (_, index) => newMessage(`n ${index}`)),
    )
    await app.drain()
    expect(await messageStatuses(app, company)).toEqual({ sent: 300 })
    expect(new Set(sink.taken.map((mail) => mail.headerId)).size).toBe(300)
    expect(sink.taken).toHaveLength(300)
  })

  test('two senders at once: none twice', async () => {
    const sink = await connected()
    await queue(
      app,
      company,
      Array.from({ length: 120 }, (_, index) => newMessage(`two ${index}`)),
    )
    await Promise.all([send(), send(), send()])
    expect([sink.taken.length, new Set(sink.taken.map((mail) => mail.headerId)).size]).toEqual([120, 120])
    expect(await messageStatuses(app, company)).toEqual({ sent: 120 })
  })

  test('no more a minute than the company allows', async () => {
    const sink = await connected({}, { perMinute: 7 })
    await queue(
      app,
      company,
      Array.from({ length: 20 }, (_, index) => newMessage(`slow ${index}`)),
    )
    await send()
    expect(sink.taken).toHaveLength(7)
    await send()
    expect(sink.taken).toHaveLength(7)
    later(2)
    await send()
    expect(sink.taken).toHaveLength(14)
  })
})

describe('a message that is not', () => {
  test('refused for good: failed, with the server’s words; told to those who can do something', async () => {
    await connected({ script: () => ({ end: '554 5.7.1 looks like spam' }) })
    await queue(app, company, [newMessage('m'), newMessage('m2')])
    await send()
    expect(await stored('m')).toMatchObject({ status: 'failed', reason: 'refused', answer: '554 5.7.1 looks like spam', attempts: 1 })
    for (const role of ['administrator', 'financeManager'] as const)
      expect((await company.people[role].get('/api/notifications')).body.items).toMatchObject([
        { kind: 'messages.failed', entity: 'message' },
      ])
    expect((await company.people.arAccountant.get('/api/notifications')).body.items).toEqual([])
  })

  test('refused for now: again after a wait that grows, at most ten times', async () => {
    const sink = await connected({ script: () => ({ mail: '451 4.7.1 greylisted' }) })
    await queue(app, company, [newMessage('m')])
    await send()
    expect(await stored('m')).toMatchObject({ status: 'queued', reason: 'refusedForNow', answer: '451 4.7.1 greylisted', attempts: 1 })
    await send()
    expect((await stored('m')).attempts).toBe(1)
    later(1)
    await send()
    expect((await stored('m')).attempts).toBe(2)
    for (let hours = 1; hours < 100; hours += 9) {
      later(hours * 60)
      await send()
    }
    expect(await stored('m')).toMatchObject({ status: 'failed', reason: 'gaveUp', attempts: 10, tries: 10 })
    expect(sink.taken).toEqual([])
  })

  test('nobody at the other end: one attempt is counted, the others wait untouched', async () => {
    const sink = await connected()
    await sink.close()
    sinks.splice(0)
    await queue(
      app,
      company,
      Array.from({ length: 40 }, (_, index) => newMessage(`away ${index}`)),
    )
    await send()
    const { sum } = await app.db.read(company.system, (reader) =>
      reader.one<{ sum: bigint }>(sql`select sum(m.attempts) as sum from ar.messages m where m.tenant_id = ${company.tenantId}`),
    )
    expect(Number(sum)).toBeLessThanOrEqual(4)
    expect(await messageStatuses(app, company)).toEqual({ queued: 40 })
  })

  test('one of three recipients refused: sent, and it is shown which', async () => {
    await connected({ script: () => ({ rcpt: (to) => (to.startsWith('gone') ? '550 5.1.1 no such user' : undefined) }) })
    await queue(app, company, [newMessage('m', { to: ['a@customer.example.com', 'gone@customer.example.com', 'c@customer.example.com'] })])
    await send()
    expect(await stored('m')).toMatchObject({ status: 'sent', refusedRecipients: 1 })
    expect((await attempts('m'))[0]!.recipients).toContainEqual({
      address: 'gone@customer.example.com',
      isAccepted: false,
      answer: '550 5.1.1 no such user',
    })
    expect((await company.people.administrator.get('/api/notifications')).body.items).toMatchObject([{ kind: 'messages.partly' }])
  })

  test('cut between the end of the message and the answer: uncertain, and never sent again by itself', async () => {
    const sink = await connected({ script: () => ({ cut: 'afterData' }) })
    await queue(app, company, [newMessage('m')])
    await send()
    expect(await stored('m')).toMatchObject({ status: 'uncertain', reason: 'unanswered', attempts: 1 })
    for (const hours of [1, 24, 240]) {
      later(hours * 60)
      await look()
      await send()
    }
    expect(sink.taken).toHaveLength(1)
  })
})

describe('what the preparer says', () => {
  test('withheld in the claiming transaction, the others with the words of this moment', async () => {
    const sink = await connected()
    await queue(app, company, [newMessage('paid', { kind: 'k' }), newMessage('due', { kind: 'k' }), newMessage('other')])
    const asked: string[][] = []
    await send({
      k: async (_tx, messages) => {
        asked.push(messages.map((message) => message.businessKey).sort())
        return new Map(
          messages.map((message) => [
            message.id,
            message.businessKey === 'paid'
              ? { withhold: 'paid' }
              : { send: { subject: 'now', html: '<p>now</p>', text: 'now', to: ['moved@customer.example.com'] } },
          ]),
        )
      },
    })
    expect(asked).toEqual([['due', 'paid']])
    expect(await stored('paid')).toMatchObject({ status: 'withheld', reason: 'paid', attempts: 0 })
    expect(sink.taken.map((mail) => mail.to[0]).sort()).toEqual(['finance@customer.example.com', 'moved@customer.example.com'])
    const shown = (await company.people.collector.get(`/api/messages/${(await stored('due')).id}`)).body
    expect(shown).toMatchObject({ subject: 'now', html: '<p>now</p>', text: 'now', to: ['moved@customer.example.com'], status: 'sent' })
  })

  test('a preparer that fails sends nothing of its kind and stops no other', async () => {
    const sink = await connected()
    await queue(app, company, [newMessage('a', { kind: 'broken' }), newMessage('b', { kind: 'fine' })])
    const broken = async () => Promise.reject(new Error('the facts cannot be read'))
    await expect(send({ broken })).rejects.toThrow('the facts cannot be read')
    expect([(await stored('a')).status, (await stored('b')).status, sink.taken.length]).toEqual(['queued', 'sent', 1])
  })
})

describe('a sender that is gone', () => {
  const claimOne = (senderId: string) => app.db.transaction(company.system, (tx) => claimMessages(tx, senderId, 'plain', {}, 1))
  const SENDER = '00000000-0000-7000-8000-00000000000a'

  test('what it had claimed and not begun is sent by another', async () => {
    const sink = await connected()
    await queue(app, company, [newMessage('m')])
    await claimOne(SENDER)
    await look()
    expect((await stored('m')).status).toBe('sending')
    later(2)
    await look()
    expect(await stored('m')).toMatchObject({ status: 'queued', attempts: 0 })
    await app.drain()
    expect([(await stored('m')).status, sink.taken.length]).toEqual(['sent', 1])
  })

  test('what it had begun is uncertain and stays with a person', async () => {
    const sink = await connected()
    await queue(app, company, [newMessage('m')])
    const { messages } = await claimOne(SENDER)
    expect(await app.db.transaction(company.system, (tx) => beginMessage(tx, SENDER, messages[0]!.id))).toBe(true)
    later(2)
    await look()
    await send()
    expect(await stored('m')).toMatchObject({ status: 'uncertain', reason: 'senderGone', attempts: 1 })
    expect(sink.taken).toEqual([])
  })

  test('back from the dead it does not send what another took over', async () => {
    await connected()
    await queue(app, company, [newMessage('m')])
    const { messages } = await claimOne(SENDER)
    later(2)
    await look()
    await claimOne('00000000-0000-7000-8000-00000000000b')
    expect(await app.db.transaction(company.system, (tx) => beginMessage(tx, SENDER, messages[0]!.id))).toBe(false)
  })

  test('an outcome that comes late still becomes known, unless a person has decided', async () => {
    await connected()
    await queue(app, company, [newMessage('late'), newMessage('decided')])
    const delivery = { outcome: 'accepted', code: 250, answer: '250 ok', recipients: [] } as const
    for (const key of ['late', 'decided']) {
      const [message] = (await claimOne(SENDER)).messages
      await app.db.transaction(company.system, (tx) => beginMessage(tx, SENDER, message!.id))
      later(key === 'late' ? 2 : 4)
      await look()
      if (key === 'decided') expect((await decide(key, 'doNotSend')).status).toBe(201)
      await app.db.transaction(company.system, (tx) => settleMessage(tx, SENDER, message!, delivery, tx.at))
    }
    expect([(await stored('late')).status, (await stored('decided')).status]).toEqual(['sent', 'withheld'])
  })
})

describe('a person decides', () => {
  test('it arrived; send again; do not send: each on the record, by who may', async () => {
    let cut = true
    const sink = await connected({ script: () => (cut ? { cut: 'afterData', isTaken: false } : {}) })
    await queue(app, company, [newMessage('a'), newMessage('b'), newMessage('c')])
    await send()
    expect((await decide('a', 'arrived', 'collector')).status).toBe(403)
    expect((await decide('a', 'arrived')).status).toBe(201)
    expect(await stored('a')).toMatchObject({ status: 'sent', attempts: 2 })
    expect((await attempts('a')).map((one) => one.outcome)).toEqual(['uncertain', 'saidToHaveArrived'])
    expect((await decide('b', 'doNotSend')).status).toBe(201)
    const { headerId } = await stored('c')
    cut = false
    expect((await decide('c', 'send')).status).toBe(201)
    await app.drain()
    expect(await stored('c')).toMatchObject({ status: 'sent', attempts: 2, headerId })
    expect(sink.taken.map((mail) => mail.headerId)).toEqual([headerId])
    expect(await decide('a', 'send')).toMatchObject({ status: 409, body: { code: 'messages.notPossible' } })
    const { body } = await company.people.auditor.get(`/api/audit?entityId=${(await stored('c')).id}`)
    expect(body.items.map((entry: { action: string }) => entry.action)).toEqual(['messages.released'])
  })

  test('the list gives what waits for a person, by status; other companies’ messages are not there', async () => {
    await connected({ script: (count) => (count % 2 === 0 ? { cut: 'afterData' } : {}) })
    await queue(app, company, [newMessage('a'), newMessage('b'), newMessage('c'), newMessage('d')])
    await send()
    const { collector } = company.people
    const counts = (await collector.get('/api/messages/counts')).body
    expect(counts).toMatchObject({ sendingEnabled: true, uncertain: 2 })
    const page = (await collector.get('/api/messages?limit=1&status=uncertain')).body
    expect([page.items.length, page.total]).toEqual([1, 2])
    const next = (await collector.get(`/api/messages?limit=1&status=uncertain&cursor=${page.nextCursor}`)).body
    expect(next.items[0].id).not.toBe(page.items[0].id)
    expect((await collector.get('/api/messages?fromOn=2026-11-21&untilOn=2026-11-21')).body.total).toBe(4)
    expect((await collector.get('/api/messages?fromOn=2026-11-22')).body.total).toBe(0)
    const stranger = (await app.company()).people.administrator
    expect((await stranger.get('/api/messages')).body.total).toBe(0)
    expect((await stranger.get(`/api/messages/${page.items[0].id}`)).status).toBe(404)
    expect(
      (await stranger.post('/api/messages/decisions', { messages: [{ id: page.items[0].id, version: 1 }], decision: 'arrived' })).status,
    ).toBe(404)
    expect((await company.people.salesperson.get('/api/messages')).status).toBe(403)
  })
})

describe('while sending is off', () => {
  test('messages are kept; switching on sends none of them; a person may release one', async () => {
    const sink = await connected()
    await switchSendingTo(company, false)
    await queue(app, company, [newMessage('old'), newMessage('other')])
    await app.drain()
    expect(await stored('old')).toMatchObject({ status: 'kept' })
    expect(await decide('old', 'send')).toMatchObject({ status: 422, body: { code: 'messages.sendingIsOff' } })
    await switchSendingTo(company, true)
    await look()
    await app.drain()
    expect([sink.taken.length, await messageStatuses(app, company)]).toEqual([0, { kept: 2 }])
    expect((await decide('old', 'send')).status).toBe(201)
    await app.drain()
    expect([sink.taken.length, await messageStatuses(app, company)]).toEqual([1, { kept: 1, sent: 1 }])
  })

  test('what waits when it is switched off is kept, and what a sender has claimed does not go out any more', async () => {
    const sink = await connected()
    await queue(app, company, [newMessage('claimed'), newMessage('waiting')])
    const { messages } = await app.db.transaction(company.system, (tx) => claimMessages(tx, company.entityId, 'plain', {}, 1))
    await switchSendingTo(company, false)
    expect(await app.db.transaction(company.system, (tx) => beginMessage(tx, company.entityId, messages[0]!.id))).toBe(false)
    later(2)
    await look()
    await send()
    expect([sink.taken.length, await messageStatuses(app, company)]).toEqual([0, { kept: 2 }])
  })

  test('after a restore: sending is off, and what the copy holds as queued or being sent does not go out when it is switched on', async () => {
    const sink = await connected()
    await queue(app, company, [newMessage('queued'), newMessage('begun')])
    const { messages } = await app.db.transaction(company.system, (tx) => claimMessages(tx, company.entityId, 'plain', {}, 1))
    await app.db.transaction(company.system, (tx) => beginMessage(tx, company.entityId, messages[0]!.id))
    await app.database.pool.query('update ar.tenants set sending_enabled = false where tenant_id = $1', [company.tenantId])
    later(60)
    await switchSendingTo(company, true)
    await look()
    await app.drain()
    expect(sink.taken).toEqual([])
    expect(await messageStatuses(app, company)).toEqual({ kept: 1, uncertain: 1 })
  })
})

test('a mail server that takes seconds for each message slows no call of the API and no other job', async () => {
  await connected({ script: () => ({ delayMs: 3_000 }) })
  await queue(
    app,
    company,
    Array.from({ length: 8 }, (_, index) => newMessage(`slow ${index}`)),
  )
  const sending = send()
  const times: number[] = []
  for (let index = 0; index < 40; index += 1) {
    const from = performance.now()
    expect((await company.people.collector.get('/api/messages')).status).toBe(200)
    times.push(performance.now() - from)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await sending
  expect(times.sort((a, b) => a - b)[Math.floor(times.length * 0.9)]).toBeLessThan(500)
  expect(await messageStatuses(app, company)).toEqual({ sent: 8 })
})
