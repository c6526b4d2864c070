import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** By receivable: the day and the voucher of its first entry. */
export async function openingEntries(
  reader: Reader,
  receivableIds: readonly string[],
): Promise<Map<string, { entryOn: Day; voucherId: string }>> {
  const rows = await reader.all<{
    receivableId: string
    entryOn: Day
    voucherId: string
  }>(sql`select e.receivable_id, e.entry_on, e.voucher_id from ar.receivable_entries e
    where e.tenant_id = ${reader.caller.tenantId} and e.receivable_id = any(${receivableIds}::uuid[]) and e.kind = 'opened'`)
  return new Map(rows.map((row) => [row.receivableId, row]))
}
