import { addDays, type Day, day, daysBetween, earlierDay, laterDay } from '../../kernel/day.ts'
import { type Calendar, nextWorkingDay } from '../terms/calendar.ts'
import { type DunningLevel, isBeforeDue, type LadderContent } from './ladder.ts'
import type { LeftOutReason } from './left-out.ts'
import { levelDay } from './level-day.ts'

/**
 * Where a customer's case stands: `level` 0 and no day while there is none. `turn`: how many times that level has been taken (1 unless it is repeated, or its message was withheld).
 * `withheld`: of those, how many whose message was withheld at the last look for a reason that passes; `isWithheld`: the last of them was.
 */
export type CaseState = {
  readonly level: number
  readonly turn: number
  readonly lastStepOn: Day | null
  readonly withheld?: number | undefined
  readonly isWithheld?: boolean | undefined
}
export const NO_CASE: CaseState = { level: 0, turn: 1, lastStepOn: null }
/** How far an earlier case had come with an item when it ended without it, because all that was left was disputed or paused; `on`: the day of that level. */
export type HadLevel = { readonly level: number; readonly turn: number; readonly on: Day }
/** What may be chased: open, neither disputed nor paused. Minor units of the base currency. */
export type DueItem = { readonly dueOn: Day; readonly openBase: bigint; readonly had?: HadLevel | null | undefined }

/**
 * `turn`: the how manieth time. `isAgain`: the message of the last turn was withheld, and only that is made up for. `named`: what the level is about. `netBase`: that, less the unallocated
 * money. `oldestDueOn`: of what is named.
 */
export type TakenLevel<I extends DueItem> = {
  readonly take: DunningLevel
  readonly turn: number
  readonly isAgain: boolean
  readonly named: readonly I[]
  readonly netBase: bigint
  readonly oldestDueOn: Day
}
export type LeftOut = { readonly leave: LeftOutReason; readonly onDay: Day | null; readonly netBase: bigint; readonly oldestDueOn: Day }

/**
 * Which level a customer's case takes on this working day, or why none. Strictly the next one, whose day for the oldest item must have come; levels before the due day are passed over
 * once something is overdue. At most one a day, and when the case catches up (an old debt that was imported, a standstill) at least `leastDaysBetween` days apart. After the last level that
 * one is repeated as its ladder says, and turns that were missed are not made up for. The net debt counts what the level names: overdue items, or before the due day those whose reminder
 * has come; unallocated money comes off first. A level whose message was withheld at the last look for a reason that passes comes once more, on another day, before any further one. An item
 * whose dispute or pause is over is not named by a level that named it before. `items` must not be empty.
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
  const next = nextTurn(content, state, overdue.length > 0 ? overdue : items, overdue.length > 0)
  const oldest = earliest(next?.about ?? (overdue.length > 0 ? overdue : items))
  const leave = (reason: LeftOutReason, onDay: Day | null = null, netBase = sum(overdue) - unallocatedBase): LeftOut => ({
    leave: reason,
    onDay,
    netBase,
    oldestDueOn: oldest,
  })
  if (next === undefined) return leave('ladderEnded')
  const { level, turn, isAgain, about } = next
  const on = levelDay(level, oldest, calendar)
  if (on > today) return leave('notYet', on)
  if (state.lastStepOn !== null && state.lastStepOn >= today) return leave('doneToday', nextWorkingDay(calendar, addDays(today, 1)))
  const from = earliestAfter(content, state, next, oldest, calendar)
  if (from !== undefined && from > today) return leave(turn > 1 ? 'notYet' : 'tooSoon', nextWorkingDay(calendar, from))
  const named = isBeforeDue(level) ? about.filter((item) => levelDay(level, item.dueOn, calendar) <= today) : about
  const netBase = sum(named) - unallocatedBase
  if (netBase <= 0n) return leave('covered', null, netBase)
  if (netBase < level.minimumMinor) return leave('belowMinimum', null, netBase)
  return { take: level, turn, isAgain, named, netBase, oldestDueOn: oldest }
}

/** `about`: what of `items` the level may name. */
type Turn<I extends DueItem> = {
  readonly level: DunningLevel
  readonly turn: number
  readonly isAgain: boolean
  readonly about: readonly I[]
}

/**
 * The level reached, when its message was withheld; else the first level above it that has something to name; at the end of the ladder its last level once more, when it is the one reached
 * and may be repeated so often.
 */
function nextTurn<I extends DueItem>(
  { levels }: LadderContent,
  state: CaseState,
  items: readonly I[],
  isOverdue: boolean,
): Turn<I> | undefined {
  for (const level of levels) {
    const isAgain = level.position === state.level && state.isWithheld === true && level.actions.some(({ kind }) => kind === 'email')
    if (!(isAgain || level.position > state.level) || (isOverdue && isBeforeDue(level))) continue
    const about = items.filter(({ had }) => (had?.level ?? 0) < level.position)
    if (about.length > 0) return { level, turn: isAgain ? state.turn + 1 : 1, isAgain, about }
  }
  const last = levels.at(-1)
  return last?.position === state.level && last.repeat !== null && state.turn - (state.withheld ?? 0) <= last.repeat.most
    ? { level: last, turn: state.turn + 1, isAgain: false, about: items }
    : undefined
}

/**
 * Where a new case begins: at the beginning; but when everything that may be chased comes back out of a dispute or a pause, where the case that ended without it had come (the item that had
 * come least far decides).
 */
export function stateAtOpening<I extends DueItem>(items: readonly I[], today: Day): CaseState {
  const overdue = items.filter((item) => item.dueOn < today)
  const about = overdue.length > 0 ? overdue : items
  const had = about.flatMap((item) => (item.had ? [item.had] : []))
  if (had.length < about.length || had.length === 0) return NO_CASE
  const { level, turn, on } = had.reduce((least, one) =>
    one.level < least.level || (one.level === least.level && one.turn < least.turn) ? one : least,
  )
  return { level, turn, lastStepOn: on }
}

/** The day on which the next level falls for the oldest item as far as is known today, not earlier than the rules for catching up allow; undefined at the end of the ladder. */
export function nextLevelDay(
  content: LadderContent,
  state: CaseState,
  oldestDueOn: Day,
  today: Day,
  calendar: Calendar,
): { readonly level: DunningLevel; readonly turn: number; readonly onDay: Day } | undefined {
  const next = nextTurn(content, state, [{ dueOn: oldestDueOn, openBase: 0n }], oldestDueOn < today)
  if (next === undefined) return undefined
  const { level, turn } = next
  const from = earliestAfter(content, state, next, oldestDueOn, calendar)
  const on = levelDay(level, oldestDueOn, calendar)
  return { level, turn, onDay: nextWorkingDay(calendar, laterDay(from === undefined ? on : laterDay(on, from), today)) }
}

/** How far two levels lie apart is asked of days inside the calendar: a due day at its very beginning (an empty one of another system) has no day before it. */
const FAR_BACK = day('1971-01-01')

/**
 * Levels that fall close together by the ladder itself keep their days; only what is caught up waits `leastDaysBetween`; what is repeated waits its own days, what was withheld another day.
 * undefined: nothing has happened yet.
 */
function earliestAfter(
  content: LadderContent,
  { level, lastStepOn }: CaseState,
  next: Omit<Turn<DueItem>, 'about'>,
  oldest: Day,
  calendar: Calendar,
): Day | undefined {
  if (lastStepOn === null) return undefined
  if (next.isAgain) return addDays(lastStepOn, 1)
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
