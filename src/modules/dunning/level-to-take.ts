import { addDays, type Day, day, daysBetween, earlierDay, laterDay } from '../../kernel/day.ts'
import { type Calendar, nextWorkingDay } from '../terms/calendar.ts'
import { type DunningLevel, isBeforeDue, type LadderContent } from './ladder.ts'
import type { LeftOutReason } from './left-out.ts'
import { levelDay } from './level-day.ts'

/** Where a customer's case stands: `level` 0 and no day while there is none. `turn`: how many times that level has been taken (1 unless it is repeated). */
export type CaseState = { readonly level: number; readonly turn: number; readonly lastStepOn: Day | null }
export const NO_CASE: CaseState = { level: 0, turn: 1, lastStepOn: null }
/** What may be chased: open, neither disputed nor paused. Minor units of the base currency. */
export type DueItem = { readonly dueOn: Day; readonly openBase: bigint }

/** `turn`: the how manieth time. `named`: what the level is about. `netBase`: that, less the unallocated money. `oldestDueOn`: of what is named. */
export type TakenLevel<I extends DueItem> = {
  readonly take: DunningLevel
  readonly turn: number
  readonly named: readonly I[]
  readonly netBase: bigint
  readonly oldestDueOn: Day
}
export type LeftOut = { readonly leave: LeftOutReason; readonly onDay: Day | null; readonly netBase: bigint; readonly oldestDueOn: Day }

/**
 * Which level a customer's case takes on this working day, or why none. Strictly the next one, whose day for the oldest item must have come; levels before the due day are passed over
 * once something is overdue. At most one a day, and when the case catches up (an old debt that was imported, a standstill) at least `leastDaysBetween` days apart. After the last level that
 * one is repeated as its ladder says, and turns that were missed are not made up for. The net debt counts what the level names: overdue items, or before the due day those whose reminder
 * has come; unallocated money comes off first. `items` must not be empty.
 */
export function levelToTake<I extends DueItem>(
  content: LadderContent,
  state: CaseState,
  items: readonly I[],
  unallocatedBase: bigint,
  today: Day,
  calendar: Calendar,
): TakenLevel<I> | LeftOut {
  const overdue = items.filter((item) => item.dueOn < today)
  const oldest = earliest(overdue.length > 0 ? overdue : items)
  const next = nextTurn(content, state, overdue.length > 0)
  const leave = (reason: LeftOutReason, onDay: Day | null = null, netBase = sum(overdue) - unallocatedBase): LeftOut => ({
    leave: reason,
    onDay,
    netBase,
    oldestDueOn: oldest,
  })
  if (next === undefined) return leave('ladderEnded')
  const { level, turn } = next
  const on = levelDay(level, oldest, calendar)
  if (on > today) return leave('notYet', on)
  if (state.lastStepOn !== null && state.lastStepOn >= today) return leave('doneToday', nextWorkingDay(calendar, addDays(today, 1)))
  const from = earliestAfter(content, state, next, oldest, calendar)
  if (from !== undefined && from > today) return leave(turn > 1 ? 'notYet' : 'tooSoon', nextWorkingDay(calendar, from))
  const named = isBeforeDue(level) ? items.filter((item) => levelDay(level, item.dueOn, calendar) <= today) : overdue
  const netBase = sum(named) - unallocatedBase
  if (netBase <= 0n) return leave('covered', null, netBase)
  if (netBase < level.minimumMinor) return leave('belowMinimum', null, netBase)
  return { take: level, turn, named, netBase, oldestDueOn: oldest }
}

type Turn = { readonly level: DunningLevel; readonly turn: number }

/** The first level above the one reached; at the end of the ladder its last level once more, when it is the one reached and may be repeated so often. */
function nextTurn({ levels }: LadderContent, state: CaseState, isOverdue: boolean): Turn | undefined {
  const above = levels.find(({ position, days }) => position > state.level && !(isOverdue && isBeforeDue({ days })))
  if (above !== undefined) return { level: above, turn: 1 }
  const last = levels.at(-1)
  return last?.position === state.level && last.repeat !== null && state.turn <= last.repeat.most
    ? { level: last, turn: state.turn + 1 }
    : undefined
}

/** The day on which the next level falls for the oldest item as far as is known today, not earlier than the rules for catching up allow; undefined at the end of the ladder. */
export function nextLevelDay(
  content: LadderContent,
  state: CaseState,
  oldestDueOn: Day,
  today: Day,
  calendar: Calendar,
): (Turn & { readonly onDay: Day }) | undefined {
  const next = nextTurn(content, state, oldestDueOn < today)
  if (next === undefined) return undefined
  const from = earliestAfter(content, state, next, oldestDueOn, calendar)
  const on = levelDay(next.level, oldestDueOn, calendar)
  return { ...next, onDay: nextWorkingDay(calendar, laterDay(from === undefined ? on : laterDay(on, from), today)) }
}

/** How far two levels lie apart is asked of days inside the calendar: a due day at its very beginning (an empty one of another system) has no day before it. */
const FAR_BACK = day('1971-01-01')

/** Levels that fall close together by the ladder itself keep their days; only what is caught up waits `leastDaysBetween`; what is repeated waits its own days. undefined: nothing has happened yet. */
function earliestAfter(
  content: LadderContent,
  { level, lastStepOn }: CaseState,
  next: Turn,
  oldest: Day,
  calendar: Calendar,
): Day | undefined {
  if (lastStepOn === null) return undefined
  if (next.turn > 1) return addDays(lastStepOn, next.level.repeat!.everyDays)
  const last = content.levels.find(({ position }) => position === level)
  const due = laterDay(oldest, FAR_BACK)
  const apart =
    last === undefined ? content.leastDaysBetween : daysBetween(levelDay(last, due, calendar), levelDay(next.level, due, calendar))
  return addDays(lastStepOn, Math.max(1, Math.min(content.leastDaysBetween, apart)))
}

function earliest(items: readonly DueItem[]): Day {
  return items.reduce((found, { dueOn }) => earlierDay(found, dueOn), items[0]!.dueOn)
}
function sum(items: readonly DueItem[]): bigint {
  return items.reduce((total, { openBase }) => total + openBase, 0n)
}
