import type { Day } from '../../kernel/day.ts'
import type { ActionKind, TemplateKey } from './ladder.ts'
import type { NotPossible } from './recipients.ts'

export type CaseMove = {
  readonly id: string
  readonly level: number
  readonly turn: number
  readonly lastStepOn: Day
  readonly highRisk: boolean
  readonly collectorId: string | null
  readonly ladderId: string
  readonly cutOn: Day | null
}

export type NewStep = {
  readonly id: string
  readonly caseId: string
  readonly customerId: string
  readonly level: number
  readonly turn: number
  readonly action: ActionKind
  readonly ladderVersionId: string
  readonly runId: string
  readonly onDay: Day
  readonly template: TemplateKey | null
  readonly recipients: readonly string[]
  readonly messageId: string | null
  readonly notPossible: NotPossible | null
  readonly personId: string | null
  readonly taskId: string | null
  readonly heldCredit: boolean
  readonly netBase: bigint
  readonly oldestDueOn: Day
}

export type NewStepItem = {
  readonly caseId: string
  readonly level: number
  readonly turn: number
  readonly receivableId: string
  readonly currency: string
  readonly open: bigint
  readonly openBase: bigint
  readonly dueOn: Day
}

export const dunningTaskKinds = ['dunningReminder', 'dunningEscalation', 'dunningHighRisk', 'dunningNoAddress', 'dunningCut'] as const
export type DunningTaskKind = (typeof dunningTaskKinds)[number]
export type NewTask = {
  readonly id: string
  readonly kind: DunningTaskKind
  readonly personId: string
  readonly customerId: string
  readonly sourceId: string
  readonly dueOn: Day
  readonly params: Readonly<Record<string, string | number>>
}
