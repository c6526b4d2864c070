import type { Day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { word } from '../../platform/words.ts'
import { holdCustomers } from '../credit/hold-customers.command.ts'
import { queueMessages } from '../messages/queue-messages.command.ts'
import type { Calendar } from '../terms/calendar.ts'
import { insertStepItems, insertSteps, insertTasks, moveCases, openCases } from './case.store.ts'
import { colleagues } from './colleagues.query.ts'
import { type Colleagues, salespersonFor } from './colleagues.ts'
import { type DecidedSteps, decideSteps } from './decide-steps.ts'
import { dueCustomers } from './due-facts.query.ts'
import { type NotPlanned, type PlannedCase, planLevels, planMessages, sendsMessage } from './plan.ts'
import { recipientsOfCustomers } from './recipients.query.ts'
import { reminderFacts } from './reminder.ts'
import { commonParts, compiledReminder, creditsOfCustomers, namesOfReceivables, textOf } from './reminder-parts.query.ts'
import type { RunCounts } from './run-counts.ts'
import { dunningTaskKinds } from './step-rows.ts'

export const MESSAGE_KIND = 'dunning'

export type TakeWanted = {
  readonly runId: string
  readonly customerIds: readonly string[]
  readonly calendar: Calendar
  readonly contacted: Map<string, number>
  readonly mostContacts: number
}

export type Taken = { readonly counts: RunCounts; readonly notPlanned: readonly NotPlanned[] }

/**
 * Takes the next level of these customers' cases where its time has come, judged from what is committed now. What is saved holds the customers, so that a merge that came between is seen and
 * all is judged anew, and the cases are guarded by their versions. Messages are queued in the same transaction. Once a day and case, however often it is called. Returns what was done, and
 * who took no level.
 */
export async function takeLevels(tx: Tx, { runId, customerIds, calendar, contacted, mostContacts }: TakeWanted): Promise<Taken> {
  const levels = planLevels(await dueCustomers(tx, { onDay: tx.today, calendar, customerIds }), tx.today, calendar)
  const writing = levels.taking.filter(({ level }) => sendsMessage(level)).map(({ customer }) => customer.customerId)
  const [recipients, people, onHold, undone] = await Promise.all([
    recipientsOfCustomers(tx, writing),
    colleagues(tx),
    customersOnHold(
      tx,
      levels.taking.map(({ customer }) => customer.customerId),
    ),
    undoneTasks(
      tx,
      levels.taking.filter(({ level, turn }) => turn > 1 || sendsMessage(level)).map(({ customer }) => customer.customerId),
    ),
  ])
  const { planned, notPlanned } = planMessages(levels, recipients, contacted, mostContacts)
  const decided = decideSteps(planned, { runId, today: tx.today, currency: tx.caller.baseCurrency, calendar, people, onHold, undone })
  holdCustomersAsTheyAre(tx, planned)
  openCases(tx, decided.opened)
  moveCases(tx, decided.moved)
  insertSteps(tx, decided.steps)
  insertStepItems(tx, decided.items)
  insertTasks(tx, decided.tasks)
  await holdCredit(tx, decided)
  await queueReminders(tx, decided, people, tx.today)
  if (planned.length > 0)
    tx.audit({
      action: 'dunning.levelsTaken',
      entity: 'dunningRun',
      entityId: runId,
      detail: { onDay: tx.today, steps: decided.steps.length, cases: [...decided.opened, ...decided.moved].map(({ id }) => id) },
    })
  return { counts: decided.counts, notPlanned }
}

/** None of them has been merged since it was judged, nor will be before the commit. */
function holdCustomersAsTheyAre(tx: Tx, planned: readonly PlannedCase[]): void {
  if (planned.length === 0) return
  const ids = planned.map(({ customer }) => customer.customerId)
  tx.check(
    `select 1 from ar.customers c where c.tenant_id = $1 and c.id = any({0}::uuid[]) and c.status <> 'merged' order by c.id for share`,
    [ids],
    ids.length,
  )
}

async function customersOnHold(tx: Tx, customerIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.report<{ customerId: string }>(
    sql`select a.customer_id from ar.credit_accounts a where a.tenant_id = ${tx.caller.tenantId} and a.customer_id = any(${customerIds}::uuid[]) and a.on_hold`,
  )
  return new Set(rows.map(({ customerId }) => customerId))
}

/** `customer kind` of what these customers' dunning has asked of people and nobody has done yet. */
async function undoneTasks(tx: Tx, customerIds: readonly string[]): Promise<Set<string>> {
  if (customerIds.length === 0) return new Set()
  const rows = await tx.report<{ customerId: string; kind: string }>(
    sql`select distinct k.customer_id, k.kind from ar.tasks k where k.tenant_id = ${tx.caller.tenantId} and k.customer_id = any(${customerIds}::uuid[])
      and k.kind = any(${[...dunningTaskKinds]}::text[]) and k.done_at is null`,
  )
  return new Set(rows.map(({ customerId, kind }) => `${customerId} ${kind}`))
}

/** Through the credit module's own command, which locks, keeps the history and writes the audit entry. */
async function holdCredit(tx: Tx, { holds }: DecidedSteps): Promise<void> {
  if (holds.length === 0) return
  await holdCustomers(
    tx,
    holds.map(({ customerId, levelName }) => ({
      customerId,
      reason: word(tx.caller.language, 'dunning.holdReason', { level: levelName }) ?? levelName,
    })),
  )
}

/** One message a case. What does not change with the customer (texts, accounts, company) is read once. */
async function queueReminders(tx: Tx, { messages }: DecidedSteps, people: Colleagues, today: Day): Promise<void> {
  if (messages.length === 0) return
  const [common, names, credits] = await Promise.all([
    commonParts(tx),
    namesOfReceivables(
      tx,
      messages.flatMap(({ planned }) => planned.named.map(({ receivableId }) => receivableId)),
    ),
    creditsOfCustomers(
      tx,
      messages.map(({ planned }) => planned.customer.customerId),
    ),
  ])
  const written = messages.map(async ({ step, planned }) => {
    const { customer, named, recipients } = planned
    const salesperson = salespersonFor(people, customer.salespersonId)
    const compiled = await compiledReminder(customer.language, textOf(common, step.template!, customer.language))
    const facts = reminderFacts(
      {
        company: common.company,
        accounts: common.accounts,
        customer: customer.name,
        contact: recipients!.contact,
        salesperson: salesperson?.name ?? '',
        salespersonPhone: salesperson?.phone ?? '',
        credits: credits.get(customer.customerId) ?? [],
        items: named.map((item) => ({ ...item, ...names.get(item.receivableId)! })),
      },
      today,
    )
    return {
      id: step.messageId ?? uuid(),
      businessKey: `dunning ${step.caseId} ${step.level} email${step.turn > 1 ? ` ${step.turn}` : ''}`,
      kind: MESSAGE_KIND,
      entity: 'dunningCase',
      entityId: step.caseId,
      customerId: customer.customerId,
      personId: null,
      to: recipients!.to,
      language: customer.language,
      ...compiled.late(facts),
    }
  })
  await queueMessages(tx, await Promise.all(written))
}
