import { addDays, addDaysWithin, type Day, daysBetween, earlierDay, laterDay } from '../../kernel/day.ts'
import { type Calendar, nextWorkingDay } from '../terms/calendar.ts'
import { type DunningLevel, isBeforeDue, type LadderContent } from './ladder.ts'
import { levelDay } from './level-day.ts'
import { type CaseState, levelToTake, NO_CASE, type TakenLevel } from './level-to-take.ts'
import { sendsMessage } from './plan.ts'

/** What was added on a day to an amount in minor units of the base currency; days ascend. */
export type Change = { readonly on: Day; readonly change: bigint }
/** One receivable under one due day: what of it was open, as changes. */
export type PastItem = {
  readonly receivableId: string
  readonly dueOn: Day
  readonly disputed: boolean
  readonly changes: readonly Change[]
}
/**
 * A customer's past. `money`: its unallocated money, by the day it came. `hidden`: what of that nobody knew yet to be its money (未认领), negative from the day it came, positive on the day
 * it was identified: money that a run could not know, although it was there. `hasAddress`: somebody of the customer can be written to; without, a level is taken without its message.
 */
export type PastCustomer = {
  readonly customerId: string
  readonly hasAddress: boolean
  readonly items: readonly PastItem[]
  readonly money: readonly Change[]
  readonly hidden: readonly Change[]
}

/** A level that would have been taken. `isMailed`: with a message to the customer. `isWrong`: money that was there covered the oldest receivable it names in full, but was not allocated. */
export type WalkedStep = {
  readonly on: Day
  readonly level: DunningLevel
  readonly turn: number
  readonly isMailed: boolean
  readonly receivableIds: readonly string[]
  readonly oldestDueOn: Day
  readonly netBase: bigint
  readonly isWrong: boolean
}
/** `neverChased`: receivables that in the span were overdue for more than NEVER_CHASED_DAYS days, undisputed, without a level that did something having named them (a message that was not possible is nothing). */
export type Walk = { readonly steps: readonly WalkedStep[]; readonly neverChased: readonly string[] }

/** 漏催: overdue for longer than this without an action. */
export const NEVER_CHASED_DAYS = 14

type Open = { readonly item: PastItem; next: number; openBase: bigint; readonly dueOn: Day }

/**
 * What a ladder would have done with one customer, every working day from `start` on by the rule of the daily run (`levelToTake`), from no case at all. Steps from before `from` only
 * bring the case to where it would have stood. Looks only at days on which something can change.
 */
export function walkHistory(
  customer: PastCustomer,
  content: LadderContent,
  calendar: Calendar,
  span: { readonly start: Day; readonly from: Day; readonly until: Day },
): Walk {
  const items: Open[] = customer.items.map((item) => ({ item, next: 0, openBase: 0n, dueOn: item.dueOn }))
  const money = running(customer.money)
  const hidden = running(customer.hidden)
  const days = changeDays(customer)
  const steps: WalkedStep[] = []
  const named = new Set<string>()
  let state = NO_CASE
  let today = nextWorkingDay(calendar, span.start)
  while (today <= span.until) {
    for (const open of items) bringUp(open, today)
    const there = money(today)
    const known = there + hidden(today)
    const nextChange = days.find((on) => on > today)
    const standing = items.filter(({ openBase }) => openBase > 0n)
    // As the run sees it: a case is over when all that it named is settled.
    if (!standing.some(({ item }) => named.has(item.receivableId))) {
      named.clear()
      state = NO_CASE
    }
    const due = standing.filter(({ item }) => !item.disputed)
    const found = due.length === 0 ? undefined : levelToTake(content, state, due, known, today, calendar)
    let wake: Day | undefined = nextChange
    if (found !== undefined && 'take' in found) {
      const step = stepOf(found, today, there, customer.hasAddress)
      steps.push(step)
      for (const id of step.receivableIds) named.add(id)
      state = { level: found.take.position, turn: found.turn, lastStepOn: today }
      wake = addDays(today, 1)
    } else if (found !== undefined) wake = earliestOf(nextChange, wakeAfter(found, content, state, due, today, calendar))
    if (wake === undefined) break
    today = nextWorkingDay(calendar, laterDay(wake, addDays(today, 1)))
  }
  return { steps: steps.filter(({ on }) => on >= span.from), neverChased: neverChased(customer, steps, span) }
}

function stepOf(found: TakenLevel<Open>, on: Day, there: bigint, hasAddress: boolean): WalkedStep {
  const oldest = found.named.filter(({ dueOn }) => dueOn === found.oldestDueOn)
  return {
    on,
    level: found.take,
    turn: found.turn,
    isMailed: hasAddress && sendsMessage(found.take),
    receivableIds: found.named.map(({ item }) => item.receivableId),
    oldestDueOn: found.oldestDueOn,
    netBase: found.netBase,
    isWrong: oldest.some(({ openBase }) => there >= openBase),
  }
}

/** The next day on which the answer may be another although nothing happens: a level's day comes, or what is named grows. */
function wakeAfter(
  found: ReturnType<typeof levelToTake<Open>>,
  { levels }: LadderContent,
  { level }: CaseState,
  due: readonly Open[],
  today: Day,
  calendar: Calendar,
): Day | undefined {
  if ('leave' in found && found.onDay !== null) return found.onDay
  if ('leave' in found && found.leave === 'ladderEnded') return undefined
  const early = levels.filter((one) => one.position > level && isBeforeDue(one))
  const later = due.filter(({ dueOn }) => dueOn >= today).flatMap(({ dueOn }) => [addDaysWithin(dueOn, 1), ...early.map((one) => levelDay(one, dueOn, calendar))]) // biome-ignore format: one sentence
  return later.filter((on) => on > today).reduce<Day | undefined>(earliestOf, undefined)
}

function neverChased(
  customer: PastCustomer,
  steps: readonly WalkedStep[],
  { from, until }: { readonly from: Day; readonly until: Day },
): string[] {
  const firstNamed = new Map<string, Day>()
  const acted = steps.filter(({ isMailed, level }) => isMailed || level.actions.some(({ kind }) => kind !== 'email'))
  for (const { on, receivableIds } of acted) for (const id of receivableIds) if (!firstNamed.has(id)) firstNamed.set(id, on)
  const missed = customer.items.filter(({ receivableId, dueOn, disputed, changes }) => {
    if (disputed) return false
    const late = laterDay(from, addDaysWithin(dueOn, NEVER_CHASED_DAYS + 1))
    const named = firstNamed.get(receivableId)
    const end = named === undefined ? until : earlierDay(until, addDays(named, -1))
    return late <= end && wasOpen(changes, late, end)
  })
  return [...new Set(missed.map(({ receivableId }) => receivableId))]
}

/** Whether anything was open on some day of a span. */
function wasOpen(changes: readonly Change[], from: Day, until: Day): boolean {
  let open = 0n
  for (const { on, change } of changes) {
    if (on > until) break
    if (on > from && open > 0n) return true
    open += change
  }
  return open > 0n
}

function bringUp(open: Open, today: Day): void {
  const { changes } = open.item
  while (open.next < changes.length && changes[open.next]!.on <= today) {
    open.openBase += changes[open.next]!.change
    open.next += 1
  }
}

/** The running sum of changes, asked for ascending days. */
function running(changes: readonly Change[]): (today: Day) => bigint {
  let next = 0
  let sum = 0n
  return (today) => {
    while (next < changes.length && changes[next]!.on <= today) {
      sum += changes[next]!.change
      next += 1
    }
    return sum
  }
}

function changeDays({ items, money, hidden }: PastCustomer): Day[] {
  const days = new Set<Day>()
  for (const changes of [money, hidden, ...items.map((item) => item.changes)]) for (const { on } of changes) days.add(on)
  return [...days].sort()
}

function earliestOf(a: Day | undefined, b: Day | undefined): Day | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return earlierDay(a, b)
}

/** Days from a due day to a step: negative before it. */
export function stepOffset({ on, oldestDueOn }: WalkedStep): number {
  return daysBetween(oldestDueOn, on)
}
