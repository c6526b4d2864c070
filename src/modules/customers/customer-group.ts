import { Problem } from '../../kernel/problem.ts'

/** Levels of a customer group (客户集团), root and customer included. */
export const GROUP_LEVELS_MOST = 5

/** One customer's path: root first, itself last. */
export type GroupPath = { readonly customerId: string; readonly ancestors: readonly string[] }

/**
 * The paths of a customer and everyone below it after it has moved under `parent` (undefined: it stands alone).
 * Throws Problem customers.groupCycle when the parent is below the customer or the customer itself, customers.groupTooDeep beyond five levels.
 */
export function movedPaths(customerId: string, subtree: readonly GroupPath[], parent: GroupPath | undefined): GroupPath[] {
  if (parent?.ancestors.includes(customerId)) throw new Problem('customers.groupCycle', {}, { path: 'parentId' })
  const above = parent?.ancestors ?? []
  return subtree.map((path) => {
    const ancestors = [...above, ...path.ancestors.slice(path.ancestors.indexOf(customerId))]
    if (ancestors.length > GROUP_LEVELS_MOST) throw new Problem('customers.groupTooDeep', { most: GROUP_LEVELS_MOST }, { path: 'parentId' })
    return { customerId: path.customerId, ancestors }
  })
}
