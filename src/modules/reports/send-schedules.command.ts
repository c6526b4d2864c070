import { hourIn } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { type Caller, may } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { callerOfPerson, knownPerson } from '../people/caller.query.ts'
import { reportDefinition } from './definitions/index.ts'
import { finishScheduleRun, insertScheduleRun } from './report-schedule.store.ts'
import { activeSchedules, goneOut, type ReportSchedule, scheduleById } from './report-schedules.query.ts'
import { isScheduledOn } from './schedule-day.ts'
import type { LeftOut } from './schedule-outcomes.query.ts'
import { SEND_REPORTS_TASK } from './send-reports-task.ts'
import { type ReportMailWanted, writeReportMail } from './write-report-mail.command.ts'

/** The clock's look, every minute: what is due today from its hour on goes out, once a day. A day on which no worker ran is not made up for. */
export async function lookAfterSchedules(tx: Tx): Promise<void> {
  const hour = hourIn(tx.caller.timeZone, tx.at)
  const [all, gone] = await Promise.all([activeSchedules(tx), goneOut(tx)])
  for (const schedule of all.filter((one) => one.atHour <= hour && isScheduledOn(one, tx.today) && !gone.has(one.id))) {
    insertScheduleRun(tx, schedule.id)
    tx.job(SEND_REPORTS_TASK, { scheduleId: schedule.id, day: tx.today }, `${SEND_REPORTS_TASK} ${schedule.id} ${tx.today}`, {
      oneAtATime: true,
    })
  }
}

/**
 * Writes the report to each person of the schedule, read in that person's own name and scope: nobody gets by mail what they may not see. Who has left, or may not see the report any more, gets
 * none, and the run says so. A failure of ours over one person keeps none of the others waiting; it is thrown at the end and tried again. May run twice: the key of a message is schedule, day
 * and person.
 */
export async function sendSchedule(
  db: Database,
  system: Caller,
  { scheduleId, day, publicUrl }: Pick<ReportMailWanted, 'day' | 'publicUrl'> & { readonly scheduleId: string },
): Promise<void> {
  const schedule = await db.read(system, (reader) => scheduleById(reader, scheduleId))
  if (!schedule) return
  const reached: string[] = []
  const leftOut: LeftOut[] = []
  const failures: unknown[] = []
  for (const personId of schedule.people) {
    try {
      const wanted = { businessKey: `report ${scheduleId} ${day} ${personId}`, day, publicUrl }
      const reason = await sendTo(db, system, schedule, personId, wanted)
      if (reason === undefined) reached.push(personId)
      else leftOut.push({ personId, reason })
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  await db.transaction(system, async (tx) => finishScheduleRun(tx, scheduleId, day, { reached, leftOut }))
}

/** To one person alone, at once; a run is none. */
export async function sendTrial(
  db: Database,
  system: Caller,
  {
    scheduleId,
    personId,
    trial,
    publicUrl,
  }: { readonly scheduleId: string; readonly personId: string; readonly trial: string; readonly publicUrl: string },
): Promise<void> {
  const { schedule, day } = await db.read(system, async (reader) => ({
    schedule: await scheduleById(reader, scheduleId),
    day: reader.today,
  }))
  const businessKey = `report ${scheduleId} trial ${trial} ${personId}`
  if (schedule) await sendTo(db, system, schedule, personId, { businessKey, day, publicUrl })
}

/** Why this person got none; undefined where they did. */
async function sendTo(
  db: Database,
  system: Caller,
  schedule: ReportSchedule,
  personId: string,
  wanted: ReportMailWanted,
): Promise<LeftOut['reason'] | undefined> {
  const { tenantId } = system
  const person = await db.read(insideTenant(tenantId), (reader) => knownPerson(reader, personId))
  if (person?.status !== 'active') return 'left'
  const caller = callerOfPerson(tenantId, person)
  if (!may(caller, 'reports.view') || !may(caller, reportDefinition(schedule.report).permission)) return 'mayNot'
  try {
    await writeReportMail(db, system, schedule, person, wanted)
    return undefined
  } catch (error) {
    // what the report answers to a question that it no longer takes is the schedule's own fault: the others get theirs, and the page says it. Anything else is tried again
    if (error instanceof Problem && error.kind !== 'conflict' && error.kind !== 'unavailable') return 'failed'
    throw error
  }
}
