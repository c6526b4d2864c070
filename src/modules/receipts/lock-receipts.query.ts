import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { lockCreditAccountsOf } from '../credit/credit-accounts.query.ts'

/** A receipt as a command needs it, minor units. `voucherId` is the voucher of its confirmation, `account` our bank account's ledger account. */
export type LockedReceipt = {
  readonly id: string
  readonly no: string | null
  readonly status: 'draft' | 'confirmed' | 'reversed' | 'cancelled'
  readonly version: number
  readonly entityId: string
  readonly customerId: string | null
  readonly orderId: string | null
  readonly currency: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly fee: bigint
  readonly feeBase: bigint
  readonly allocated: bigint
  readonly allocatedBase: bigint
  readonly refunded: bigint
  readonly receivedOn: Day
  readonly reference: string | null
  readonly createdBy: string
  readonly account: string
  readonly voucherId: string | null
}

/** Locks the credit accounts of the receipts' customers and of everyone above them: for commands after which money may be allocated. Before lockReceipts, in the same flight. */
export async function lockPayers(tx: Tx, receiptIds: readonly string[]): Promise<void> {
  const { tenantId } = tx.caller
  const payers = sql`select r.customer_id from ar.receipts r where r.tenant_id = ${tenantId} and r.id = any(${receiptIds}::uuid[])`
  await lockCreditAccountsOf(tx, { ids: payers, isOne: new Set(receiptIds).size === 1 })
}

/** Locks them in order of id, after credit accounts and before receivables. Throws platform.notFound unless all are there and visible. */
export async function lockReceipts(tx: Tx, ids: readonly string[]): Promise<LockedReceipt[]> {
  const { tenantId } = tx.caller
  const found =
    await tx.all<LockedReceipt>(sql`select r.id, n.series || '-' || ar.no_text(n.no) as no, r.status, r.version, r.entity_id, r.customer_id, r.order_id, r.currency, r.amount, r.amount_base, r.fee, r.fee_base,
      r.allocated, r.allocated_base, r.refunded, r.received_on, r.reference, r.created_by, coalesce(b.account, '1002') as account,
      (select v.id from ar.vouchers v where v.tenant_id = ${tenantId} and v.source_id = r.id and v.source_kind = 'receipt' and v.reverses_id is null) as voucher_id
    from ar.receipts r left join ar.document_numbers n on n.tenant_id = ${tenantId} and n.document_id = r.id
      left join ar.bank_accounts b on b.tenant_id = ${tenantId} and b.id = r.bank_account_id
    where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) order by r.id for no key update of r`)
  if (found.length !== new Set(ids).size) throw missing('receipt')
  return found
}
