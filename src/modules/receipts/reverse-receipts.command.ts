import { assert } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import type { WantedDocument } from './confirm-receipts.command.ts'
import { lockReceipts } from './lock-receipts.query.ts'
import { markCancelled, markReversed } from './receipt.store.ts'
import type { ReceiptsReversed } from './receipt-events.ts'

/**
 * 收款冲销: a confirmed receipt was wrong (bounced, keyed twice). A mirror voucher on `reversedOn`, never a deletion. What it paid must have been undone before.
 * Throws receipts.notConfirmed, receipts.stillAllocated, receipts.reversedTooEarly, platform.staleVersion.
 */
export async function reverseReceipts(
  tx: Tx,
  wanted: readonly (WantedDocument & { readonly reversedOn?: Day | undefined; readonly reason: string })[],
): Promise<void> {
  const receipts = await lockReceipts(
    tx,
    wanted.map((one) => one.id),
  )
  const byId = new Map(wanted.map((one) => [one.id, one]))
  const reversed = receipts.map((receipt) => {
    const { version, reversedOn = tx.today, reason } = byId.get(receipt.id)!
    const named = { no: receipt.no ?? '' }
    if (receipt.status !== 'confirmed') throw new Problem('receipts.notConfirmed', named, { kind: 'conflict' })
    if (receipt.version !== version) throw new Problem('platform.staleVersion', { version: receipt.version }, { kind: 'conflict' })
    if (receipt.allocated !== 0n || receipt.refunded !== 0n) throw new Problem('receipts.stillAllocated', named, { kind: 'conflict' })
    if (reversedOn < receipt.receivedOn || reversedOn > tx.today)
      throw new Problem('receipts.reversedOutOfRange', { ...named, from: receipt.receivedOn, until: tx.today }, { path: 'reversedOn' })
    assert(receipt.voucherId !== null, 'a confirmed receipt has its voucher')
    return { ...receipt, voucherId: uuid(), reversesVoucherId: receipt.voucherId, reversedOn, reason, isHistory: false }
  })
  markReversed(tx, reversed)
  for (const { id, reversedOn, reason } of reversed)
    tx.audit({
      action: 'receipts.reversed',
      entity: 'receipt',
      entityId: id,
      before: { status: 'confirmed' },
      after: { status: 'reversed', reversedOn },
      detail: { reason },
    })
  await emit<ReceiptsReversed>(tx, { type: 'receipts.reversed', receipts: reversed })
}

/** Drops drafts. Throws receipts.notDraft, platform.staleVersion. */
export async function cancelReceipts(tx: Tx, wanted: readonly WantedDocument[]): Promise<void> {
  const receipts = await lockReceipts(
    tx,
    wanted.map((one) => one.id),
  )
  const versions = new Map(wanted.map((one) => [one.id, one.version]))
  for (const { id, no, status, version } of receipts) {
    if (status !== 'draft') throw new Problem('receipts.notDraft', { no: no ?? '' }, { kind: 'conflict' })
    if (version !== versions.get(id)) throw new Problem('platform.staleVersion', { version }, { kind: 'conflict' })
    tx.audit({ action: 'receipts.cancelled', entity: 'receipt', entityId: id, before: { status: 'draft' }, after: { status: 'cancelled' } })
  }
  markCancelled(tx, receipts)
}
