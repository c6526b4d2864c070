import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { uuid } from '../../kernel/uuid.ts'
import { type Calendar, nextWorkingDay } from '../terms/calendar.ts'
import { type Colleagues, collectorFor, salespersonFor } from './colleagues.ts'
import type { OpenCase } from './due-customer.ts'
import type { DunningAction } from './ladder.ts'
import type { PlannedCase } from './plan.ts'
import { noCounts, type RunCounts } from './run-counts.ts'
import type { CaseMove, NewStep, NewStepItem, NewTask } from './step-rows.ts'

/** What becomes of planned cases: rows to write. */
export type DecidedSteps = {
  readonly opened: (CaseMove & { readonly customerId: string })[]
  readonly moved: (CaseMove & { readonly version: number })[]
  readonly steps: NewStep[]
  readonly items: NewStepItem[]
  readonly tasks: NewTask[]
  /** Messages to write: the step, and what it is about. */
  readonly messages: { readonly step: NewStep; readonly planned: PlannedCase }[]
  /** Customers whose new orders stop. */
  readonly holds: { readonly customerId: string; readonly levelName: string }[]
  readonly counts: RunCounts
}

export type DecideContext = {
  readonly runId: string
  readonly today: Day
  readonly currency: string
  readonly calendar: Calendar
  readonly people: Colleagues
  /** Customers whose credit is on hold already. */
  readonly onHold: ReadonlySet<string>
  /** Tasks of dunning that nobody has done yet, as `customer kind`: nobody is asked for the same twice. */
  readonly undone: ReadonlySet<string>
}
/** Days that a collector or finance manager has for a case that came to them. */
const OWN_TASK_DAYS = 3

/** Rows for a level of each planned case: its actions in order, what it names, its tasks. Pure. */
export function decideSteps(planned: readonly PlannedCase[], context: DecideContext): DecidedSteps {
  const decided = { opened: [], moved: [], steps: [], items: [], tasks: [], messages: [], holds: [] } as Omit<DecidedSteps, 'counts'>
  for (const one of planned) decideCase(one, context, decided)
  return { ...decided, counts: countsOf(planned.length, decided) }
}

function decideCase(planned: PlannedCase, context: DecideContext, decided: Omit<DecidedSteps, 'counts'>): void {
  const { customer, level, turn, named } = planned
  const { openCase, customerId, version } = customer
  const caseId = openCase?.id ?? uuid()
  const actions = actionsOf(planned)
  const before = openCase ?? named.find(({ had }) => had !== null)?.had
  const collector = actions.some(({ kind }) => kind === 'escalate')
    ? collectorFor(context.people, customerId, before?.collectorId ?? null)?.id
    : undefined
  const move = {
    id: caseId,
    level: openCase?.beyond?.level ?? level.position,
    turn: openCase?.beyond?.turn ?? turn,
    lastStepOn: context.today,
    highRisk: (before?.highRisk ?? false) || actions.some(({ kind }) => kind === 'flagHighRisk'),
    collectorId: collector ?? before?.collectorId ?? null,
    ladderId: version.ladderId,
    cutOn: cutDay(openCase, context.today),
  }
  if (openCase === null) decided.opened.push({ ...move, customerId })
  else decided.moved.push({ ...move, version: openCase.version })
  for (const { receivableId, currency, open, openBase, dueOn } of named)
    decided.items.push({ caseId, level: level.position, turn, receivableId, currency, open, openBase, dueOn })
  for (const action of actions) decideAction(action, planned, caseId, context, decided)
}

/** A level that is made up for does not ask people a second time. */
export function actionsOf({ level, isAgain }: Pick<PlannedCase, 'level' | 'isAgain'>): readonly DunningAction[] {
  return isAgain ? level.actions.filter(({ kind }) => kind === 'email') : level.actions
}

/** The day on which a case was found beyond the end of its ladder; null while it is not. */
function cutDay(openCase: OpenCase | null, today: Day): Day | null {
  return openCase === null || openCase.beyond === null ? null : (openCase.cutOn ?? today)
}

function decideAction(
  action: DunningAction,
  planned: PlannedCase,
  caseId: string,
  context: DecideContext,
  decided: Omit<DecidedSteps, 'counts'>,
): void {
  const { customer, level, turn, netBase, oldestDueOn, recipients } = planned
  const isMailed = action.kind === 'email' && recipients !== undefined
  const { customerId } = customer
  const stepId = uuid()
  const task = taskOf(action, planned, stepId, context)
  // a level that is repeated does not hold again what a person has released since
  const isHeld = action.kind === 'flagHighRisk' && action.hold && turn === 1 && !context.onHold.has(customerId)
  const step: NewStep = {
    id: stepId,
    caseId,
    customerId,
    level: level.position,
    turn,
    action: action.kind,
    ladderVersionId: customer.version.id,
    runId: context.runId,
    onDay: context.today,
    template: action.kind === 'email' ? action.template : null,
    recipients: isMailed ? recipients.to : [],
    messageId: isMailed ? uuid() : null,
    notPossible: action.kind === 'email' ? planned.notPossible : null,
    personId: task?.personId ?? null,
    taskId: task?.id ?? null,
    heldCredit: isHeld,
    netBase,
    oldestDueOn,
  }
  decided.steps.push(step)
  if (task !== undefined) decided.tasks.push(task)
  if (isMailed) decided.messages.push({ step, planned })
  if (isHeld) decided.holds.push({ customerId, levelName: level.name })
}

const TASK_KINDS = { email: 'dunningNoAddress', remindSalesperson: 'dunningReminder', escalate: 'dunningEscalation', flagHighRisk: 'dunningHighRisk' } as const // biome-ignore format: one line

/**
 * The task that an action makes for somebody: of a message only when it cannot be sent, for the salesperson to find an address. undefined where nobody is there to be asked, or where a
 * repeated level (or a further message) would ask for what is still undone.
 */
function taskOf(
  action: DunningAction,
  { customer, level, turn, named, netBase, oldestDueOn, notPossible }: PlannedCase,
  stepId: string,
  context: DecideContext,
): NewTask | undefined {
  if (action.kind === 'email' && notPossible === null) return undefined
  const { people, today, currency, calendar, undone } = context
  const kind = TASK_KINDS[action.kind]
  if ((turn > 1 || action.kind === 'email') && undone.has(`${customer.customerId} ${kind}`)) return undefined
  const person =
    action.kind === 'remindSalesperson' || action.kind === 'email'
      ? salespersonFor(people, customer.salespersonId)
      : action.kind === 'escalate'
        ? collectorFor(people, customer.customerId, customer.openCase?.collectorId ?? null)
        : (people.financeManagers[0] ?? collectorFor(people, customer.customerId, null))
  if (person === undefined) return undefined
  const days = action.kind === 'remindSalesperson' ? action.withinDays : OWN_TASK_DAYS
  return {
    id: uuid(),
    kind,
    personId: person.id,
    customerId: customer.customerId,
    sourceId: stepId,
    dueOn: nextWorkingDay(calendar, addDays(today, days)),
    params: {
      name: customer.name,
      code: customer.code,
      level: level.position,
      levelName: level.name,
      amount: formatMinor(netBase, currency),
      currency,
      overdueDays: Math.max(0, daysBetween(oldestDueOn, today)),
      count: named.length,
    },
  }
}

function countsOf(cases: number, { opened, steps, holds, items }: Omit<DecidedSteps, 'counts'>): RunCounts {
  const unsent = steps.filter((step) => step.notPossible !== null).length
  const of = (kind: string) => steps.filter(({ action }) => action === kind).length
  return {
    ...noCounts,
    cases,
    opened: opened.length,
    emails: of('email') - unsent,
    unsent,
    reminders: of('remindSalesperson'),
    escalations: of('escalate'),
    flags: of('flagHighRisk'),
    holds: holds.length,
    items: items.length,
  }
}
