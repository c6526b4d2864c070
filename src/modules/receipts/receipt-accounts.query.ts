import { missing } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { OwnBankAccount } from './receipt.store.ts'

/** One of our bank accounts under lock, for an edit. Throws 404. */
export async function lockBankAccount(tx: Tx, id: string): Promise<OwnBankAccount & { status: string; version: number }> {
  const found = await tx.maybe<OwnBankAccount & { status: string; version: number }>(
    sql`select b.id, b.name, b.bank, b.account_no, b.currency, b.account, b.status, b.version from ar.bank_accounts b where b.tenant_id = ${tx.caller.tenantId} and b.id = ${id} for no key update`,
  )
  if (!found) throw missing('bankAccount')
  return found
}

/** A payment method under lock, for an edit. Throws 404. */
export async function lockMethod(tx: Tx, id: string): Promise<{ code: string; name: string; status: string; version: number }> {
  const found = await tx.maybe<{ code: string; name: string; status: string; version: number }>(
    sql`select m.code, m.name, m.status, m.version from ar.payment_methods m where m.tenant_id = ${tx.caller.tenantId} and m.id = ${id} for no key update`,
  )
  if (!found) throw missing('paymentMethod')
  return found
}
