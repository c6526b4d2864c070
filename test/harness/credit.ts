import { uuid } from '../../src/kernel/uuid.ts'
import { changeExposure } from '../../src/modules/credit/change-exposure.command.ts'
import { lockCreditAccounts } from '../../src/modules/credit/credit-accounts.query.ts'
import type { Tx } from '../../src/platform/db.ts'
import type { Person, Reply, TestApp, TestCompany } from './app.ts'

/** What the credit tests do over and over. Amounts in minor units where they are bigint, else decimal text. */
export type CreditWorld = {
  create(name: string, more?: object): Promise<string>
  /** The position as the accountant, or `who`, sees it. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
  position(customerId: string, who?: Person): Promise<any>
  /** Asks for a standard limit, as the finance manager. */
  limitOf(customerId: string, limit: string | null, more?: object, who?: Person, version?: number): Promise<Reply>
  check(customerId: string, amount: string, more?: object, who?: Person): Promise<Reply>
  /** An order that holds credit, as the orders module books it. */
  order(customerId: string, openBase: bigint): Promise<void>
  receivable(customerId: string, base: bigint, dueOn: string): Promise<void>
  inTx<T>(body: (tx: Tx) => Promise<T>): Promise<T>
}

export function creditWorld(app: TestApp, company: TestCompany): CreditWorld {
  const { arAccountant, financeManager } = company.people
  const inTx = <T>(body: (tx: Tx) => Promise<T>) => app.db.transaction(company.system, body)
  return {
    create: async (name, more = {}) => (await arAccountant.post('/api/customers', { name, acceptSimilar: true, ...more })).body.id,
    position: async (id, who = arAccountant) => (await who.get(`/api/credit/${id}`)).body,
    limitOf: (id, limit, more = {}, who = financeManager, version = 1) =>
      who.post(`/api/credit/${id}/limits`, { version, kind: 'standard', limit, effectiveFrom: '2026-11-21', reason: '年度额度', ...more }),
    check: (id, amount, more = {}, who = arAccountant) => who.post('/api/credit/check', { customerId: id, amount, ...more }),
    order: (customerId, openBase) => inTx((tx) => insertOrder(tx, company.entityId, customerId, openBase)),
    receivable: (customerId, base, dueOn) => inTx((tx) => insertReceivable(tx, company.entityId, { customerId, base, dueOn })),
    inTx,
  }
}

async function insertOrder(tx: Tx, entityId: string, customerId: string, openBase: bigint): Promise<void> {
  const accounts = await lockCreditAccounts(tx, [customerId])
  const amounts = { net: openBase, tax: 0n, amount: openBase, amountBase: openBase, openBase, reservedBase: openBase }
  const made = { status: 'approved', orderedOn: '2026-11-01', terms: {}, createdBy: uuid(), approvedHow: 'rule' }
  tx.insert('orders', [{ id: uuid(), entityId, customerId, currency: 'CNY', ...amounts, ...made }])
  changeExposure(tx, accounts, [{ customerId, ordersBase: openBase }])
}

type Owed = { readonly customerId: string; readonly base: bigint; readonly dueOn: string }

async function insertReceivable(tx: Tx, entityId: string, { customerId, base, dueOn }: Owed): Promise<void> {
  const accounts = await lockCreditAccounts(tx, [customerId])
  const amounts = { amount: base, amountBase: base, open: base, openBase: base }
  const days = { issuedOn: '2026-01-01', dueOn, contractDueOn: dueOn }
  tx.insert('receivables', [{ id: uuid(), kind: 'manual', entityId, customerId, currency: 'CNY', ...amounts, ...days }])
  changeExposure(tx, accounts, [{ customerId, receivablesBase: base }])
}
