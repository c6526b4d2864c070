import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { type LockedReceipt, lockReceipts } from './lock-receipts.query.ts'
import { markConfirmed } from './receipt.store.ts'
import type { ReceiptsConfirmed } from './receipt-events.ts'

export type WantedDocument = { readonly id: string; readonly version: number }

/**
 * 收款确认: step two. The money arrived: books it (voucher, salesperson told, customer care) and lets it be allocated. Whoever recorded a receipt may not confirm it,
 * unless the one-person company has switched four-eyes off. Money dated after today cannot have arrived. Throws receipts.notDraft, receipts.makerIsChecker, receipts.inFuture, platform.staleVersion.
 */
export async function confirmReceipts(tx: Tx, wanted: readonly WantedDocument[]): Promise<LockedReceipt[]> {
  const receipts = await lockReceipts(
    tx,
    wanted.map((one) => one.id),
  )
  const versions = new Map(wanted.map((one) => [one.id, one.version]))
  for (const receipt of receipts) refuse(tx, receipt, versions.get(receipt.id)!)
  await bookConfirmation(tx, receipts, tx.caller.fourEyes ? 'person' : 'alone')
  return receipts
}

/** The booking itself, for receipts that were decided elsewhere (approval, rule). They must be locked drafts. */
export async function bookConfirmation(tx: Tx, receipts: readonly LockedReceipt[], how: 'person' | 'rule' | 'alone'): Promise<void> {
  markConfirmed(
    tx,
    receipts.map(({ id, version, createdBy }) => ({
      id,
      version,
      how: how === 'alone' && createdBy !== tx.caller.actorId ? 'person' : how,
    })),
  )
  for (const { id, amount, currency, receivedOn } of receipts)
    tx.audit({
      action: 'receipts.confirmed',
      entity: 'receipt',
      entityId: id,
      before: { status: 'draft' },
      after: { status: 'confirmed', amount, currency, receivedOn },
    })
  await emit<ReceiptsConfirmed>(tx, {
    type: 'receipts.confirmed',
    receipts: receipts.map((receipt) => ({ ...receipt, voucherId: uuid(), isHistory: false })),
  })
}

function refuse(tx: Tx, { no, status, version, createdBy, receivedOn }: LockedReceipt, seen: number): void {
  const named = { no: no ?? '' }
  if (status !== 'draft') throw new Problem('receipts.notDraft', named, { kind: 'conflict' })
  if (version !== seen) throw new Problem('platform.staleVersion', { version }, { kind: 'conflict' })
  if (receivedOn > tx.today) throw new Problem('receipts.inFuture', { ...named, day: receivedOn })
  if (tx.caller.fourEyes && createdBy === tx.caller.actorId) throw new Problem('receipts.makerIsChecker', named, { kind: 'forbidden' })
}
