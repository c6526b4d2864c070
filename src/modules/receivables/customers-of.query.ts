import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** The customers whose credit accounts must be locked before these receivables. Throws platform.notFound unless every receivable is there and visible. */
export async function customersOf(reader: Reader, receivableIds: readonly string[]): Promise<string[]> {
  const rows = await reader.all<{
    customerId: string
    count: number
  }>(sql`select r.customer_id, count(*)::int as count from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.id = any(${receivableIds}::uuid[]) group by 1`)
  if (rows.reduce((sum, row) => sum + row.count, 0) < new Set(receivableIds).size) throw missing('receivable')
  return rows.map((row) => row.customerId)
}
