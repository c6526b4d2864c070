import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'

export type NewBlock = {
  readonly id: string
  readonly customerId: string
  readonly receivableId: string | null
  readonly untilOn: Day | null
  readonly reason: string
}
export function insertBlock(tx: Tx, block: NewBlock): void {
  tx.insert('dunning_blocks', [{ ...block, placedBy: tx.caller.actorId, placedAt: tx.at }])
}

export function liftBlocks(tx: Tx, blocks: readonly { readonly id: string; readonly version: number; readonly reason: string }[]): void {
  tx.update(
    'dunning_blocks',
    blocks.map(({ id, version, reason }) => ({ id, version, liftedBy: tx.caller.actorId, liftedAt: tx.at, liftReason: reason })),
    { set: ['liftedBy', 'liftedAt', 'liftReason'], expect: ['version'] },
  )
}

/** After a merge. */
export function giveBlocks(
  tx: Tx,
  blocks: readonly { readonly id: string; readonly version: number; readonly customerId: string }[],
): void {
  tx.update('dunning_blocks', blocks, { set: ['customerId'], expect: ['version'] })
}
