import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { word } from '../../platform/words.ts'
import { holdCustomers } from '../credit/hold-customers.command.ts'
import type { Calendar } from '../terms/calendar.ts'
import { insertStepItems, insertSteps, insertTasks, moveCases, openCases } from './case.store.ts'
import { colleagues } from './colleagues.query.ts'
import { cutsOf, isCutToday } from './cut-cases.ts'
import { type DecideContext, type DecidedSteps, decideSteps } from './decide-steps.ts'
import { dueCustomers } from './due-facts.query.ts'
import { type Levels, type NotPlanned, type PlannedCase, planLevels, planMessages, sendsMessage } from './plan.ts'
import { queueReminders, reminderSources } from './queue-reminders.command.ts'
import { recipientsOfCustomers } from './recipients.query.ts'
import { addCounts, noCounts, type RunCounts } from './run-counts.ts'
import { dunningTaskKinds } from './step-rows.ts'

/** Levels whose rows go out together: the database saves them while the next are decided. */
const SAVED_AT_ONCE = 1_000

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
export async function takeLevels(tx: Tx, wanted: TakeWanted): Promise<Taken> {
  const { planned, notPlanned, context, sources } = await judge(tx, wanted)
  const taken: DecidedSteps[] = []
  for (let from = 0; from < planned.length; from += SAVED_AT_ONCE) {
    const some = planned.slice(from, from + SAVED_AT_ONCE)
    const decided = decideSteps(some, context)
    holdCustomersAsTheyAre(tx, some)
    openCases(tx, decided.opened)
    moveCases(tx, decided.moved)
    insertSteps(tx, decided.steps)
    insertStepItems(tx, decided.items)
    insertTasks(tx, decided.tasks)
    await tx.launch()
    taken.push(decided)
  }
  const cuts = cutsOf([...planned, ...notPlanned], context)
  moveCases(tx, cuts.moved)
  insertTasks(tx, cuts.tasks)
  for (const { customerId, ...detail } of cuts.said)
    tx.audit({ action: 'dunning.caseCut', entity: 'customer', entityId: customerId, detail })
  await holdCredit(tx, taken)
  await queueReminders(tx, taken.flatMap(({ messages }) => messages), sources, context.people) // biome-ignore format: one line
  if (planned.length > 0)
    tx.audit({
      action: 'dunning.levelsTaken',
      entity: 'dunningRun',
      entityId: wanted.runId,
      detail: {
        onDay: tx.today,
        steps: taken.reduce((sum, { steps }) => sum + steps.length, 0),
        cases: taken.flatMap(({ opened, moved }) => [...opened, ...moved].map(({ id }) => id)),
      },
    })
  return { counts: taken.reduce((sum, { counts }) => addCounts(sum, counts), noCounts), notPlanned }
}

/** Who takes a level, and everything that must be known for writing it down: all that is read is read here. */
async function judge(tx: Tx, { runId, customerIds, calendar, contacted, mostContacts }: TakeWanted) {
  const levels = planLevels(await dueCustomers(tx, { onDay: tx.today, calendar, customerIds }), tx.today, calendar)
  const idsOf = (some: Levels['taking']) => some.map(({ customer }) => customer.customerId)
  const writing = levels.taking.filter(({ level }) => sendsMessage(level))
  const [recipients, people, onHold, undone, sources] = await Promise.all([
    recipientsOfCustomers(tx, idsOf(writing)),
    colleagues(tx),
    customersOnHold(tx, idsOf(levels.taking)),
    undoneTasks(tx, [
      ...idsOf(levels.taking.filter(({ level, turn }) => turn > 1 || sendsMessage(level))),
      ...levels.notPlanned.flatMap(({ customer }) => (isCutToday(customer.openCase) ? [customer.customerId] : [])),
    ]),
    reminderSources(tx, writing),
  ])
  const { planned, notPlanned } = planMessages(levels, recipients, contacted, mostContacts)
  const context: DecideContext = { runId, today: tx.today, currency: tx.caller.baseCurrency, calendar, people, onHold, undone }
  return { planned, notPlanned, context, sources }
}

/** None of them has been merged since it was judged, nor will be before the commit. */
function holdCustomersAsTheyAre(tx: Tx, planned: readonly PlannedCase[]): void {
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
async function holdCredit(tx: Tx, taken: readonly DecidedSteps[]): Promise<void> {
  const holds = taken.flatMap((decided) => decided.holds)
  if (holds.length === 0) return
  const wanted = holds.map(({ customerId, levelName }) => ({
    customerId,
    reason: word(tx.caller.language, 'dunning.holdReason', { level: levelName }) ?? levelName,
  }))
  await holdCustomers(tx, wanted).catch((error: unknown) => {
    // somebody held one by hand since it was judged: the whole is judged anew
    if (error instanceof Problem && error.code === 'credit.alreadyOnHold') throw new Problem('platform.conflict', {}, { kind: 'conflict' })
    throw error
  })
}
