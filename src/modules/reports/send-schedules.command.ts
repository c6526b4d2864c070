import { hourIn } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import { type Caller, may } from '../../platform/caller.ts'
import type { Database, Reader, Tx } from '../../platform/db.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { queueMessages } from '../messages/queue-messages.command.ts'
import { callerOfPerson, knownPerson } from '../people/caller.query.ts'
import { reportDefinition } from './definitions/index.ts'
import { askedOf } from './edit-schedules.command.ts'
import { exportReport, reportFormats } from './export-report.query.ts'
import { reportMail } from './report-mail.query.ts'
import type { Asked } from './report-question.query.ts'
import { insertReportFile, insertScheduleRun } from './report-schedule.store.ts'
import { activeSchedules, goneOut, type ReportSchedule, scheduleById } from './report-schedules.query.ts'
import { isScheduledOn, periodOn } from './schedule-day.ts'

export const SEND_REPORTS_TASK = 'reports.sendScheduled'
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
 * none. May run twice: the key of a message is schedule, day and person.
 */
export async function sendSchedule(db: Database, system: Caller, scheduleId: string, day: string): Promise<void> {
  const schedule = await db.read(system, (reader) => scheduleById(reader, scheduleId))
  if (!schedule) return
  for (const personId of schedule.people) await sendTo(db, system, schedule, personId, `report ${scheduleId} ${day} ${personId}`)
}

async function sendTo(db: Database, system: Caller, schedule: ReportSchedule, personId: string, businessKey: string): Promise<void> {
  const { tenantId } = system
  const person = await db.read(insideTenant(tenantId), (reader) => knownPerson(reader, personId))
  if (person?.status !== 'active') return
  const caller = callerOfPerson(tenantId, person)
  const definition = reportDefinition(schedule.report)
  if (!may(caller, 'reports.view') || !may(caller, definition.permission)) return
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
