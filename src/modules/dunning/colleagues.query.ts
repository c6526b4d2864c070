import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { Colleague, Colleagues } from './colleagues.ts'

/** The company's active people. */
export async function colleagues(reader: Reader): Promise<Colleagues> {
  const people = await reader.all<Colleague>(
    sql`select p.id, p.name, p.phone, p.role from ar.people p where p.tenant_id = ${reader.caller.tenantId} and p.status = 'active' order by p.id limit 10000`,
  )
  const managers = people.filter(({ role }) => role === 'financeManager')
  return {
    byId: new Map(people.map((person) => [person.id, person])),
    collectors: people.filter(({ role }) => role === 'collector'),
    financeManagers: managers.length > 0 ? managers : people.filter(({ role }) => role === 'administrator'),
  }
}
