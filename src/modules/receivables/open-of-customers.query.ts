import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** Ids of what these customers still owe. */
export async function openReceivablesOfCustomers(reader: Reader, customerIds: readonly string[]): Promise<string[]> {
  const rows = await reader.all<{ id: string }>(sql`select r.id from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.customer_id = any(${customerIds}::uuid[]) and r.open <> 0 order by r.id`)
  return rows.map((row) => row.id)
}

/** Those of the given receivables that this customer still owes. */
export async function stillOpenOf(reader: Reader, customerId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await reader.all<{ id: string }>(sql`select r.id from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.customer_id = ${customerId} and r.id = any(${ids}::uuid[]) and r.open <> 0 order by r.id`)
  return rows.map((row) => row.id)
}
