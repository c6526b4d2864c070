import { assert } from '../../kernel/assert.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { CustomersMoved } from '../customers/customer-events.ts'
import { type GroupPath, movedPaths } from '../customers/customer-group.ts'
import { addToAccounts } from './change-exposure.command.ts'
import { changePaths } from './credit-account.store.ts'
import { type CreditAccount, lockCreditAccounts } from './credit-accounts.query.ts'

/**
 * Customers move within or between groups: the counters of the whole subtree leave the old groups above it and join the new ones, in the transaction of
 * the move. Everything on both paths is locked root first, so that moves, orders and new members of one group wait for each other. Throws customers.groupCycle, groupTooDeep.
 */
export async function moveCreditAccounts(tx: Tx, { moves }: CustomersMoved): Promise<void> {
  const accounts = await lockCreditAccounts(
    tx,
    moves.flatMap(({ customerId, parentId }) => (parentId ? [customerId, parentId] : [customerId])),
  )
  const subtrees = await lockSubtrees(
    tx,
    moves.map(({ customerId }) => customerId),
  )
  const moved = new Set<string>()
  for (const { customerId, parentId } of moves) {
    const account = accounts.get(customerId)
    assert(account !== undefined, 'a customer has a credit account')
    const parent = parentId === null ? undefined : accounts.get(parentId)
    const paths = movedPaths(
      customerId,
      subtrees.filter((path) => path.ancestors.includes(customerId)),
      parent,
    )
    assert(
      paths.every((path) => !moved.has(path.customerId)),
      'one transaction moves a customer once',
    )
    for (const path of paths) moved.add(path.customerId)
    changePaths(tx, paths)
    moveCounters(tx, account, parent?.ancestors ?? [])
  }
}

/** Only what differs between the old and the new groups changes; common ancestors keep their counters. */
function moveCounters(tx: Tx, { customerId, ancestors, ordersBase, receivablesBase }: CreditAccount, to: readonly string[]): void {
  if (ordersBase === 0n && receivablesBase === 0n) return
  const from = ancestors.filter((id) => id !== customerId)
  addToAccounts(
    tx,
    from.filter((id) => !to.includes(id)),
    { ordersBase: -ordersBase, receivablesBase: -receivablesBase },
  )
  addToAccounts(
    tx,
    to.filter((id) => !from.includes(id)),
    { ordersBase, receivablesBase },
  )
}

/** Read after the roots are locked: nobody can join or leave these subtrees any more. */
async function lockSubtrees(tx: Tx, customerIds: readonly string[]): Promise<GroupPath[]> {
  return tx.all<GroupPath>(sql`select a.customer_id, array(select c::text from unnest(a.ancestors) with ordinality x(c, n) order by n) as ancestors
    from ar.credit_accounts a where a.tenant_id = ${tx.caller.tenantId} and a.ancestors && ${customerIds}::uuid[] order by cardinality(a.ancestors), a.customer_id for no key update`)
}
