import { expect } from 'vitest'
import { sql } from '../../src/platform/sql.ts'
import type { Person, Reply, TestApp, TestCompany } from './app.ts'

/** Creates a customer, as the accountant or `who`; gives its id. */
export async function create(
  company: TestCompany,
  name: string,
  more: object = {},
  who: Person = company.people.arAccountant,
): Promise<string> {
  const answer = await who.post('/api/customers', { name, ...more })
  expect(answer.body).toMatchObject({ id: expect.any(String) })
  return answer.body.id
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
export async function read(company: TestCompany, id: string, who: Person = company.people.arAccountant): Promise<any> {
  return (await who.get(`/api/customers/${id}`)).body
}

/** Changes a customer as it stands. */
export async function change(company: TestCompany, id: string, changes: object, who: Person = company.people.arAccountant): Promise<Reply> {
  return who.send('PATCH', `/api/customers/${id}`, { version: (await read(company, id)).version, changes })
}

/** What the audit log says was done with it, in order. */
export function actionsOn(app: TestApp, company: TestCompany, id: string): Promise<{ action: string }[]> {
  return app.db.read(company.system, (reader) =>
    reader.all(sql`select l.action from ar.audit_log l where l.tenant_id = ${company.tenantId} and l.entity_id = ${id} order by l.id`),
  )
}
