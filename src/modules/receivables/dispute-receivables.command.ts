import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { lockReceivables } from './lock-receivables.query.ts'
import { saveDisputed } from './receivable.store.ts'

/** Marks receivables as disputed (争议) or no longer so; amounts and due days stay. Throws receivables.nothingOpen when something settled is to be disputed, platform.staleVersion. */
export async function disputeReceivables(
  tx: Tx,
  wanted: readonly { readonly id: string; readonly version: number; readonly disputed: boolean; readonly reason: string }[],
): Promise<void> {
  const receivables = await lockReceivables(
    tx,
    wanted.map((one) => one.id),
  )
  for (const { id, version, disputed, reason } of wanted) {
    const receivable = receivables.get(id)!
    if (receivable.version !== version) throw new Problem('platform.staleVersion', { version: receivable.version }, { kind: 'conflict' })
    if (disputed && receivable.open === 0n) throw new Problem('receivables.nothingOpen', { no: receivable.no })
    tx.audit({
      action: disputed ? 'receivables.disputed' : 'receivables.disputeEnded',
      entity: 'receivable',
      entityId: id,
      before: { disputed: receivable.disputed },
      after: { disputed },
      detail: { reason },
    })
  }
  saveDisputed(tx, wanted)
}
