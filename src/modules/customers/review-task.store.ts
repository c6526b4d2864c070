import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'

export type ReviewTask = {
  readonly id: string
  readonly personId: string
  readonly customerId: string
  readonly sourceId: string
  readonly dueOn: Day
  readonly params: { readonly name: string; readonly code: string }
}

export function insertReviewTasks(tx: Tx, tasks: readonly ReviewTask[]): void {
  tx.insert(
    'tasks',
    tasks.map((task) => ({ ...task, kind: 'customerReview', sourceKind: 'customerReview' })),
  )
}
