import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

export type Care = {
  readonly taskId: string
  readonly noticeId: string
  readonly receiptId: string
  readonly customerId: string
  readonly personId: string
  readonly dueOn: Day
  readonly params: Row
}

export function insertCare(tx: Tx, cares: readonly Care[]): void {
  tx.insert(
    'tasks',
    cares.map(({ taskId, receiptId, customerId, personId, dueOn, params }) => ({
      id: taskId,
      kind: 'customerCare',
      personId,
      customerId,
      sourceKind: 'receipt',
      sourceId: receiptId,
      params,
      dueOn,
    })),
  )
  tx.insert(
    'notifications',
    cares.map(({ noticeId, receiptId, personId, params }) => ({
      id: noticeId,
      personId,
      kind: 'receiptConfirmed',
      params,
      entity: 'receipt',
      entityId: receiptId,
    })),
  )
}
