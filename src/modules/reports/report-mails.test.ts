import PostalMime, { type Email } from 'postal-mime'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { connectToSink, messageStatuses } from '../../../test/harness/outbox.ts'
import { type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { type Story, storyCompany } from '../../../test/harness/story.ts'
import { day } from '../../kernel/day.ts'
import { sql } from '../../platform/sql.ts'
import { editPerson } from '../people/edit-people.command.ts'
import { lookAfterSchedules, sendSchedule } from './send-schedules.command.ts'

let app: TestApp
let story: Story
let sink: SmtpSink
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'MAIL')
  sink = await startSmtpSink()
  await connectToSink(app, story.company, sink)
}, 120_000)
afterAll(async () => {
  await sink.close()
  await app.close()
})
afterEach(async () => {
  sink.taken.splice(0)
  await app.database.pool.query(`update ar.report_schedules set status = 'ended'`)
})

const people = () => story.company.people
const look = () => app.db.transaction(story.company.system, lookAfterSchedules)
const plan = async (report: string, to: readonly Person[], more: object = {}): Promise<string> => {
  const usual = { query: { by: 'customer' }, period: 'usual', cadence: 'weekly', onDay: 1, atHour: 9, attach: false }
  const wanted = { report, name: '周一清单', ...usual, people: to.map(({ caller }) => caller.actorId), ...more }
  const { status, body } = await people().administrator.post('/api/report-schedules', wanted)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}
const mailTo = async (person: Person): Promise<Email> => {
  const found = sink.taken.filter(({ to }) => to.some((one) => one.startsWith(`${person.caller.name}@`)))
  expect(found).toHaveLength(1)
  return PostalMime.parse(found[0]!.raw)
}
const change = (person: Person, column: 'status' | 'role' | 'email' | 'language', value: string) =>
  app.database.pool.query(`update ar.people set ${column} = $3 where tenant_id = $1 and id = $2`, [
    story.company.tenantId,
    person.caller.actorId,
    value,
  ])

describe('a report that arrives at the mail server', () => {
  test('carries the Excel file that the person would have exported, and a link to the same page', async () => {
    app.setNow('2026-11-23T01:05:00Z') // Monday, 09:05 in Shanghai
    const { administrator, salesperson } = people()
    await plan('collection', [administrator, salesperson], { attach: true })
    await look()
    await app.drain()
    for (const person of [administrator, salesperson]) {
      const mail = await mailTo(person)
      expect(mail.attachments).toHaveLength(1)
      const [file] = mail.attachments
      expect(file).toMatchObject({
        filename: expect.stringMatching(/-2026-11-23\.xlsx$/),
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        disposition: 'attachment',
      })
      const exported = await person.get('/api/reports/collection/report.xlsx?by=customer')
      expect(exported.status).toBe(200)
      expect(Buffer.from(file!.content as ArrayBuffer).equals(exported.raw)).toBe(true)
      const link = 'https://huikuan.example.com/reports/collection?by=customer'
      expect(mail.text).toContain(link)
      expect(mail.html).toContain(`href="${link}"`)
    }
  })

  test('one without a file has none, and its link names the days that it is about', async () => {
    await plan('receipts', [people().financeManager], { period: 'lastWeek', query: {} })
    await look()
    await app.drain()
    const mail = await mailTo(people().financeManager)
    expect(mail.attachments).toEqual([])
    expect(mail.text).toContain('https://huikuan.example.com/reports/receipts?from=2026-11-16&to=2026-11-22')
    expect(mail.html).toContain('href="https://huikuan.example.com/reports/receipts?from=2026-11-16&amp;to=2026-11-22"')
  })

  test('is about its own day, also when the worker comes after midnight', async () => {
    const monthly = { cadence: 'monthly', onDay: 30, atHour: 23, period: 'thisMonth', query: {} }
    await plan('receipts', [people().financeManager], monthly)
    app.setNow('2026-11-30T15:55:00Z') // 23:55
    await look()
    app.setNow('2026-11-30T16:20:00Z') // 00:20 of the next month
    await app.drain()
    expect((await mailTo(people().financeManager)).subject).toContain('2026-11-01 – 2026-11-30')
  })
})

describe('between writing and sending', () => {
  test('who has left or may not see it any more gets none; a new address gets it', async () => {
    app.setNow('2026-12-07T01:05:00Z')
    const { auditor, collector, financeManager, salesManager } = people()
    const id = await plan('collection', [auditor, collector, financeManager, salesManager])
    await look()
    await sendSchedule(app.db, story.company.system, { scheduleId: id, day: day('2026-12-07'), publicUrl: app.auth.publicUrl })
    const before = await messageStatuses(app, story.company)
    await change(collector, 'status', 'disabled')
    await change(financeManager, 'email', 'moved@ours.example.com')
    await app.drain()
    expect(sink.taken.map(({ to }) => to[0]!.split('@')[0]).sort()).toEqual(['auditor', 'moved', 'salesManager'])
    const reasons = await app.db.read(story.company.system, (reader) =>
      reader.all(
        sql`select m.reason from ar.messages m where m.tenant_id = ${story.company.tenantId} and m.kind = 'reports' and m.status = 'withheld'`,
      ),
    )
    expect([before['queued'], reasons]).toEqual([4, [{ reason: 'personLeft' }]])
    await change(collector, 'status', 'active')
  })

  test('who was given another role or scope since gets none: its rows were chosen by the old one', async () => {
    app.setNow('2026-12-08T01:05:00Z')
    const { administrator, auditor, collector } = people()
    const id = await plan('collection', [auditor, collector], { onDay: 2 })
    await look()
    await sendSchedule(app.db, story.company.system, { scheduleId: id, day: day('2026-12-08'), publicUrl: app.auth.publicUrl })
    const { name, phone, language, role, teamId, version } = (await administrator.get(`/api/people/${collector.caller.actorId}`)).body
    app.setNow('2026-12-08T01:06:00Z')
    const edit = (dataScope: 'own' | 'all', known: number) =>
      app.db.transaction(administrator.caller, (tx) =>
        editPerson(tx, collector.caller.actorId, { name, phone, language, role, teamId, dataScope, version: known }),
      )
    await edit('own', version)
    await app.drain()
    expect(sink.taken.map(({ to }) => to[0]!.split('@')[0])).toEqual(['auditor'])
    await edit('all', version + 1)
  })

  test('a failure of ours over one person keeps none of the others waiting, and is tried again', async () => {
    app.setNow('2026-12-14T01:05:00Z')
    const { auditor, collector } = people()
    const id = await plan('collection', [collector, auditor])
    await look()
    await change(collector, 'language', 'of no country')
    const sendAll = () =>
      sendSchedule(app.db, story.company.system, { scheduleId: id, day: day('2026-12-14'), publicUrl: app.auth.publicUrl })
    await expect(sendAll()).rejects.toThrow()
    await change(collector, 'language', 'zh-CN')
    await sendAll()
    await app.drain()
    expect(sink.taken.map(({ to }) => to[0]!.split('@')[0]).sort()).toEqual(['auditor', 'collector'])
  })
})
