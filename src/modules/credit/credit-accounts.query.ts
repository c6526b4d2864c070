import type { Day } from '../../kernel/day.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { type Found, found, isFound, type Sql, sql } from '../../platform/sql.ts'

/** One customer's credit counters, in base-currency minor units, of its whole subtree. `ancestors`: root first, itself last. */
export type CreditAccount = {
  readonly customerId: string
  readonly ancestors: readonly string[]
  readonly limitBase: bigint | null
  readonly temporaryLimitBase: bigint | null
  readonly temporaryFrom: Day | null
  readonly temporaryUntil: Day | null
  readonly onHold: boolean
  readonly ordersBase: bigint
  readonly receivablesBase: bigint
  readonly version: number
}

/**
 * The accounts of these customers and of everyone above them, locked root first (data-model.md section 11): whoever changes exposure calls this before it
 * locks receipts or receivables. Keyed by customer id.
 */
export async function lockCreditAccounts(tx: Tx, customerIds: readonly string[]): Promise<Map<string, CreditAccount>> {
  const held = locked.get(tx)
  if (held && customerIds.every((id) => held.has(id))) return held
  return lockCreditAccountsOf(tx, found(customerIds))
}

/** The same for customers that a question finds, so that documents behind it can be locked in the same flight. */
export async function lockCreditAccountsOf(tx: Tx, customers: Found): Promise<Map<string, CreditAccount>> {
  const accounts = await tx.all<CreditAccount>(
    sql`${accountsOf(tx, customers)} order by cardinality(a.ancestors), a.customer_id for no key update`,
  )
  const held = byCustomer(accounts)
  locked.set(tx, new Map([...(locked.get(tx) ?? []), ...held]))
  return held
}

/** What this transaction has locked already: a handler that asks again pays no round trip. Counters are those of the first lock; the save adds to what is there. */
const locked = new WeakMap<Tx, Map<string, CreditAccount>>()

/** The same without a lock, for showing. */
export async function readCreditAccounts(reader: Reader, customerIds: readonly string[]): Promise<Map<string, CreditAccount>> {
  return byCustomer(await reader.all<CreditAccount>(accountsOf(reader, found(customerIds))))
}

function accountsOf(reader: Reader, customers: Found): Sql {
  const t = reader.caller.tenantId
  return sql`select a.customer_id, a.ancestors, a.limit_base, a.temporary_limit_base, a.temporary_from, a.temporary_until, a.on_hold, a.orders_base, a.receivables_base, a.version
    from ar.credit_accounts a where a.tenant_id = ${t} and ${isOnPathOf(t, customers)}`
}

/** On accounts `a`: that of one of these customers, or of somebody above them. */
export function isOnPathOf(t: number, customers: Found): Sql<boolean> {
  const paths = sql`from ar.credit_accounts b where b.tenant_id = ${t} and ${isFound(sql`b.customer_id`, customers)}`
  return customers.isOne
    ? sql<boolean>`a.customer_id = any((select b.ancestors ${paths})::uuid[])`
    : sql<boolean>`a.customer_id = any(array(select unnest(b.ancestors) ${paths}))`
}

function byCustomer(accounts: readonly CreditAccount[]): Map<string, CreditAccount> {
  return new Map(accounts.map((account) => [account.customerId, account]))
}
