import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { messageStatuses, newMessage, queue } from '../../../test/harness/outbox.ts'
import { sendingStage } from '../../../test/harness/sending-stage.ts'
import { sql } from '../../platform/sql.ts'
import { compileMessage } from './compile-message.query.ts'

const stage = sendingStage()
const { connected, send, look, stored, later, attempts } = stage

describe('a message that is sent', () => {
  test('arrives with its words, sender, reply address and a Message-ID of its own; the attempt is kept', async () => {
    const sink = await connected()
    await queue(stage.app, stage.company, [
      newMessage('m', {
        subject: '关于 3 笔到期款项\r\nBcc: evil@x.example.com',
        to: ['a@customer.example.com', 'b@customer.example.com'],
      }),
    ])
    await stage.app.drain()
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
    await queue(stage.app, stage.company, [newMessage('late', late(facts))])
    await stage.app.drain()
    const { html } = fill(facts)
    expect((await PostalMime.parse(sink.taken[0]!.raw)).html?.trim()).toBe(html.trim())
    const kept = await stage.app.db.read(stage.company.system, (reader) =>
      reader.all<{ html: string }>(sql`select c.html from ar.message_contents c where c.tenant_id = ${stage.company.tenantId}`),
    )
    expect(kept).toEqual([{ html }])
  })

  test('thousands of them: one each, over few connections', async () => {
    const sink = await connected()
    await queue(
      stage.app,
      stage.company,
      Array.from({ length: 300 }, (_, index) => newMessage(`n ${index}`)),
    )
    await stage.app.drain()
    expect(await messageStatuses(stage.app, stage.company)).toEqual({ sent: 300 })
    expect(new Set(sink.taken.map((mail) => mail.headerId)).size).toBe(300)
    expect(sink.taken).toHaveLength(300)
  })

  test('T83: two senders at once: none twice', async () => {
    const sink = await connected()
    await queue(
      stage.app,
      stage.company,
      Array.from({ length: 120 }, (_, index) => newMessage(`two ${index}`)),
    )
    await Promise.all([send(), send(), send()])
    expect([sink.taken.length, new Set(sink.taken.map((mail) => mail.headerId)).size]).toEqual([120, 120])
    expect(await messageStatuses(stage.app, stage.company)).toEqual({ sent: 120 })
  })

  test('no more a minute than the company allows', async () => {
    const sink = await connected({}, { perMinute: 7 })
    await queue(
      stage.app,
      stage.company,
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

describe('S11, T83: a message that is not', () => {
  test('refused for good: failed, with the server’s words; told to those who can do something', async () => {
    await connected({ script: () => ({ end: '554 5.7.1 looks like spam' }) })
    await queue(stage.app, stage.company, [newMessage('m'), newMessage('m2')])
    await send()
    expect(await stored('m')).toMatchObject({ status: 'failed', reason: 'refused', answer: '554 5.7.1 looks like spam', attempts: 1 })
    for (const role of ['administrator', 'financeManager'] as const)
      expect((await stage.company.people[role].get('/api/notifications')).body.items).toMatchObject([
        { kind: 'messages.failed', entity: 'message' },
      ])
    expect((await stage.company.people.arAccountant.get('/api/notifications')).body.items).toEqual([])
  })

  test('refused for now: again after a wait that grows, at most ten times', async () => {
    const sink = await connected({ script: () => ({ mail: '451 4.7.1 greylisted' }) })
    await queue(stage.app, stage.company, [newMessage('m')])
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
    stage.sinks.splice(0)
    await queue(
      stage.app,
      stage.company,
      Array.from({ length: 40 }, (_, index) => newMessage(`away ${index}`)),
    )
    await send()
    const { sum } = await stage.app.db.read(stage.company.system, (reader) =>
      reader.one<{ sum: bigint }>(sql`select sum(m.attempts) as sum from ar.messages m where m.tenant_id = ${stage.company.tenantId}`),
    )
    expect(Number(sum)).toBe(1)
    expect(await messageStatuses(stage.app, stage.company)).toEqual({ queued: 40 })
  })

  test('one of three recipients refused: sent, and it is shown which', async () => {
    await connected({ script: () => ({ rcpt: (to) => (to.startsWith('gone') ? '550 5.1.1 no such user' : undefined) }) })
    await queue(stage.app, stage.company, [
      newMessage('m', { to: ['a@customer.example.com', 'gone@customer.example.com', 'c@customer.example.com'] }),
    ])
    await send()
    expect(await stored('m')).toMatchObject({ status: 'sent', refusedRecipients: 1 })
    expect((await attempts('m'))[0]!.recipients).toContainEqual({
      address: 'gone@customer.example.com',
      isAccepted: false,
      answer: '550 5.1.1 no such user',
    })
    expect((await stage.company.people.administrator.get('/api/notifications')).body.items).toMatchObject([{ kind: 'messages.partly' }])
  })

  test('cut between the end of the message and the answer: uncertain, and never sent again by itself', async () => {
    const sink = await connected({ script: () => ({ cut: 'afterData' }) })
    await queue(stage.app, stage.company, [newMessage('m')])
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

describe('a mail server that refuses the password', () => {
  test('hears it once a turn, and one message counts it', async () => {
    const sink = await connected({ auth: '535 5.7.8 wrong password' }, { user: 'robot', password: 'wrong' })
    await queue(
      stage.app,
      stage.company,
      Array.from({ length: 40 }, (_, index) => newMessage(`p ${index}`)),
    )
    await send()
    expect(sink.signIns).toEqual(['robot:wrong'])
    const rows = await stage.app.db.read(stage.company.system, (reader) =>
      reader.all(sql`select m.attempts, m.reason from ar.messages m where m.tenant_id = ${stage.company.tenantId} and m.attempts > 0`),
    )
    expect(rows).toEqual([{ attempts: 1, reason: 'notReached' }])
  })
})

test('S11: a mail server that takes seconds for each message slows no call of the API and no other job', async () => {
  await connected({ script: () => ({ delayMs: 3_000 }) })
  await queue(
    stage.app,
    stage.company,
    Array.from({ length: 8 }, (_, index) => newMessage(`slow ${index}`)),
  )
  const sending = send()
  const times: number[] = []
  for (let index = 0; index < 40; index += 1) {
    const from = performance.now()
    expect((await stage.company.people.collector.get('/api/messages')).status).toBe(200)
    times.push(performance.now() - from)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await sending
  expect(times.sort((a, b) => a - b)[Math.floor(times.length * 0.9)]).toBeLessThan(500)
  expect(await messageStatuses(stage.app, stage.company)).toEqual({ sent: 8 })
})
