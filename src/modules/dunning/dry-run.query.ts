import { type Day, daysBetween } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { companyCalendars } from '../receivables/order-facts.query.ts'
import { isWorkingDay, restDayName } from '../terms/calendar.ts'
import { colleagues } from './colleagues.query.ts'
import { type Colleagues, collectorFor, salespersonFor } from './colleagues.ts'
import { actionsOf, decideSteps } from './decide-steps.ts'
import { horizonOn } from './due-facts.query.ts'
import { contentOf, type DunningAction } from './ladder.ts'
import { storedLadders } from './ladders.query.ts'
import { PLAN_ROWS_MOST } from './left-out.ts'
import { goesOn } from './open-cases.query.ts'
import type { PlannedCase } from './plan.ts'
import { planDay } from './plan-day.query.ts'
import { noCounts } from './run-counts.ts'
import { leftOutCounts, leftOutShown } from './run-result.ts'

/** What a run on this day would do, with names; nothing on a rest day. `draftOf`: as if that ladder's draft were live. Throws platform.notFound for a ladder without a draft. */
export async function dryRun(
  reader: Reader,
  { onDay = reader.today, draftOf }: { readonly onDay?: Day | undefined; readonly draftOf?: string | undefined },
) {
  const calendar = (await companyCalendars(reader))('cn')
  const isWorked = isWorkingDay(calendar, onDay)
  const instead = draftOf === undefined ? undefined : new Map([[draftOf, await draftContent(reader, draftOf)]])
  const horizon = await horizonOn(reader, onDay, calendar)
  const [plan, people, more] = await Promise.all([
    isWorked ? planDay(reader, { onDay, ...(instead === undefined ? {} : { instead }) }) : { planned: [], notPlanned: [] },
    colleagues(reader),
    factsOfDay(reader, onDay, horizon),
  ])
  const currency = reader.caller.baseCurrency
  const { counts } = decideSteps(plan.planned, {
    runId: '',
    today: onDay,
    currency,
    calendar,
    people,
    onHold: new Set(more.onHold),
    undone: new Set(),
  })
  return {
    onDay,
    restDay: isWorked ? null : (restDayName(calendar, onDay) ?? null),
    alreadyRun: more.alreadyRun,
    currency,
    counts: { ...(isWorked ? counts : noCounts), closed: isWorked ? more.settled : 0 },
    leftOut: leftOutCounts(plan.notPlanned),
    planned: [...plan.planned].sort((a, b) => b.level.position - a.level.position || (a.netBase < b.netBase ? 1 : -1)).slice(0, PLAN_ROWS_MOST).map((one) => plannedShown(one, people, currency, onDay)),
    notPlanned: leftOutShown(plan.notPlanned, currency, onDay),
  } // biome-ignore format: one line a list
}

async function draftContent(reader: Reader, ladderId: string) {
  const ladder = (await storedLadders(reader)).find(({ id }) => id === ladderId)
  if (ladder === undefined || ladder.draft === null) throw missing('dunningLadder')
  return contentOf(ladder.draft)
}

function factsOfDay(reader: Reader, onDay: Day, horizon: Day): Promise<{ alreadyRun: boolean; settled: number; onHold: string[] }> {
  const t = reader.caller.tenantId
  return reader.one(sql`select exists (select from ar.runs r where r.tenant_id = ${t} and r.kind = 'dunning' and r.business_key = ${onDay}) as already_run,
    (select count(*)::int from ar.dunning_cases k where k.tenant_id = ${t} and k.closed_on is null and not ${goesOn(t, onDay, horizon)}) as settled,
    array(select a.customer_id from ar.credit_accounts a where a.tenant_id = ${t} and a.on_hold limit 100000)::text[] as on_hold`)
}

function plannedShown(planned: PlannedCase, people: Colleagues, currency: string, onDay: Day) {
  const { customer, level, named, netBase, oldestDueOn } = planned
  return {
    customerId: customer.customerId,
    customerCode: customer.code,
    customerName: customer.name,
    caseId: customer.openCase?.id ?? null,
    level: level.position,
    turn: planned.turn,
    levelName: level.name,
    language: customer.language,
    actions: actionsOf(planned).map((action) => ({
      kind: action.kind,
      template: action.kind === 'email' ? action.template : null,
      to: whoGets(action, planned, people),
      notPossible: action.kind === 'email' ? planned.notPossible : null,
      hold: action.kind === 'flagHighRisk' && action.hold,
    })),
    oldestDueOn,
    overdueDays: Math.max(0, daysBetween(oldestDueOn, onDay)),
    net: formatMinor(netBase, currency),
    items: named.length,
  }
}

function whoGets(action: DunningAction, { customer, recipients }: PlannedCase, people: Colleagues): string[] {
  if (action.kind === 'email' && recipients !== undefined) return [...recipients.to]
  const person =
    action.kind === 'remindSalesperson' || action.kind === 'email'
      ? salespersonFor(people, customer.salespersonId)
      : action.kind === 'escalate'
        ? collectorFor(people, customer.customerId, customer.openCase?.collectorId ?? null)
        : people.financeManagers[0]
  return person === undefined ? [] : [person.name]
}
