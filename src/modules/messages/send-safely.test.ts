import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { connectToSink, messageStatuses, newMessage, queue, storedMessage, switchSendingTo } from '../../../test/harness/outbox.ts'
import { type SinkOptions, type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'
import { claimMessages } from './claim-messages.command.ts'
import { lookAfterOutbox } from './look-after-outbox.command.ts'
import type { Preparers } from './prepare-messages.command.ts'
import { sendDueMessages } from './send-messages.command.ts'

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

async function connected(options: SinkOptions = {}, more: object = {}): Promise<SmtpSink> {
  company = await app.company()
  const sink = await startSmtpSink(options)
  sinks.push(sink)
  await connectToSink(app, company, sink, more)
  return sink
}
const send = (preparers: Preparers = {}) =>
  sendDueMessages({ db: app.db, caller: company.system, mail: app.mail, signal: new AbortController().signal }, preparers)
const stored = (key: string) => storedMessage(app, company, key)

describe('T45: what a preparer says at the last moment', () => {
  test.each([
    ['two in one', ['a@customer.example.com, evil@x.example.com']],
    ['a header in it', ['a@customer.example.com\r\nBcc: evil@x.example.com']],
    ['nobody', []],
    ['too many', Array.from({ length: 21 }, (_, index) => `a${index}@customer.example.com`)],
  ])('goes to no recipients that could not have been queued: %s', async (_, to) => {
    const sink = await connected()
    await queue(app, company, [newMessage('moved', { kind: 'k' }), newMessage('other')])
    await send({
      k: async (_tx, messages) => new Map(messages.map(({ id }) => [id, { send: { subject: 's', html: '<p>h</p>', text: 't', to } }])),
    })
    expect(await stored('moved')).toMatchObject({ status: 'withheld', reason: 'wrongAddress', attempts: 0 })
    expect(sink.taken.map((mail) => mail.to)).toEqual([['finance@customer.example.com']])
  })
})

describe('T104: what a sender had claimed when the copy was made', () => {
  test('does not go out of a restored company when its sending is switched on before the clock has looked', async () => {
    const sink = await connected()
    await queue(app, company, [newMessage('claimed')])
    await app.db.transaction(company.system, (tx) => claimMessages(tx, company.entityId, 'plain', {}, 1))
    await app.database.pool.query('update ar.tenants set sending_enabled = false where tenant_id = $1', [company.tenantId])
    app.setNow('2026-11-21T09:00:00Z')
    await switchSendingTo(company, true)
    await app.db.transaction(company.system, lookAfterOutbox)
    await app.drain()
    expect([sink.taken.length, await messageStatuses(app, company)]).toEqual([0, { kept: 1 }])
  })
})

describe('a mail server that refuses the password', () => {
  test('hears it once a turn, and one message counts it', async () => {
    const sink = await connected({ auth: '535 5.7.8 wrong password' }, { user: 'robot', password: 'wrong' })
    await queue(
      app,
      company,
      Array.from({ length: 40 }, (_, index) => newMessage(`p ${index}`)),
    )
    await send()
    expect(sink.signIns).toEqual(['robot:wrong'])
    const rows = await app.db.read(company.system, (reader) =>
      reader.all(sql`select m.attempts, m.reason from ar.messages m where m.tenant_id = ${company.tenantId} and m.attempts > 0`),
    )
    expect(rows).toEqual([{ attempts: 1, reason: 'notReached' }])
  })
})

test('a file that is not there any more: said as what it is, and no mail server is asked', async () => {
  const sink = await connected()
  await queue(app, company, [newMessage('gone', { fileIds: [uuid()] }), newMessage('fine')])
  await send()
  expect(await stored('gone')).toMatchObject({ status: 'withheld', reason: 'filesMissing' })
  expect([(await stored('fine')).status, sink.seen.length]).toEqual(['sent', 1])
})
