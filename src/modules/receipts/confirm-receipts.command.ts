import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { announce, emit } from '../../platform/events.ts'
import { pendingRequests } from '../approvals/approval-requests.query.ts'
import { requestApprovals } from '../approvals/request-approvals.command.ts'
import { askToConfirm } from './ask-to-confirm.command.ts'
import { type LockedReceipt, lockPayers, lockReceipts } from './lock-receipts.query.ts'
import { markConfirmed } from './receipt.store.ts'
import type { ReceiptsConfirmed } from './receipt-events.ts'

export type WantedDocument = { readonly id: string; readonly version: number }
export type Confirmation = { readonly confirmed: string[]; readonly awaitingApproval: string[] }

/**
 * 收款确认: step two. The money arrived: books it (voucher, salesperson told, customer care) and lets it be allocated; where an approval rule asks for somebody, it waits for them first. Whoever
 * recorded a receipt may not confirm it, unless the one-person company has switched four-eyes off. Money dated after today cannot have arrived. Throws receipts.notDraft,
 * receipts.makerIsChecker, receipts.inFuture, receipts.awaitingApproval, platform.staleVersion.
 */
export async function confirmReceipts(tx: Tx, wanted: readonly WantedDocument[]): Promise<Confirmation> {
  announce(tx, 'receipts.confirmed')
  const ids = wanted.map((one) => one.id)
  const [, receipts, pending] = await Promise.all([lockPayers(tx, ids), lockReceipts(tx, ids), pendingRequests(tx, 'receipt', ids)])
  const versions = new Map(wanted.map((one) => [one.id, one.version]))
  for (const receipt of receipts) {
    refuse(tx, receipt, versions.get(receipt.id)!)
    if (pending.some((request) => request.entityId === receipt.id))
      throw new Problem('receipts.awaitingApproval', { no: receipt.no ?? '' }, { kind: 'conflict' })
  }
  const answers = await requestApprovals(
    tx,
    receipts.map((receipt) => askToConfirm(receipt, tx.caller.baseCurrency)),
  )
  const awaits = (receipt: LockedReceipt): boolean => answers.get(receipt.id)?.needed === true
  for (const receipt of receipts.filter(awaits))
    tx.audit({ action: 'receipts.confirmationAsked', entity: 'receipt', entityId: receipt.id, after: { amount: receipt.amount } })
  const booked = receipts.filter((receipt) => !awaits(receipt))
  await bookConfirmation(tx, booked, tx.caller.fourEyes ? 'person' : 'alone')
  return { confirmed: booked.map((receipt) => receipt.id), awaitingApproval: receipts.filter(awaits).map((receipt) => receipt.id) }
}

/** The booking itself, of locked drafts. `checkers` names who confirmed each where that was not the caller (an approval was the last step). */
export async function bookConfirmation(
  tx: Tx,
  receipts: readonly LockedReceipt[],
  how: 'person' | 'alone',
  checkers: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  if (receipts.length === 0) return
  const checkerOf = (id: string): string => checkers.get(id) ?? tx.caller.actorId
  markConfirmed(
    tx,
    receipts.map(({ id, version, createdBy }) => ({
      id,
      version,
      how: how === 'alone' && createdBy !== checkerOf(id) ? 'person' : how,
      confirmedBy: checkerOf(id),
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
  const confirmed = receipts.map((receipt) => ({ ...receipt, voucherId: uuid(), isHistory: false }))
  await emit<ReceiptsConfirmed>(tx, { type: 'receipts.confirmed', receipts: confirmed })
}

function refuse(tx: Tx, { no, status, version, createdBy, receivedOn }: LockedReceipt, seen: number): void {
  const named = { no: no ?? '' }
  if (status !== 'draft') throw new Problem('receipts.notDraft', named, { kind: 'conflict' })
  if (version !== seen) throw new Problem('platform.staleVersion', { version }, { kind: 'conflict' })
  if (receivedOn > tx.today) throw new Problem('receipts.inFuture', { ...named, day: receivedOn })
  if (tx.caller.fourEyes && createdBy === tx.caller.actorId) throw new Problem('receipts.makerIsChecker', named, { kind: 'forbidden' })
}
