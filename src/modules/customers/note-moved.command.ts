import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { MovedDocuments } from './customer-events.ts'
import { setMoved } from './customer-file.store.ts'

/** Documents that came open after a merge and followed it: each merge on the way gives them back when it is undone. */
export async function noteMoved(
  tx: Tx,
  mergeIds: readonly string[],
  more: Required<Pick<MovedDocuments, 'receivables' | 'receipts'>>,
): Promise<void> {
  const merges = await tx.all<{
    id: string
    moved: MovedDocuments
    version: number
  }>(sql`select m.id, m.moved, m.version from ar.customer_merges m
    where m.tenant_id = ${tx.caller.tenantId} and m.id = any(${mergeIds}::uuid[]) order by m.id for no key update`)
  const both = (one: readonly string[] | undefined, other: readonly string[]): string[] => [...new Set([...(one ?? []), ...other])]
  setMoved(
    tx,
    merges.map(({ id, moved, version }) => ({
      id,
      version,
      moved: { ...moved, receivables: both(moved.receivables, more.receivables), receipts: both(moved.receipts, more.receipts) },
    })),
  )
}
