import type { Day } from '../../kernel/day.ts'
import type { Issue } from '../../kernel/problem.ts'

/** The texts that a level may send (模板); every one exists in every language. */
export const templateKeys = ['friendly', 'overdue', 'formal'] as const
export type TemplateKey = (typeof templateKeys)[number]
export const actionKinds = ['email', 'remindSalesperson', 'escalate', 'flagHighRisk'] as const
export type ActionKind = (typeof actionKinds)[number]

/**
 * 催收动作. `email`: one message to the customer about everything that the level names. `remindSalesperson`: a task, to be done within so many days. `escalate`: the case goes to a
 * collector, who has a task. `flagHighRisk`: the case is marked and finance managers are told; with `hold` new orders of the customer stop (信用冻结).
 */
export type DunningAction =
  | { readonly kind: 'email'; readonly template: TemplateKey }
  | { readonly kind: 'remindSalesperson'; readonly withinDays: number }
  | { readonly kind: 'escalate' }
  | { readonly kind: 'flagHighRisk'; readonly hold: boolean }

/**
 * 催收级别: one rung. `days`: negative or 0 = so many days before the due day (0 = on it), else the days that the oldest item is overdue. `minimumMinor`: reached only when the net
 * debt (what the level names, less the customer's unallocated money, base currency) is at least so much. A kind of action stands in a level once at most. `repeat`: only of the last level.
 */
export type DunningLevel = {
  /** 1 … n, in order. */
  readonly position: number
  readonly name: string
  readonly days: number
  readonly minimumMinor: bigint
  readonly actions: readonly DunningAction[]
  readonly repeat: LevelRepeat | null
}
/** 重复: while something is overdue the last level is taken again `everyDays` days after it was taken last, at most `most` times more, so that debts which fall due later are named too. */
export type LevelRepeat = { readonly everyDays: number; readonly most: number }

/** 催收流程: what is published, or drafted. `leastDaysBetween`: when a case catches up with levels whose days are over, two of them are at least so many days apart. */
export type LadderContent = { readonly leastDaysBetween: number; readonly levels: readonly DunningLevel[] }

export const LEVELS_MOST = 12
export const DAYS_BEFORE_MOST = 60
export const DAYS_OVERDUE_MOST = 1_095
const DAYS_BETWEEN_MOST = 30
const WITHIN_DAYS_MOST = 60
/** A customer is not asked for the same more often than once a week. */
export const REPEAT_DAYS_LEAST = 7
export const REPEAT_DAYS_MOST = 365
export const REPEATS_MOST = 60

/** Before or on the due day: such a level names what is not overdue yet, and is passed over when the oldest item already is. */
export function isBeforeDue(level: Pick<DunningLevel, 'days'>): boolean {
  return level.days <= 0
}

/** Everything that is wrong with a ladder, by path ('levels.2.days'); empty when it may be saved. */
export function ladderIssues({ leastDaysBetween, levels }: LadderContent): Issue[] {
  const issues: Issue[] = []
  if (!isWhole(leastDaysBetween, 1, DAYS_BETWEEN_MOST))
    issues.push({ path: 'leastDaysBetween', code: 'dunning.daysBetween', params: { most: DAYS_BETWEEN_MOST } })
  if (levels.length === 0) issues.push({ path: 'levels', code: 'dunning.levelsMissing' })
  if (levels.length > LEVELS_MOST) issues.push({ path: 'levels', code: 'dunning.tooManyLevels', params: { most: LEVELS_MOST } })
  return [
    ...issues,
    ...levels.flatMap((level, index) => [
      ...levelIssues(level, index, levels[index - 1]),
      ...repeatIssues(level, index, index === levels.length - 1),
    ]),
  ]
}

function repeatIssues({ repeat, days }: DunningLevel, index: number, isLast: boolean): Issue[] {
  if (repeat === null) return []
  const path = `levels.${index}.repeat`
  if (!isLast) return [{ path, code: 'dunning.repeatNotLast' }]
  if (isBeforeDue({ days })) return [{ path, code: 'dunning.repeatBeforeDue' }]
  const isRight = isWhole(repeat.everyDays, REPEAT_DAYS_LEAST, REPEAT_DAYS_MOST) && isWhole(repeat.most, 1, REPEATS_MOST)
  return isRight
    ? []
    : [{ path, code: 'dunning.repeatBounds', params: { least: REPEAT_DAYS_LEAST, days: REPEAT_DAYS_MOST, most: REPEATS_MOST } }]
}

function levelIssues(level: DunningLevel, index: number, before: DunningLevel | undefined): Issue[] {
  const at = (field: string) => `levels.${index}.${field}`
  const issues: Issue[] = []
  if (level.position !== index + 1) issues.push({ path: at('position'), code: 'dunning.positions', params: { expected: index + 1 } })
  if (level.name.trim() === '') issues.push({ path: at('name'), code: 'platform.required' })
  if (!isWhole(level.days, -DAYS_BEFORE_MOST, DAYS_OVERDUE_MOST))
    issues.push({ path: at('days'), code: 'dunning.levelDays', params: { before: DAYS_BEFORE_MOST, after: DAYS_OVERDUE_MOST } })
  else if (before !== undefined && level.days <= before.days)
    issues.push({ path: at('days'), code: 'dunning.levelsOutOfOrder', params: { before: before.days } })
  if (level.minimumMinor < 0n) issues.push({ path: at('minimum'), code: 'platform.notAnAmount' })
  if (level.actions.length === 0) issues.push({ path: at('actions'), code: 'dunning.actionsMissing' })
  level.actions.forEach((action, place) => {
    const path = `levels.${index}.actions.${place}`
    if (level.actions.findIndex(({ kind }) => kind === action.kind) < place) issues.push({ path, code: 'dunning.actionTwice' })
    if (action.kind === 'remindSalesperson' && !isWhole(action.withinDays, 0, WITHIN_DAYS_MOST))
      issues.push({ path: `${path}.withinDays`, code: 'dunning.withinDays', params: { most: WITHIN_DAYS_MOST } })
    if (isBeforeDue(level) && (action.kind === 'escalate' || action.kind === 'flagHighRisk'))
      issues.push({ path, code: 'dunning.tooEarlyForAction' })
  })
  return issues
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

/** As it is kept in JSON: minor units as text. What was saved before levels could be repeated says nothing of it: they are not. */
export type StoredContent = {
  readonly leastDaysBetween: number
  readonly levels: readonly (Omit<DunningLevel, 'minimumMinor' | 'repeat'> & {
    readonly minimumMinor: string
    readonly repeat?: LevelRepeat | null
  })[]
}
export function contentOf(stored: StoredContent): LadderContent {
  return {
    ...stored,
    levels: stored.levels.map((level) => ({ ...level, repeat: level.repeat ?? null, minimumMinor: BigInt(level.minimumMinor) })),
  }
}

/** A published version; `publishedBy` is a name. */
export type LadderVersion = {
  readonly id: string
  readonly ladderId: string
  readonly no: number
  readonly content: LadderContent
  readonly validFrom: Day
  readonly publishedAt: Date
  readonly publishedBy: string | null
  readonly publishedHow: 'founded' | 'person' | 'alone'
}
