import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { uuid } from '../../kernel/uuid.ts'
import { type Calendar, nextWorkingDay } from '../terms/calendar.ts'
import { type Colleagues, collectorFor, salespersonFor } from './colleagues.ts'
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
  const { customer, level, named } = planned
  const { openCase, customerId, version } = customer
  const caseId = openCase?.id ?? uuid()
  const collector = level.actions.some(({ kind }) => kind === 'escalate')
    ? collectorFor(context.people, customerId, openCase?.collectorId ?? null)?.id
    : undefined
  const move = {
    id: caseId,
    level: level.position,
    lastStepOn: context.today,
    highRisk: (openCase?.highRisk ?? false) || level.actions.some(({ kind }) => kind === 'flagHighRisk'),
    collectorId: collector ?? openCase?.collectorId ?? null,
    ladderId: version.ladderId,
  }
  if (openCase === null) decided.opened.push({ ...move, customerId })
  else decided.moved.push({ ...move, version: openCase.version })
  for (const { receivableId, currency, open, openBase, dueOn } of named)
    decided.items.push({ caseId, level: level.position, receivableId, currency, open, openBase, dueOn })
  for (const action of level.actions) decideAction(action, planned, caseId, context, decided)
}

function decideAction(
  action: DunningAction,
  planned: PlannedCase,
  caseId: string,
  context: DecideContext,
  decided: Omit<DecidedSteps, 'counts'>,
): void {
  const { customer, level, netBase, oldestDueOn, recipients } = planned
  const { customerId } = customer
  const stepId = uuid()
  const task = taskOf(action, planned, stepId, context)
  const isHeld = action.kind === 'flagHighRisk' && action.hold && !context.onHold.has(customerId)
  const step: NewStep = {
    id: stepId,
    caseId,
    customerId,
    level: level.position,
    action: action.kind,
    ladderVersionId: customer.version.id,
    runId: context.runId,
    onDay: context.today,
    template: action.kind === 'email' ? action.template : null,
    recipients: action.kind === 'email' ? recipients!.to : [],
    messageId: action.kind === 'email' ? uuid() : null,
    personId: task?.personId ?? null,
    taskId: task?.id ?? null,
    heldCredit: isHeld,
    netBase,
    oldestDueOn,
  }
  decided.steps.push(step)
  if (task !== undefined) decided.tasks.push(task)
  if (action.kind === 'email') decided.messages.push({ step, planned })
  if (isHeld) decided.holds.push({ customerId, levelName: level.name })
}

const TASK_KINDS = { remindSalesperson: 'dunningReminder', escalate: 'dunningEscalation', flagHighRisk: 'dunningHighRisk' } as const

/** The task that an action makes for somebody; undefined for a message, or where nobody is there to be asked. */
function taskOf(
  action: DunningAction,
  { customer, level, named, netBase, oldestDueOn }: PlannedCase,
  stepId: string,
  context: DecideContext,
): NewTask | undefined {
  if (action.kind === 'email') return undefined
  const { people, today, currency, calendar } = context
  const person =
    action.kind === 'remindSalesperson'
      ? salespersonFor(people, customer.salespersonId)
      : action.kind === 'escalate'
        ? collectorFor(people, customer.customerId, customer.openCase?.collectorId ?? null)
        : (people.financeManagers[0] ?? collectorFor(people, customer.customerId, null))
  if (person === undefined) return undefined
  const days = action.kind === 'remindSalesperson' ? action.withinDays : OWN_TASK_DAYS
  return {
    id: uuid(),
    kind: TASK_KINDS[action.kind],
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
  const of = (kind: string) => steps.filter(({ action }) => action === kind).length
  return {
    ...noCounts,
    cases,
    opened: opened.length,
    emails: of('email'),
    reminders: of('remindSalesperson'),
    escalations: of('escalate'),
    flags: of('flagHighRisk'),
    holds: holds.length,
    items: items.length,
  }
}
