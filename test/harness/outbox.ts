import { expect } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import type { NewMessage } from '../../src/modules/messages/message.ts'
import { queueMessages } from '../../src/modules/messages/queue-messages.command.ts'
import { sql } from '../../src/platform/sql.ts'
import type { TestApp, TestCompany } from './app.ts'
import type { SmtpSink } from './smtp-sink.ts'

export const mailSettingsFor = (port: number) => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: '',
  senderName: '华东钢铁 财务部',
  senderAddress: 'finance@ours.example.com',
  replyTo: 'ar@ours.example.com',
  perMinute: 6_000,
})

/** Sets the company's mail server to the sink and switches sending on, as its administrator does. */
export async function connectToSink(
  app: TestApp,
  company: TestCompany,
  sink: Pick<SmtpSink, 'port' | 'name'>,
  more: object = {},
): Promise<void> {
  app.mail.innerServers.push(sink.name)
  const administrator = company.people.administrator
  const { version } = (await administrator.get('/api/mail-settings')).body
  const saved = await administrator.send('PUT', '/api/mail-settings', { ...mailSettingsFor(sink.port), ...more, version })
  expect(saved.status, JSON.stringify(saved.body)).toBe(200)
  await switchSendingTo(company, true)
}

export async function switchSendingTo(company: TestCompany, enabled: boolean): Promise<void> {
  const administrator = company.people.administrator
  const { companyVersion } = (await administrator.get('/api/mail-settings')).body
  const switched = await administrator.send('PUT', '/api/mail-settings/sending', { enabled, companyVersion })
  expect(switched.status, JSON.stringify(switched.body)).toBe(200)
}

export function newMessage(key: string, more: Partial<NewMessage> = {}): NewMessage {
  return {
    id: uuid(),
    businessKey: key,
    kind: 'plain',
    entity: 'customer',
    entityId: uuid(),
    customerId: null,
    personId: null,
    to: ['finance@customer.example.com'],
    language: 'zh-CN',
    subject: `提醒 ${key}`,
    html: '<p>您好</p>',
    text: '您好',
    ...more,
  }
}

export function queue(app: TestApp, company: TestCompany, messages: readonly NewMessage[]): Promise<string[]> {
  return app.db.transaction(company.system, (tx) => queueMessages(tx, messages))
}

export type StoredMessage = {
  id: string
  status: string
  reason: string | null
  answer: string | null
  attempts: number
  tries: number
  refusedRecipients: number
  headerId: string | null
  nextAt: Date
  version: number
}
export function storedMessage(app: TestApp, company: TestCompany, key: string): Promise<StoredMessage> {
  return app.db.read(company.system, (reader) =>
    reader.one<StoredMessage>(sql`select m.id, m.status, m.reason, m.answer, m.attempts, m.tries, m.refused_recipients, m.header_id, m.next_at, m.version from ar.messages m
      where m.tenant_id = ${company.tenantId} and m.business_key = ${key}`),
  )
}

/** How many messages there are of each status. */
export async function messageStatuses(app: TestApp, company: TestCompany): Promise<Record<string, number>> {
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{ status: string; count: bigint }>(
      sql`select m.status, count(*) from ar.messages m where m.tenant_id = ${company.tenantId} group by m.status order by m.status`,
    ),
  )
  return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]))
}
