import { assert } from '../../kernel/assert.ts'
import type { Tx } from '../../platform/db.ts'
import type { CreditAccount } from './credit-accounts.query.ts'

/** How a customer's exposure changes, in base-currency minor units. `limitBase` makes the save fail unless orders + receivables stay within it (the race-proof wall). */
export type ExposureChange = {
  readonly customerId: string
  readonly ordersBase?: bigint
  readonly receivablesBase?: bigint
  readonly limitBase?: bigint
}

/**
 * Adds the changes to the customers' counters and to everyone's above them. `accounts` comes from lockCreditAccounts of the same transaction.
 * All changes of one transaction are summed per account, so that several commands of one flow may call this.
 */
export function changeExposure(tx: Tx, accounts: ReadonlyMap<string, CreditAccount>, changes: readonly ExposureChange[]): void {
  const rows = changes.flatMap(({ customerId, ordersBase = 0n, receivablesBase = 0n, limitBase }) => {
    const account = accounts.get(customerId)
    assert(account !== undefined, `the credit account of ${customerId} was locked`)
    return account.ancestors.map((ancestor) => ({
      customerId: ancestor,
      ordersBase,
      receivablesBase,
      limitBase: ancestor === customerId ? (limitBase ?? null) : null,
    }))
  })
  tx.increase('credit_accounts', rows, COUNTERS)
}

/** The same wall for accounts of a group above the customer. */
export function guardLimit(tx: Tx, customerId: string, limitBase: bigint): void {
  tx.increase('credit_accounts', [{ customerId, ordersBase: 0n, receivablesBase: 0n, limitBase }], COUNTERS)
}

/** Adds to the counters of exactly these accounts, nobody above them: for moves between groups. The accounts are locked by the caller. */
export function addToAccounts(
  tx: Tx,
  customerIds: readonly string[],
  by: { readonly ordersBase: bigint; readonly receivablesBase: bigint },
): void {
  tx.increase(
    'credit_accounts',
    customerIds.map((customerId) => ({ customerId, ...by, limitBase: null })),
    COUNTERS,
  )
}

const COUNTERS = {
  match: ['customerId'],
  add: ['ordersBase', 'receivablesBase'],
  least: ['limitBase'],
  guard: 'x.limit_base is null or t.orders_base + x.orders_base + t.receivables_base + x.receivables_base <= x.limit_base',
} as const
