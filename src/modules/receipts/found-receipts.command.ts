import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { word } from '../../platform/words.ts'
import { insertBankAccounts, insertMethods, type OwnBankAccount, updateBankAccount, updateMethod } from './receipt.store.ts'

/** The payment methods of a new company, in its language; each may be renamed or disabled. */
const STANDARD = ['bankTransfer', 'cash', 'card', 'cheque', 'weChatPay', 'alipay'] as const

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
    after: { name: account.name, currency: account.currency, account: account.account, last4: account.accountNo.slice(-4) },
  })
  return id
}
export async function editBankAccount(tx: Tx, account: OwnBankAccount & { status: string; version: number }): Promise<void> {
  updateBankAccount(tx, account)
  tx.audit({
    action: 'bankAccounts.edited',
    entity: 'bankAccount',
    entityId: account.id,
    after: {
      name: account.name,
      currency: account.currency,
      account: account.account,
      last4: account.accountNo.slice(-4),
      status: account.status,
    },
  })
}
export async function addMethod(tx: Tx, method: { code: string; name: string }): Promise<string> {
  const id = uuid()
  insertMethods(tx, [{ id, ...method }])
  tx.audit({ action: 'paymentMethods.added', entity: 'paymentMethod', entityId: id, after: method })
  return id
}
export async function editMethod(
  tx: Tx,
  method: { id: string; code: string; name: string; status: string; version: number },
): Promise<void> {
  updateMethod(tx, method)
  tx.audit({
    action: 'paymentMethods.edited',
    entity: 'paymentMethod',
    entityId: method.id,
    after: { code: method.code, name: method.name, status: method.status },
  })
}
