import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { word } from '../../platform/words.ts'
import type { Row } from '../../platform/write-set.ts'
import { insertBankAccounts, insertMethods, type OwnBankAccount, updateBankAccount, updateMethod } from './receipt.store.ts'
import { lockBankAccount, lockMethod } from './receipt-accounts.query.ts'

/** The payment methods of a new company, in its language; each may be renamed or disabled. */
const STANDARD = ['bankTransfer', 'cash', 'card', 'cheque', 'bankersAcceptance', 'commercialAcceptance', 'weChatPay', 'alipay'] as const

export async function foundPaymentMethods(tx: Tx): Promise<void> {
  insertMethods(
    tx,
    STANDARD.map((code) => ({ id: uuid(), code, name: word(tx.caller.language, `receipts.methods.${code}`) ?? code })),
  )
}

/** Adds one of our bank accounts (自有账户). */
export async function addBankAccount(tx: Tx, account: Omit<OwnBankAccount, 'id'>): Promise<string> {
  const id = uuid()
  insertBankAccounts(tx, [{ id, ...account }])
  tx.audit({
    action: 'bankAccounts.added',
    entity: 'bankAccount',
    entityId: id,
    after: shown({ ...account, status: 'active' }),
  })
  return id
}
/** The number itself stays out of the audit log, which is never erased: it says that it changed, and the last four digits. */
export async function editBankAccount(
  tx: Tx,
  { version, ...account }: OwnBankAccount & { status: string; version: number },
): Promise<void> {
  const before = await lockBankAccount(tx, account.id)
  refuseStale(before.version, version)
  const changed = changes(shown(before), shown(account))
  const hasOtherNumber = before.accountNo !== account.accountNo
  if (!changed && !hasOtherNumber) return
  updateBankAccount(tx, { ...account, version })
  tx.audit({
    action: 'bankAccounts.edited',
    entity: 'bankAccount',
    entityId: account.id,
    before: changed?.before ?? {},
    after: changed?.after ?? {},
    ...(hasOtherNumber ? { detail: { changed: ['accountNo'] } } : {}),
  })
}
function shown({ name, bank, currency, account, accountNo, status }: Omit<OwnBankAccount, 'id'> & { status: string }): Row {
  return { name, bank, currency, account, last4: accountNo.slice(-4), status }
}
export async function addMethod(tx: Tx, method: { code: string; name: string }): Promise<string> {
  const id = uuid()
  insertMethods(tx, [{ id, ...method }])
  tx.audit({ action: 'paymentMethods.added', entity: 'paymentMethod', entityId: id, after: method })
  return id
}
export async function editMethod(
  tx: Tx,
  { id, version, ...method }: { id: string; code: string; name: string; status: string; version: number },
): Promise<void> {
  const before = await lockMethod(tx, id)
  refuseStale(before.version, version)
  const changed = changes({ ...before }, method)
  if (!changed) return
  updateMethod(tx, { id, version, ...method })
  tx.audit({ action: 'paymentMethods.edited', entity: 'paymentMethod', entityId: id, ...changed })
}

function refuseStale(present: number, read: number): void {
  if (present !== read) throw new Problem('platform.staleVersion', { version: present }, { kind: 'conflict' })
}
