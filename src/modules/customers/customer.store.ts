import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { Row } from '../../platform/write-set.ts'

export function insertCustomers(tx: Tx, rows: readonly Row[]): void {
  tx.insert('customers', rows)
}

/** Sets `columns` of one locked customer. */
export function changeCustomer(tx: Tx, row: Row & { readonly id: string; readonly version: number }, columns: readonly string[]): void {
  tx.update('customers', [row], { set: columns, expect: ['version'] })
}

export function reassignCustomers(tx: Tx, rows: readonly { id: string; version: number; salespersonId: string | null }[]): void {
  tx.update('customers', rows, { set: ['salespersonId'], expect: ['version'] })
}

export function setBeginnings(
  tx: Tx,
  rows: readonly { id: string; version: number; termsId: string | null; salespersonId: string | null }[],
): void {
  tx.update('customers', rows, { set: ['termsId', 'salespersonId'], expect: ['version'] })
}

export function setCustomerStatus(
  tx: Tx,
  rows: readonly { id: string; version: number; status: string; mergedIntoId: string | null }[],
): void {
  tx.update('customers', rows, { set: ['status', 'mergedIntoId'], expect: ['version'] })
}

/** `count` numbers of the customer counter, taken at once: the code stands in the row, so the counter's lock is held until commit. Returns the first. */
export async function takeCustomerNumbers(tx: Tx, count: number): Promise<bigint> {
  const { last } = await tx.one<{
    last: bigint
  }>(sql`insert into ar.number_series as s (tenant_id, series, last) values (${tx.caller.tenantId}, 'customers', ${count})
    on conflict (tenant_id, series) do update set last = s.last + excluded.last returning s.last`)
  return last - BigInt(count) + 1n
}

/** Which document has which number: the series stays gapless and provable. */
export function noteCustomerNumbers(tx: Tx, rows: readonly { no: bigint; documentId: string }[]): void {
  tx.insert(
    'document_numbers',
    rows.map((row) => ({ series: 'customers', ...row })),
  )
}

export function insertRegion(tx: Tx, row: { id: string; name: string }): void {
  tx.insert('regions', [row])
}
export function changeRegion(tx: Tx, row: { id: string; version: number; name: string }): void {
  tx.update('regions', [row], { set: ['name'], expect: ['version'] })
}
