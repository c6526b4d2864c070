import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { ReadRow } from './read-row.ts'

/** Numbers that a receipt has already; one that was reversed or dropped may come again. */
export async function knownNumbers(reader: Reader, rows: readonly ReadRow[]): Promise<Set<string>> {
  const numbers = rows.flatMap((row) => row.values['sourceNo'] ?? [])
  const found = await reader.report<{ sourceNo: string }>(
    sql`select r.source_no from ar.receipts r where r.tenant_id = ${reader.caller.tenantId} and r.status in ('draft', 'confirmed') and r.source_no = any(${numbers}::text[])`,
  )
  return new Set(found.map((row) => row.sourceNo))
}
