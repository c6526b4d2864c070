import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'

/** A row of ar.receipts as it is first written, minor units. */
export type NewReceipt = {
  readonly id: string
  readonly entityId: string
  readonly customerId: string | null
  readonly orderId: string | null
  readonly currency: string
  readonly rate: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly fee: bigint
  readonly feeBase: bigint
  readonly receivedOn: Day
  readonly methodId: string | null
  readonly bankAccountId: string | null
  readonly payerName: string | null
  readonly payerAccount: string | null
  readonly reference: string | null
  readonly remark: string
  readonly channel: string | null
  readonly channelTx: string | null
  readonly sourceNo: string | null
}

/** Drafts, or at once confirmed by the rule (history that an import brings in). Numbers follow the day of the money: RC-2611-0001. */
export function insertReceipts(
  tx: Tx,
  receipts: readonly NewReceipt[],
  confirmed?: { readonly how: 'rule'; readonly opening: boolean },
): void {
  tx.insert(
    'receipts',
    receipts.map((receipt) => ({
      ...receipt,
      status: confirmed ? 'confirmed' : 'draft',
      createdBy: tx.caller.actorId,
      confirmedBy: null,
      confirmedHow: confirmed?.how ?? null,
      confirmedAt: confirmed ? tx.at : null,
      opening: confirmed?.opening ?? false,
    })),
  )
  for (const receipt of receipts) tx.number(`RC-${receipt.receivedOn.slice(2, 4)}${receipt.receivedOn.slice(5, 7)}`, [receipt.id])
}

const EDITABLE = [
  'entityId',
  'customerId',
  'orderId',
  'currency',
  'rate',
  'amount',
  'amountBase',
  'fee',
  'feeBase',
  'receivedOn',
  'methodId',
  'bankAccountId',
  'payerName',
  'payerAccount',
  'reference',
  'remark',
  'channel',
  'channelTx',
  'sourceNo',
] as const

/** Whoever changed a draft last has made it, and may not confirm it. */
export function updateDraft(tx: Tx, receipt: NewReceipt, version: number): void {
  tx.update('receipts', [{ ...receipt, version, createdBy: tx.caller.actorId }], {
    set: [...EDITABLE, 'createdBy'],
    expect: ['version'],
    guard: "t.status = 'draft'",
  })
}

export function markConfirmed(
  tx: Tx,
  receipts: readonly { id: string; version: number; how: 'person' | 'alone'; confirmedBy: string }[],
): void {
  tx.update(
    'receipts',
    receipts.map(({ id, version, how, confirmedBy }) => ({
      id,
      version,
      status: 'confirmed',
      confirmedHow: how,
      confirmedBy,
      confirmedAt: tx.at,
    })),
    { set: ['status', 'confirmedHow', 'confirmedBy', 'confirmedAt'], expect: ['version'], guard: "t.status = 'draft'" },
  )
}

export function markCancelled(tx: Tx, receipts: readonly { id: string; version: number }[]): void {
  tx.update(
    'receipts',
    receipts.map(({ id, version }) => ({ id, version, status: 'cancelled' })),
    { set: ['status'], expect: ['version'], guard: "t.status = 'draft'" },
  )
}

export function markReversed(tx: Tx, receipts: readonly { id: string; version: number; reversedOn: Day; reason: string }[]): void {
  tx.update(
    'receipts',
    receipts.map(({ id, version, reversedOn, reason }) => ({
      id,
      version,
      status: 'reversed',
      reversedOn,
      reversedBy: tx.caller.actorId,
      reverseReason: reason,
    })),
    {
      set: ['status', 'reversedOn', 'reversedBy', 'reverseReason'],
      expect: ['version'],
      guard: "t.status = 'confirmed' and t.allocated = 0",
    },
  )
}

export function setCustomer(tx: Tx, receipt: { id: string; version: number; customerId: string }): void {
  tx.update('receipts', [receipt], {
    set: ['customerId'],
    expect: ['version'],
    guard: "t.status = 'confirmed' and t.customer_id is null and t.allocated = 0",
  })
}

/** Another customer by a merge, or back by its undo. */
export function changeCustomer(tx: Tx, receipts: readonly { id: string; version: number; customerId: string }[]): void {
  tx.update('receipts', receipts, { set: ['customerId'], expect: ['version'] })
}

export function insertMoves(
  tx: Tx,
  moves: readonly { id: string; receiptId: string; fromId: string; intoId: string; movedOn: Day }[],
): void {
  tx.insert('receipt_moves', moves)
}

/** Counts what has been allocated (negative: undone). One row a receipt: the caller sums. The CHECK allocated + refunded ≤ amount is the wall. */
export function addAllocated(tx: Tx, receipts: readonly { id: string; allocated: bigint; allocatedBase: bigint }[]): void {
  tx.update('receipts', receipts, { add: ['allocated', 'allocatedBase'], guard: "t.status = 'confirmed'" })
}

export function insertMethods(tx: Tx, methods: readonly { id: string; code: string; name: string }[]): void {
  tx.insert('payment_methods', methods)
}
export function updateMethod(tx: Tx, method: { id: string; code: string; name: string; status: string; version: number }): void {
  tx.update('payment_methods', [method], { set: ['code', 'name', 'status'], expect: ['version'] })
}
export type OwnBankAccount = {
  readonly id: string
  readonly name: string
  readonly bank: string
  readonly accountNo: string
  readonly currency: string
  readonly account: string
}
export function insertBankAccounts(tx: Tx, accounts: readonly OwnBankAccount[]): void {
  tx.insert('bank_accounts', accounts)
}
export function updateBankAccount(tx: Tx, account: OwnBankAccount & { status: string; version: number }): void {
  tx.update('bank_accounts', [account], { set: ['name', 'bank', 'accountNo', 'currency', 'account', 'status'], expect: ['version'] })
}
