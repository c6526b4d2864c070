import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** Early-payment discount already given on these receivables and not undone, in minor units; nothing where there is none. */
export async function discountsTaken(reader: Reader, receivableIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  if (receivableIds.length === 0) return new Map()
  const rows = await reader.all<{
    id: string
    taken: bigint
  }>(sql`select d.receivable_id as id, sum(d.amount)::bigint as taken from ar.adjustments d
    where d.tenant_id = ${reader.caller.tenantId} and d.kind = 'discount' and d.receivable_id = any(${receivableIds}::uuid[]) group by d.receivable_id`)
  return new Map(rows.map((row) => [row.id, row.taken]))
}
