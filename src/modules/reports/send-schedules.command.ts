import { hourIn } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { type Caller, may } from '../../platform/caller.ts'
import type { Database, Reader, Tx } from '../../platform/db.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { queueMessages } from '../messages/queue-messages.command.ts'
import { callerOfPerson, type KnownPerson, knownPerson } from '../people/caller.query.ts'
import { reportDefinition } from './definitions/index.ts'
import { askedOf } from './edit-schedules.command.ts'
import { exportReport, reportFormats } from './export-report.query.ts'
import { reportMail } from './report-mail.query.ts'
import type { Asked } from './report-question.query.ts'
import { finishScheduleRun, insertReportFile, insertScheduleRun, SEND_REPORTS_TASK } from './report-schedule.store.ts'
import { activeSchedules, goneOut, type ReportSchedule, scheduleById } from './report-schedules.query.ts'
import { isScheduledOn, periodOn } from './schedule-day.ts'
import type { LeftOut } from './schedule-outcomes.query.ts'

/** Bytes of a file that goes along: what is larger is left to the page, and the mail says so by having none. */
const ATTACHED_MOST = 5_000_000

/** The clock's look, every minute: what is due today from its hour on goes out, once a day. A day on which no worker ran is not made up for. */
export async function lookAfterSchedules(tx: Tx): Promise<void> {
  const hour = hourIn(tx.caller.timeZone, tx.at)
  const [all, gone] = await Promise.all([activeSchedules(tx), goneOut(tx)])
  for (const schedule of all.filter((one) => one.atHour <= hour && isScheduledOn(one, tx.today) && !gone.has(one.id))) {
    insertScheduleRun(tx, schedule.id)
    tx.job(SEND_REPORTS_TASK, { scheduleId: schedule.id, day: tx.today }, `${SEND_REPORTS_TASK} ${schedule.id} ${tx.today}`)
  }
}

/**
 * Writes the report to each person of the schedule, read in that person's own name and scope: nobody gets by mail what they may not see. Who has left, or may not see the report any more, gets
 * none, and the run says so. May run twice: the key of a message is schedule, day and person.
 */
export async function sendSchedule(db: Database, system: Caller, scheduleId: string, day: string): Promise<void> {
  const schedule = await db.read(system, (reader) => scheduleById(reader, scheduleId))
  if (!schedule) return
  const reached: string[] = []
  const leftOut: LeftOut[] = []
  for (const personId of schedule.people) {
    const reason = await sendTo(db, system, schedule, personId, `report ${scheduleId} ${day} ${personId}`)
    if (reason === undefined) reached.push(personId)
    else leftOut.push({ personId, reason })
  }
  await db.transaction(system, async (tx) => finishScheduleRun(tx, scheduleId, day, { reached, leftOut }))
}

/** To one person alone, at once; a run is none. */
export async function sendTrial(db: Database, system: Caller, scheduleId: string, personId: string, trial: string): Promise<void> {
  const schedule = await db.read(system, (reader) => scheduleById(reader, scheduleId))
  if (schedule) await sendTo(db, system, schedule, personId, `report ${scheduleId} trial ${trial} ${personId}`)
}

/** Why this person got none; undefined where they did. */
async function sendTo(
  db: Database,
  system: Caller,
  schedule: ReportSchedule,
  personId: string,
  businessKey: string,
): Promise<LeftOut['reason'] | undefined> {
  const { tenantId } = system
  const person = await db.read(insideTenant(tenantId), (reader) => knownPerson(reader, personId))
  if (person?.status !== 'active') return 'left'
  const caller = callerOfPerson(tenantId, person)
  if (!may(caller, 'reports.view') || !may(caller, reportDefinition(schedule.report).permission)) return 'mayNot'
  try {
    await writeTo(db, system, schedule, person, businessKey)
    return undefined
  } catch (error) {
    // what the report answers to a question that it no longer takes is the schedule's own fault: the others get theirs, and the page says it. Anything else is tried again
    if (error instanceof Problem && error.kind !== 'conflict' && error.kind !== 'unavailable') return 'failed'
    throw error
  }
}

async function writeTo(db: Database, system: Caller, schedule: ReportSchedule, person: KnownPerson, businessKey: string): Promise<void> {
  const caller = callerOfPerson(system.tenantId, person)
  const personId = person.id
  const definition = reportDefinition(schedule.report)
  const ask = (reader: Pick<Reader, 'today'>): Asked => ({ ...askedOf(schedule.query), ...periodOn(schedule.period, reader.today) })
  const content = await db.read(caller, (reader) =>
    reportMail(reader, definition, ask(reader), { name: schedule.name, company: person.companyName }),
  )
  const attached = schedule.attach && may(caller, 'reports.export') ? await fileOf(db, caller, schedule.report, ask) : undefined
  await db.transaction(system, async (tx) => {
    const fileId = uuid()
    const queued = await queueMessages(tx, [
      {
        ...content,
        id: uuid(),
        businessKey,
        kind: 'reports',
        entity: 'reportSchedule',
        entityId: schedule.id,
        customerId: null,
        personId,
        to: [person.email],
        language: person.language,
        ...(attached === undefined ? {} : { fileIds: [fileId] }),
      },
    ])
    if (queued.length > 0 && attached !== undefined)
      insertReportFile(
        tx,
        { id: fileId, name: attached.name, contentType: reportFormats.xlsx, scheduleId: schedule.id, personId },
        attached.content,
      )
  })
}

async function fileOf(
  db: Database,
  caller: Caller,
  report: string,
  ask: (reader: Pick<Reader, 'today'>) => Asked,
): Promise<{ name: string; content: Buffer } | undefined> {
  const asked = await db.read(caller, async (reader) => ask(reader))
  const { name, content } = await exportReport({ db, caller }, report, asked, 'xlsx')
  const chunks: Buffer[] = []
  let size = 0
  if (content instanceof Buffer) return { name, content }
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= ATTACHED_MOST) chunks.push(chunk)
  }
  return size > ATTACHED_MOST ? undefined : { name, content: Buffer.concat(chunks) }
}
