import type { Day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import { type Caller, may } from '../../platform/caller.ts'
import type { Database } from '../../platform/db.ts'
import { queueMessages } from '../messages/queue-messages.command.ts'
import { callerOfPerson, type KnownPerson } from '../people/caller.query.ts'
import { reportDefinition } from './definitions/index.ts'
import { askedOf } from './edit-schedules.command.ts'
import { exportReport, reportFormats } from './export-report.query.ts'
import type { ReportDefinition } from './report-definition.query.ts'
import { reportMail } from './report-mail.query.ts'
import { defaultRange } from './report-periods.ts'
import type { Asked } from './report-question.query.ts'
import { insertReportFile } from './report-schedule.store.ts'
import type { ReportSchedule } from './report-schedules.query.ts'
import { periodOn } from './schedule-day.ts'

/** Bytes of a file that goes along; of a larger one the mail says that it is to be had on the page. */
const ATTACHED_MOST = 5_000_000

/** What is written to one person: `businessKey` is the mail's, `day` the one on which it is due, `publicUrl` where the program is reached. */
export type ReportMailWanted = { readonly businessKey: string; readonly day: Day; readonly publicUrl: string }

/** Queues the report of a schedule for one person, read in their name and scope, with a link to the same report and, where they may export it, the Excel file. */
export async function writeReportMail(
  db: Database,
  system: Caller,
  schedule: ReportSchedule,
  person: KnownPerson,
  { businessKey, day, publicUrl }: ReportMailWanted,
): Promise<void> {
  const caller = callerOfPerson(system.tenantId, person)
  const definition = reportDefinition(schedule.report)
  const asked = { ...askedOf(schedule.query), ...timeOf(definition, schedule, day) }
  const file = schedule.attach && may(caller, 'reports.export') ? await fileOf(db, caller, schedule.report, asked) : undefined
  const content = await db.read(caller, (reader) =>
    reportMail(reader, definition, asked, {
      name: schedule.name,
      company: person.companyName,
      link: linkTo(publicUrl, definition, asked),
      isFileTooLarge: file === 'tooLarge',
    }),
  )
  const about = { businessKey, kind: 'reports', entity: 'reportSchedule', entityId: schedule.id, customerId: null, personId: person.id }
  await db.transaction(system, async (tx) => {
    const fileId = uuid()
    const fileIds = file === undefined || file === 'tooLarge' ? [] : [fileId]
    const queued = await queueMessages(tx, [{ ...content, ...about, id: uuid(), to: [person.email], language: person.language, fileIds }])
    if (queued.length === 0 || file === undefined || file === 'tooLarge') return
    const kept = { id: fileId, name: file.name, contentType: reportFormats.xlsx, scheduleId: schedule.id, personId: person.id }
    insertReportFile(tx, kept, file.content)
  })
}

/** The time that the report is about, counted from the day on which it was due: a worker that comes after midnight writes what it would have written before. */
function timeOf({ time }: ReportDefinition, { period }: ReportSchedule, on: Day): Pick<Asked, 'from' | 'to' | 'asOf'> {
  if (time.kind === 'range') return periodOn(period, on) ?? defaultRange(time.default, on)
  return time.kind === 'asOf' ? { asOf: on } : {}
}

/** The page of the report with the same filters and days. Its host is the configured one, whoever asks. */
function linkTo(publicUrl: string, { key }: ReportDefinition, asked: Asked): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked))
    for (const one of [value].flat()) if (typeof one === 'string' && !(name === 'compare' && one === 'none')) query.append(name, one)
  const search = query.toString()
  return `${publicUrl}/reports/${key}${search === '' ? '' : `?${search}`}`
}

async function fileOf(db: Database, caller: Caller, report: string, asked: Asked): Promise<{ name: string; content: Buffer } | 'tooLarge'> {
  const { name, content } = await exportReport({ db, caller }, report, asked, 'xlsx')
  if (content instanceof Buffer) return { name, content }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= ATTACHED_MOST) chunks.push(chunk)
  }
  return size > ATTACHED_MOST ? 'tooLarge' : { name, content: Buffer.concat(chunks) }
}
