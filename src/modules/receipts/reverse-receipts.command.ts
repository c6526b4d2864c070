import { assert } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { sql } from '../../platform/sql.ts'
import { withdrawApprovals } from '../approvals/withdraw-approvals.command.ts'
import type { WantedDocument } from './confirm-receipts.command.ts'
import { lockReceipts } from './lock-receipts.query.ts'
import { markCancelled, markReversed } from './receipt.store.ts'
import type { ReceiptsReversed } from './receipt-events.ts'

/**
 * 收款冲销: a confirmed receipt was wrong (bounced, keyed twice). A mirror voucher on `reversedOn`, never a deletion. What it paid must have been undone before.
 * `bulk` (an import is taken back): one audit entry for all, and where all that happened with the money was undone on its own day, it may be reversed on the day it came.
 * Throws receipts.notConfirmed, receipts.stillAllocated, receipts.reversedOutOfRange, platform.staleVersion.
 */
export async function reverseReceipts(
  tx: Tx,
  wanted: readonly (WantedDocument & { readonly reversedOn?: Day | undefined; readonly reason: string })[],
  { bulk = false }: { readonly bulk?: boolean } = {},
): Promise<void> {
  const ids = wanted.map((one) => one.id)
  const receipts = await lockReceipts(tx, ids)
  const lastDays = await lastDaysOf(tx, ids)
  const byId = new Map(wanted.map((one) => [one.id, one]))
  const reversed = receipts.map((receipt) => {
    const { version, reversedOn = tx.today, reason } = byId.get(receipt.id)!
    const named = { no: receipt.no ?? '' }
    if (receipt.status !== 'confirmed') throw new Problem('receipts.notConfirmed', named, { kind: 'conflict' })
    if (receipt.version !== version) throw new Problem('platform.staleVersion', { version: receipt.version }, { kind: 'conflict' })
    if (receipt.allocated !== 0n || receipt.refunded !== 0n) throw new Problem('receipts.stillAllocated', named, { kind: 'conflict' })
    const from = bulk ? receipt.receivedOn : (lastDays.get(receipt.id) ?? receipt.receivedOn)
    if (reversedOn < from || reversedOn > tx.today)
      throw new Problem('receipts.reversedOutOfRange', { ...named, from, until: tx.today }, { path: 'reversedOn' })
    assert(receipt.voucherId !== null, 'a confirmed receipt has its voucher')
    return { ...receipt, voucherId: uuid(), reversesVoucherId: receipt.voucherId, reversedOn, reason, isHistory: false }
  })
  markReversed(tx, reversed)
  if (bulk) {
    const documents = reversed.map(({ id, amount, reversedOn }) => [id, amount, reversedOn])
    tx.audit({
      action: 'receipts.reversed',
      entity: 'receipt',
      detail: { count: reversed.length, documents, reason: wanted[0]?.reason ?? '' },
    })
  }
  for (const { id, reversedOn, reason } of bulk ? [] : reversed)
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

/** The last day on which anything happened with each receipt's money: it cannot be gone before that, or a past day would show less than nothing. */
async function lastDaysOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Day>> {
  const { tenantId } = tx.caller
  const rows = await tx.all<{ id: string; day: Day }>(sql`select x.id, max(x.day) as day from (
      select v.source_id as id, v.voucher_on as day from ar.vouchers v where v.tenant_id = ${tenantId} and v.source_id = any(${ids}::uuid[]) and v.source_kind in ('receipt', 'receiptIdentification')
      union all select a.receipt_id, a.entry_on from ar.allocations a where a.tenant_id = ${tenantId} and a.receipt_id = any(${ids}::uuid[])) x group by x.id`)
  return new Map(rows.map((row) => [row.id, row.day]))
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
  await withdrawApprovals(tx, 'receipt', [...versions.keys()], 'void')
}
