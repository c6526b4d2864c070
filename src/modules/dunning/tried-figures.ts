import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import { type Phrase, phrase } from '../../kernel/phrase.ts'
import { type PastCustomer, stepOffset, type Walk, type WalkedStep } from './walk-history.ts'

/** What a ladder would have done over a span, added up over its customers. */
export type TriedFigures = {
  /** Messages to customers that can be written to. */
  readonly messages: number
  /** Tasks for salespeople, collectors and finance managers. */
  readonly tasks: number
  /** Days from the due day to the first message of a case, the middle one of all: negative before it; null without any message. */
  readonly firstReminderDays: number | null
  /** Customers whose new orders would have been stopped. */
  readonly held: number
  /** Messages that name a receivable for which the money was already there, not allocated. */
  readonly wronglyChased: number
  /** Receivables overdue for more than 14 days without any action. */
  readonly neverChased: number
  /** Levels taken, by position from 1. */
  readonly levels: readonly number[]
}

/** Adds up walks, customer by customer. */
export function triedSums(positions: number): { add(walk: Walk): void; figures(): TriedFigures } {
  const levels = Array.from({ length: positions }, () => 0)
  const firstDays: number[] = []
  let [messages, tasks, held, wronglyChased, neverChased] = [0, 0, 0, 0, 0]
  return {
    add: (walk) => {
      const own = countsOf(walk)
      messages += own.messages
      tasks += own.tasks
      held += own.heldOn === undefined ? 0 : 1
      wronglyChased += walk.steps.filter((step) => step.isWrong && step.isMailed).length
      neverChased += walk.neverChased.length
      firstDays.push(...own.firstDays)
      for (const { level } of walk.steps) levels[level.position - 1]! += 1
    },
    figures: () => {
      const sorted = firstDays.toSorted((a, b) => a - b)
      const firstReminderDays = sorted[Math.floor((sorted.length - 1) / 2)] ?? null
      return { messages, tasks, firstReminderDays, held, wronglyChased, neverChased, levels }
    },
  }
}

/** How the draft treats a customer otherwise than the live ladder does, the weightiest difference in words; undefined where nothing differs. */
export function differenceOf(live: Walk, draft: Walk): Phrase | undefined {
  const [before, after] = [countsOf(live), countsOf(draft)]
  if (before.heldOn === undefined && after.heldOn !== undefined) return phrase('dunning.differs.held', { day: after.heldOn })
  if (before.heldOn !== undefined && after.heldOn === undefined) return phrase('dunning.differs.notHeld', { day: before.heldOn })
  if (live.neverChased.length > draft.neverChased.length)
    return phrase('dunning.differs.chased', { count: live.neverChased.length - draft.neverChased.length })
  if (live.neverChased.length < draft.neverChased.length)
    return phrase('dunning.differs.notChased', { count: draft.neverChased.length - live.neverChased.length })
  if (after.tasks !== before.tasks) return more('Tasks', after.tasks - before.tasks)
  if (after.messages !== before.messages) return more('Messages', after.messages - before.messages)
  return shifted(live.steps, draft.steps)
}

function more(what: 'Tasks' | 'Messages', by: number): Phrase {
  return phrase(`dunning.differs.${by > 0 ? 'more' : 'fewer'}${what}`, { count: Math.abs(by) })
}

/** The same steps on other days: how much sooner or later the first of them comes that is not on the same day. */
function shifted(live: readonly WalkedStep[], draft: readonly WalkedStep[]): Phrase | undefined {
  const index = draft.findIndex((step, at) => live[at]?.on !== step.on)
  const [after, before] = [draft[index], live[index]]
  if (after === undefined || before === undefined) return draft.length === live.length ? undefined : phrase('dunning.differs.otherSteps')
  const by = daysBetween(before.on, after.on)
  return phrase(by < 0 ? 'dunning.differs.sooner' : 'dunning.differs.later', { name: after.level.name, count: Math.abs(by) })
}

type Counts = {
  readonly messages: number
  readonly tasks: number
  readonly heldOn: Day | undefined
  readonly firstDays: readonly number[]
}
function countsOf({ steps }: Walk): Counts {
  let [messages, tasks] = [0, 0]
  const firstDays: number[] = []
  let position = Number.POSITIVE_INFINITY
  let hasWritten = false
  for (const step of steps) {
    // Positions go up within a case, but for the last one, which is repeated: where they do not, another case has begun.
    if (step.turn === 1 && step.level.position <= position) hasWritten = false
    position = step.level.position
    for (const { kind } of step.level.actions) if (kind !== 'email') tasks += 1
    if (!step.isMailed) continue
    messages += 1
    if (!hasWritten) firstDays.push(stepOffset(step))
    hasWritten = true
  }
  const heldOn = steps.find(({ level }) => level.actions.some((action) => action.kind === 'flagHighRisk' && action.hold))?.on
  return { messages, tasks, heldOn, firstDays }
}

/** What a customer owed that was overdue on a day, in minor units of the base currency. */
export function overdueOn({ items }: PastCustomer, on: Day): bigint {
  return items
    .filter(({ dueOn }) => dueOn < on)
    .reduce((sum, { changes }) => sum + changes.reduce((open, change) => (change.on <= on ? open + change.change : open), 0n), 0n)
}

type WarningFacts = {
  readonly live: TriedFigures
  readonly draft: TriedFigures
  /** Another number of days for one level, and how many tasks it would have made. */
  readonly otherwise: { readonly position: number; readonly days: number; readonly tasks: number } | undefined
  readonly from: Day
  readonly until: Day
  /** The first day of the books, when that is later than `from`. */
  readonly booksFrom: Day | null
}
/** Parts of ten: from a tenth more on, work is worth a word; messages from a quarter on. */
const MORE_TASKS = 0.1
const MORE_MESSAGES = 0.25

/** The one thing that somebody should know before publishing; undefined where history speaks against nothing. */
export function triedWarning({ live, draft, otherwise, from, until, booksFrom }: WarningFacts): Phrase | undefined {
  if (booksFrom !== null && booksFrom > from) return phrase('dunning.warnings.shortHistory', { day: booksFrom })
  if (draft.neverChased > live.neverChased) return phrase('dunning.warnings.neverChased', { count: draft.neverChased - live.neverChased })
  if (draft.wronglyChased > live.wronglyChased)
    return phrase('dunning.warnings.wronglyChased', { count: draft.wronglyChased - live.wronglyChased })
  if (draft.tasks > live.tasks * (1 + MORE_TASKS)) {
    const weeks = Math.max(1, daysBetween(from, addDays(until, 1)) / 7)
    const perWeek = (tasks: number) => (Math.round((tasks / weeks) * 10) / 10).toFixed(1)
    const facts = { percent: percentMore(live.tasks, draft.tasks), before: perWeek(live.tasks), after: perWeek(draft.tasks) }
    if (live.tasks === 0) return phrase('dunning.warnings.tasksNew', { after: facts.after })
    if (otherwise === undefined || otherwise.tasks >= draft.tasks) return phrase('dunning.warnings.tasks', facts)
    return phrase('dunning.warnings.tasksOtherwise', { ...facts, position: otherwise.position, days: otherwise.days, otherwise: perWeek(otherwise.tasks) }) // biome-ignore format: one sentence
  }
  if (draft.held > live.held) return phrase('dunning.warnings.held', { count: draft.held - live.held })
  if (draft.messages > live.messages * (1 + MORE_MESSAGES))
    return phrase('dunning.warnings.messages', { percent: percentMore(live.messages, draft.messages) })
  return undefined
}

function percentMore(before: number, after: number): number {
  return before === 0 ? 100 : Math.round(((after - before) / before) * 100)
}
