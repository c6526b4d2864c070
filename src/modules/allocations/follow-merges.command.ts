import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { noteMoved } from '../customers/note-moved.command.ts'
import { moveReceipts } from '../receipts/move-receipts.command.ts'
import { moveToCustomer } from '../receivables/move-receivables.command.ts'
import type { AllocationsReversed } from './allocation-events.ts'

type Stray = {
  readonly kind: 'receivable' | 'receipt'
  readonly id: string
  readonly fromId: string
  readonly intoId: string
  readonly mergeIds: readonly string[]
}

/**
 * Handler of allocations.reversed: what was settled when its customer was merged stayed there; when it comes open again it follows to the customer that stays, and the merge
 * remembers it for its undo. Reads what the reversal wrote: pays for a flush where there is something to follow.
 */
export async function followMerges(tx: Tx, { batches }: AllocationsReversed): Promise<void> {
  const receivableIds = [...new Set(batches.flatMap(({ lines, adjustments }) => [...lines, ...adjustments].map((one) => one.receivableId)))]
  const receiptIds = [...new Set(batches.map(({ receiptId }) => receiptId))]
  const strays = await straysOf(tx, receivableIds, receiptIds)
  if (strays.length === 0) return
  await tx.flush()
  for (const own of Map.groupBy(strays, ({ fromId }) => fromId).values()) {
    const { fromId, intoId, mergeIds } = own[0]!
    const ids = (kind: Stray['kind']): string[] => own.filter((one) => one.kind === kind).map(({ id }) => id)
    const move = { fromId, intoId, mergeId: mergeIds[0]! }
    const moved = { receivables: await moveToCustomer(tx, ids('receivable'), move), receipts: ids('receipt') }
    await moveReceipts(tx, moved.receipts, move)
    await noteMoved(tx, mergeIds, moved)
    await tx.flush() // two merged customers may lead to one, and a merge is noted once a set
  }
}

/** Documents of merged customers, with the customer at the end of their merges and the merges on the way. Throws platform.outOfScope when that customer is not the caller's to see. */
async function straysOf(tx: Tx, receivableIds: readonly string[], receiptIds: readonly string[]): Promise<Stray[]> {
  const t = tx.caller.tenantId
  const strays = await tx.all<Omit<Stray, 'intoId'> & { readonly intoId: string | null }>(sql`with recursive named as (
      select 'receivable' as kind, r.id, r.customer_id from ar.receivables r where r.tenant_id = ${t} and r.id = any(${receivableIds}::uuid[])
      union all select 'receipt', p.id, p.customer_id from ar.receipts p where p.tenant_id = ${t} and p.id = any(${receiptIds}::uuid[])),
    way as (
      select c.id as from_id, c.id as at_id, '{}'::text[] as merge_ids from ar.customers c
      where c.tenant_id = ${t} and c.status = 'merged' and c.id in (select n.customer_id from named n)
      union all select w.from_id, m.into_id, w.merge_ids || m.id::text from way w join ar.customer_merges m on m.tenant_id = ${t} and m.from_id = w.at_id and m.undone_at is null),
    ends as (select w.* from way w join ar.customers e on e.tenant_id = ${t} and e.id = w.at_id and e.status <> 'merged')
    select n.kind, n.id, n.customer_id as from_id, d.at_id as into_id, coalesce(d.merge_ids, '{}') as merge_ids from named n left join ends d on d.from_id = n.customer_id
    where n.customer_id in (select w.from_id from way w) order by n.id`)
  if (strays.some(({ intoId }) => intoId === null)) throw new Problem('platform.outOfScope', {}, { kind: 'forbidden' })
  return strays as Stray[]
}
