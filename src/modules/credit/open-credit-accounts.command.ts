import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import type { CreatedCustomer, CustomersCreated } from '../customers/customer-events.ts'
import { GROUP_LEVELS_MOST } from '../customers/customer-group.ts'
import { insertAccounts } from './credit-account.store.ts'
import { lockCreditAccounts } from './credit-accounts.query.ts'

/** Every customer has a credit account from the moment it exists. A parent may be in the same list. Throws customers.groupTooDeep. */
export async function openCreditAccounts(tx: Tx, { customers }: CustomersCreated): Promise<void> {
  const inList = new Map(customers.map((customer) => [customer.id, customer]))
  const outside = [...new Set(customers.flatMap(({ parentId }) => (parentId && !inList.has(parentId) ? [parentId] : [])))]
  const parents = outside.length === 0 ? new Map<string, { ancestors: readonly string[] }>() : await lockCreditAccounts(tx, outside)
  insertAccounts(
    tx,
    customers.map((customer) => ({ customerId: customer.id, ancestors: pathOf(customer, inList, parents) })),
  )
}

function pathOf(
  customer: CreatedCustomer,
  inList: ReadonlyMap<string, CreatedCustomer>,
  parents: ReadonlyMap<string, { ancestors: readonly string[] }>,
): string[] {
  const path = [customer.id]
  let parentId = customer.parentId
  while (parentId !== null && path.length <= GROUP_LEVELS_MOST) {
    const above = parents.get(parentId)
    if (above) {
      path.unshift(...above.ancestors)
      break
    }
    path.unshift(parentId)
    parentId = inList.get(parentId)?.parentId ?? null
  }
  if (path.length > GROUP_LEVELS_MOST) throw new Problem('customers.groupTooDeep', { most: GROUP_LEVELS_MOST }, { path: 'parentId' })
  return path
}
