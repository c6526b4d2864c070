import { uuid } from '../../src/kernel/uuid.ts'
import { sql } from '../../src/platform/sql.ts'
import type { TestApp, TestCompany } from './app.ts'
import { owe, received } from './receipts.ts'
import { newCustomers } from './receivables.ts'

export type OwedItem = {
  readonly dueOn: string
  readonly amount: string
  readonly currency?: string
  readonly rate?: string
  readonly disputed?: boolean
}
export type OwedWanted = {
  readonly items: readonly OwedItem[]
  readonly customerId?: string
  readonly name?: string
  readonly language?: string
  /** null: nobody can be written to. */
  readonly email?: string | null
  readonly salesperson?: boolean
  /** Money that has come and lies there. */
  readonly unallocated?: string
}

/** A customer that owes, with somebody to write to; gives its id. */
export async function owed(app: TestApp, company: TestCompany, wanted: OwedWanted): Promise<string> {
  const { name = 'customer', language = 'zh-CN', email = 'finance@customer.example.com' } = wanted
  const customerId = wanted.customerId ?? (await newCustomer(app, company, wanted.salesperson ?? false))
  if (wanted.customerId === undefined)
    await app.db.transaction(company.system, async (tx) => {
      tx.update('customers', [{ id: customerId, name, language }], { set: ['name', 'language'] })
      if (email !== null)
        tx.insert('customer_contacts', [{ id: uuid(), customerId, name: '王芳', email, purpose: ['dunning'], isPrimary: true }])
    })
  const ids = await owe(
    app,
    company,
    customerId,
    wanted.items.map(({ disputed: _, ...item }) => ({ issuedOn: item.dueOn < '2026-10-01' ? item.dueOn : '2026-10-01', ...item })),
  )
  const disputed = wanted.items.flatMap((item, index) => (item.disputed ? [ids[index]!] : []))
  if (disputed.length > 0)
    await app.db.transaction(company.system, async (tx) => {
      tx.update(
        'receivables',
        disputed.map((id) => ({ id, disputed: true })),
        { set: ['disputed'] },
      )
    })
  if (wanted.unallocated !== undefined) await received(company, { customerId, amount: wanted.unallocated })
  return customerId
}

async function newCustomer(app: TestApp, company: TestCompany, hasSalesperson: boolean): Promise<string> {
  const more = hasSalesperson ? { salespersonId: company.people.salesperson.caller.actorId } : {}
  return (await newCustomers(app, company, 1, more))[0]!
}

/** Starts today's run, works it off and gives it as it is read. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
export async function runOn(app: TestApp, company: TestCompany): Promise<any> {
  const started = await company.people.collector.post('/api/dunning/runs')
  if (started.status !== 201) throw new Error(JSON.stringify(started.body))
  await app.drain()
  return (await company.people.collector.get(`/api/dunning/runs/${started.body.id}`)).body
}

/** What a customer was sent or would be: messages of dunning with their texts. */
export function reminders(
  app: TestApp,
  company: TestCompany,
): Promise<
  { id: string; status: string; reason: string | null; customerId: string; recipients: string[]; language: string; text: string }[]
> {
  return app.db.read(company.system, (reader) =>
    reader.all(sql`select m.id, m.status, m.reason, m.customer_id, m.recipients, m.language, c.text from ar.messages m join ar.message_contents c on c.tenant_id = m.tenant_id and c.message_id = m.id
      where m.tenant_id = ${company.tenantId} and m.kind = 'dunning' order by m.id`),
  )
}
