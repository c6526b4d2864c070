import { hourIn } from '../../kernel/day.ts'
import { phrase } from '../../kernel/phrase.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { companyCalendars } from '../receivables/order-facts.query.ts'
import { isWorkingDay, restDayName } from '../terms/calendar.ts'
import { foundLadder } from './found-ladder.command.ts'
import { askForRun, insertRun } from './run.store.ts'
import { runDueToday, runOf } from './run-due.query.ts'

/** A run that has said nothing for so long was left by a worker that died: one chunk takes seconds. */
const LEFT_AFTER_MINUTES = 3

/** Starts today's run, in the name of whoever asks. Throws dunning.alreadyRun (conflict), dunning.restDay. */
export async function startRun(tx: Tx): Promise<string> {
  await foundLadder(tx)
  const calendar = (await companyCalendars(tx))('cn')
  if (!isWorkingDay(calendar, tx.today)) throw restDay(restDayName(calendar, tx.today)!)
  if ((await runOf(tx, tx.today)) !== undefined) throw new Problem('dunning.alreadyRun', {}, { kind: 'conflict' })
  return begin(tx)
}

/**
 * The clock's look, every minute: the company has its ladder; a run that a worker left behind goes on; and on a working day, from the company's hour on, today's run begins unless it has
 * begun. The row's key is the day: however many clocks look, a day has one run. A day on which none ran is not made up for: the next run looks at the state and takes one level a case.
 */
export async function lookAfterDunning(tx: Tx): Promise<void> {
  await foundLadder(tx)
  await resumeLeftRuns(tx)
  const due = await runDueToday(tx)
  const hour = hourIn(tx.caller.timeZone, tx.at)
  if (due !== undefined && hour >= due.fromHour && hour < due.untilHour) await begin(tx)
}

function restDay(name: string): Problem {
  return new Problem('dunning.restDay', { name: name === 'weekend' || name === 'holiday' ? [phrase(`dunning.runs.${name}`)] : name })
}

async function begin(tx: Tx): Promise<string> {
  const id = uuid()
  insertRun(tx, id, tx.today)
  tx.audit({ action: 'dunning.runStarted', entity: 'dunningRun', entityId: id, after: { onDay: tx.today } })
  return id
}

async function resumeLeftRuns(tx: Tx): Promise<void> {
  const left = await tx.all<{
    id: string
  }>(sql`select r.id from ar.runs r where r.tenant_id = ${tx.caller.tenantId} and r.kind = 'dunning' and r.status in ('waiting', 'running')
    and r.heartbeat_at < ${tx.at}::timestamptz - make_interval(mins => ${LEFT_AFTER_MINUTES}) order by r.id limit 10`)
  for (const { id } of left) askForRun(tx, id)
}
