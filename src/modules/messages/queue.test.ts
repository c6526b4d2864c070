import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'
import { compileMessage } from './compile-message.query.ts'
import type { NewMessage } from './message.ts'
import { queueMessages } from './queue-messages.command.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
})
afterAll(() => app.close())

const message = (key: string, more: Partial<NewMessage> = {}): NewMessage => ({
  id: uuid(),
  businessKey: key,
  kind: 'plain',
  entity: 'customer',
  entityId: uuid(),
  customerId: null,
  personId: null,
  to: ['finance@customer.example.com'],
  language: 'zh-CN',
  subject: '对账提醒',
  html: '<p>您好</p>',
  text: '您好',
  ...more,
})
const queue = (messages: readonly NewMessage[]) => app.db.transaction(company.system, (tx) => queueMessages(tx, messages))
const stored = (key: string) =>
  app.db.read(company.system, (reader) =>
    reader.one<{ status: string; reason: string | null; subject: string; recipients: string[]; text: string }>(
      sql`select m.status, m.reason, m.subject, m.recipients, c.text from ar.messages m join ar.message_contents c on c.tenant_id = m.tenant_id and c.message_id = m.id
        where m.tenant_id = ${company.tenantId} and m.business_key = ${key}`,
    ),
  )

test('while sending is off a message is kept, with its words', async () => {
  await queue([message('a 1', { subject: '提醒\r\nBcc: evil@x.example.com' })])
  expect(await stored('a 1')).toEqual({
    status: 'kept',
    reason: null,
    subject: '提醒 Bcc: evil@x.example.com',
    recipients: ['finance@customer.example.com'],
    text: '您好',
  })
})

test('one key, one message: in one call, in a later one and in two at once', async () => {
  expect(await queue([message('b 1'), message('b 1'), message('b 2')])).toHaveLength(2)
  expect(await queue([message('b 1'), message('b 3')])).toHaveLength(1)
  const both = await Promise.all([queue([message('b 4'), message('b 5')]), queue([message('b 4'), message('b 5')])])
  expect(both.map((ids) => ids.length).sort()).toEqual([0, 2])
})

test.each([[[]], [['a@x']], [['"a@evil.example.com x"@ok.example.com']], [['a@ok.example.com', 'group:b@x.example.com;']]])(
  'T45: a message to %j is withheld, the others go',
  async (to) => {
    const key = `c ${JSON.stringify(to)}`
    await queue([message(key, { to }), message(`${key} fine`)])
    expect(await stored(key)).toMatchObject({ status: 'withheld', reason: 'wrongAddress' })
    expect(await stored(`${key} fine`)).toMatchObject({ status: 'kept' })
  },
)

test('HTML is made of a frame, kept once, and the facts: the same words as if it had been written out', async () => {
  const { fill, late } = await compileMessage({
    language: 'zh-CN',
    subject: '{{company}}',
    blocks: [{ kind: 'table', list: 'items', columns: [{ title: '单号', value: '{{no}}' }] }],
    why: '{{customer}}',
  })
  const facts = (no: string) => ({ company: '华东<钢铁>', customer: '{{company}} "甲"', items: [{ no }, { no: `${no}-2` }] })
  const keys = Array.from({ length: 40 }, (_, index) => `e ${index}`)
  const both = [keys.slice(0, 20), keys.slice(20)].map((some) => queue(some.map((key) => message(key, late(facts(key))))))
  expect((await Promise.all(both)).map((ids) => ids.length)).toEqual([20, 20])
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{
      frames: bigint
      written: bigint
    }>(sql`select count(distinct c.frame_id) as frames, count(c.html) as written from ar.message_contents c
      where c.tenant_id = ${company.tenantId} and c.frame_id is not null`),
  )
  expect(rows).toEqual([{ frames: 1n, written: 0n }])
  const { id } = await app.db.read(company.system, (reader) =>
    reader.one<{ id: string }>(sql`select m.id from ar.messages m where m.tenant_id = ${company.tenantId} and m.business_key = 'e 7'`),
  )
  const { body } = await company.people.financeManager.get(`/api/messages/${id}`)
  expect({ subject: body.subject, html: body.html, text: body.text }).toEqual(fill(facts('e 7')))
  expect(body.html).toContain('华东&lt;钢铁&gt;')
})

test('thousands at once, and one job when sending is on', async () => {
  await app.db.transaction(company.system, async (tx) => {
    tx.update('tenants', [{ tenantId: company.tenantId, sendingEnabled: true }], { match: ['tenantId'], set: ['sendingEnabled'] })
  })
  const many = Array.from({ length: 3_000 }, (_, index) => message(`d ${index}`))
  expect(await queue(many)).toHaveLength(3_000)
  expect(await stored('d 2999')).toMatchObject({ status: 'queued' })
})
