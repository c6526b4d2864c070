import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'
import type { CaseEnd } from './case-ends.ts'
import type { CaseMove, NewStep, NewStepItem, NewTask } from './step-rows.ts'

export function openCases(tx: Tx, cases: readonly (CaseMove & { readonly customerId: string })[]): void {
  tx.insert(
    'dunning_cases',
    cases.map((one) => ({ ...one, openedOn: one.lastStepOn, createdAt: tx.at })),
  )
}

/** Guarded by the version: a case that somebody else moved is looked at again. */
export function moveCases(tx: Tx, cases: readonly (CaseMove & { readonly version: number })[]): void {
  tx.update('dunning_cases', cases, {
    set: ['level', 'turn', 'lastStepOn', 'highRisk', 'collectorId', 'ladderId', 'cutOn'],
    expect: ['version'],
    guard: 't.closed_on is null',
  })
}

export function closeCases(tx: Tx, cases: readonly { readonly id: string; readonly version: number; readonly how: CaseEnd }[]): void {
  tx.update(
    'dunning_cases',
    cases.map(({ id, version, how }) => ({ id, version, closedOn: tx.today, closedHow: how })),
    { set: ['closedOn', 'closedHow'], expect: ['version'], guard: 't.closed_on is null' },
  )
}

/** After a merge: the case of a customer becomes that of another, or takes over how far another one had come. */
export function giveCase(
  tx: Tx,
  found: {
    readonly id: string
    readonly version: number
    readonly customerId: string
    readonly level: number
    readonly turn: number
    readonly lastStepOn: Day | null
  },
): void {
  const { id, version, customerId, level, turn, lastStepOn } = found
  const row = { id, version, customerId, level, turn, lastStepOn }
  tx.update('dunning_cases', [row], { set: ['customerId', 'level', 'turn', 'lastStepOn'], expect: ['version'] })
}

/** (case, level, action, turn) is unique: what has been done is never done again. */
export function insertSteps(tx: Tx, steps: readonly NewStep[]): void {
  tx.insert(
    'dunning_steps',
    steps.map((step) => ({ ...step, createdAt: tx.at })),
  )
}

export function insertStepItems(tx: Tx, items: readonly NewStepItem[]): void {
  tx.insert('dunning_step_items', items)
}

export function insertTasks(tx: Tx, tasks: readonly NewTask[]): void {
  tx.insert(
    'tasks',
    tasks.map((task) => ({ ...task, sourceKind: task.kind === 'dunningCut' ? 'dunningCase' : 'dunningStep' })),
  )
}

export type NewNotice = {
  readonly id: string
  readonly personId: string
  readonly kind: string
  readonly params: Row
  readonly entity: 'dunningCase' | 'dunningRun'
  readonly entityId: string
}
export function insertNotices(tx: Tx, notices: readonly NewNotice[]): void {
  tx.insert(
    'notifications',
    notices.map((notice) => ({ ...notice, createdAt: tx.at })),
  )
}

export type MailedItem = {
  readonly messageId: string
  readonly receivableId: string
  readonly open: bigint
  readonly receivableVersion: number
}
export function insertMailedItems(tx: Tx, items: readonly MailedItem[]): void {
  tx.insert(
    'dunning_mailed_items',
    items.map((item) => ({ ...item, checkedAt: tx.at })),
  )
}
