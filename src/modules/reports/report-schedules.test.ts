import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { type Story, storyCompany } from '../../../test/harness/story.ts'
import { day } from '../../kernel/day.ts'
import { sql } from '../../platform/sql.ts'
import { lookAfterSchedules, sendSchedule } from './send-schedules.command.ts'

let app: TestApp
let story: Story
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'MAIL')
  app.setNow('2026-11-23T00:30:00Z') // Monday, 08:30 in Shanghai
}, 120_000)
afterAll(() => app.close())

const people = () => story.company.people
const look = () => app.db.transaction(story.company.system, lookAfterSchedules)
type Sent = { businessKey: string; personId: string; recipients: string[]; status: string; subject: string; text: string; files: string[] }
const sent = () =>
  app.db.read(story.company.system, (reader) =>
    reader.all<Sent>(sql`select m.business_key, m.person_id, m.recipients, m.status, m.subject, c.text, m.file_ids::text[] as files from ar.messages m
      join ar.message_contents c on c.tenant_id = m.tenant_id and c.message_id = m.id where m.tenant_id = ${story.company.tenantId} and m.kind = 'reports' order by m.id`),
  )
const schedule = (more: Record<string, unknown> = {}) => ({
  report: 'collection',
  name: '周一催收清单',
  query: { by: 'customer' },
  period: 'usual',
  cadence: 'weekly',
  onDay: 1,
  atHour: 9,
  people: [people().administrator.caller.actorId, people().salesperson.caller.actorId],
  attach: true,
  ...more,
})

describe('a report every Monday at nine', () => {
  let id: string
  test('not before its hour', async () => {
    id = (await people().administrator.post('/api/report-schedules', schedule())).body.id
    expect(id).toEqual(expect.any(String))
    await look()
    await app.drain()
    expect(await sent()).toEqual([])
  })

  test('from then on once, however many clocks look and however often the job runs', async () => {
    app.setNow('2026-11-23T01:05:00Z')
    await look()
    await look()
    await app.drain()
    await sendSchedule(app.db, story.company.system, { scheduleId: id, day: day('2026-11-23'), publicUrl: app.auth.publicUrl })
    const mails = await sent()
    expect(mails.map(({ recipients }) => recipients)).toEqual([
      [expect.stringMatching(/^administrator@/)],
      [expect.stringMatching(/^salesperson@/)],
    ])
    expect(mails.every(({ status }) => status === 'kept')).toBe(true)
    expect(mails.every(({ files }) => files.length === 1)).toBe(true)
  })

  test('each with the figures of their own page, and nobody else’s customers', async () => {
    const [all, own] = await sent()
    for (const [mail, person] of [
      [all!, people().administrator],
      [own!, people().salesperson],
    ] as const) {
      const { body } = await person.get('/api/reports/collection?by=customer')
      const shown = body.items.map((item: { name: string }) => item.name)
      for (const name of shown) expect(mail.text).toContain(name)
      expect(mail.text).toContain(body.totals.overdue.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ','))
    }
    const { body } = await people().administrator.get('/api/reports/collection?by=customer')
    const mine = new Set(
      (await people().salesperson.get('/api/reports/collection?by=customer')).body.items.map((item: { name: string }) => item.name),
    )
    const others = body.items.map((item: { name: string }) => item.name).filter((name: string) => !mine.has(name))
    for (const name of others) expect(own!.text).not.toContain(name)
  })

  test('its file opens for the person it was made for, for nobody else', async () => {
    const [all] = await sent()
    expect((await people().administrator.get(`/api/files/${all!.files[0]}`)).status).toBe(200)
    expect((await people().salesperson.get(`/api/files/${all!.files[0]}`)).status).toBe(404)
  })

  test('it goes again the next Monday, not on Tuesday; who has left gets none; when it is ended it stops', async () => {
    app.setNow('2026-11-24T02:00:00Z')
    await look()
    await app.drain()
    expect(await sent()).toHaveLength(2)
    await app.database.pool.query(`update ar.people set status = 'disabled' where tenant_id = $1 and id = $2`, [
      story.company.tenantId,
      people().salesperson.caller.actorId,
    ])
    app.setNow('2026-11-30T02:00:00Z')
    await look()
    await app.drain()
    expect((await sent()).map(({ businessKey }) => businessKey.split(' ')[2])).toEqual(['2026-11-23', '2026-11-23', '2026-11-30'])
    expect((await people().collector.post(`/api/report-schedules/${id}/end`, { version: 1 })).status).toBe(404)
    expect((await people().administrator.post(`/api/report-schedules/${id}/end`, { version: 1 })).status).toBe(201)
    app.setNow('2026-12-07T02:00:00Z')
    await look()
    await app.drain()
    expect(await sent()).toHaveLength(3)
  })
})

describe('a schedule as its page shows it', () => {
  const shown = async (id: string, person = people().financeManager) =>
    (await person.get('/api/report-schedules')).body.items.find((item: { id: string }) => item.id === id)
  const fields = {
    name: '每月回款',
    query: { by: 'customer' },
    period: 'lastMonth',
    cadence: 'monthly',
    onDay: 15,
    atHour: 10,
    attach: false,
  }
  let id: string
  beforeAll(async () => {
    app.setNow('2026-12-08T02:00:00Z') // Tuesday, 10:00 in Shanghai
    const { financeManager, auditor, collector } = people()
    id = (
      await financeManager.post(
        '/api/report-schedules',
        schedule({ report: 'receipts', query: {}, people: [auditor, collector].map(({ caller }) => caller.actorId), attach: false }),
      )
    ).body.id
  })

  test('the next time; nothing before the first', async () => {
    expect(await shown(id)).toMatchObject({ nextOn: '2026-12-14', last: null, mayChange: true, version: 1 })
    expect(await shown(id, people().auditor)).toMatchObject({ mayChange: false })
  })

  test('is changed by its maker and the administrator, judged like a new one, on the record, and not over another change', async () => {
    const { financeManager, auditor, administrator } = people()
    const put = (person: typeof auditor, body: object) => person.send('PUT', `/api/report-schedules/${id}`, body)
    const change = { ...fields, people: [auditor.caller.actorId], version: 1 }
    expect((await put(auditor, change)).status).toBe(404)
    expect((await put(financeManager, { ...change, cadence: 'weekly' })).body.code).toBe('reports.wrongWeekday')
    expect((await put(financeManager, { ...change, query: { reason: 'held' } })).body.code).toBe('reports.filterNotTaken')
    expect((await put(financeManager, { ...change, people: ['01a20112-6777-7000-a793-cc9bd7f4491e'] })).status).toBe(404)
    expect((await put(financeManager, change)).status).toBe(200)
    expect((await put(administrator, change)).status).toBe(409)
    expect(await shown(id)).toMatchObject({
      ...fields,
      nextOn: '2026-12-15',
      people: [auditor.caller.actorId],
      version: 2,
      report: 'receipts',
    })
    const { rows } = await app.database.pool.query(
      `select body from ar.audit_log where tenant_id = $1 and entity_id = $2 and action = 'reports.scheduleChanged'`,
      [story.company.tenantId, id],
    )
    expect(rows).toMatchObject([{ body: { before: { cadence: 'weekly', onDay: 1 }, after: { cadence: 'monthly', onDay: 15 } } }])
  })

  test('sent to oneself at once: one mail a minute, to nobody else, and no run', async () => {
    const before = (await sent()).length
    const { financeManager, collector, salesManager } = people()
    for (const _ of [1, 2]) expect((await financeManager.post(`/api/report-schedules/${id}/trial`, {})).status).toBe(201)
    await app.drain()
    expect((await sent()).slice(before).map(({ personId, subject }) => [personId, subject.includes('每月回款')])).toEqual([
      [financeManager.caller.actorId, true],
    ])
    expect(await shown(id)).toMatchObject({ last: null })
    for (const stranger of [collector, salesManager])
      expect((await stranger.post(`/api/report-schedules/${id}/trial`, {})).status).toBe(404)
  })

  test('what came of the last time: who got it, who did not and why, where the mails stand', async () => {
    const { financeManager, auditor, collector } = people()
    const everybody = [auditor, collector, financeManager].map(({ caller }) => caller.actorId)
    expect((await financeManager.send('PUT', `/api/report-schedules/${id}`, { ...fields, people: everybody, version: 2 })).status).toBe(200)
    await app.database.pool.query(`update ar.people set status = 'disabled' where tenant_id = $1 and id = $2`, [
      story.company.tenantId,
      collector.caller.actorId,
    ])
    app.setNow('2026-12-15T02:30:00Z')
    await look()
    expect(await shown(id)).toMatchObject({ last: { onDay: '2026-12-15', isDone: false, reached: 0 }, nextOn: '2027-01-15' })
    await app.drain()
    expect((await shown(id)).last).toEqual({
      onDay: '2026-12-15',
      isDone: true,
      reached: 2,
      leftOut: [{ name: expect.stringMatching(/./), reason: 'left' }],
      messages: { kept: 2 },
    })
    await app.database.pool.query(`update ar.report_schedules set query = '{"reason":"held"}' where tenant_id = $1 and id = $2`, [
      story.company.tenantId,
      id,
    ])
    app.setNow('2027-01-15T02:30:00Z')
    await look()
    await app.drain()
    expect((await shown(id)).last).toMatchObject({
      onDay: '2027-01-15',
      reached: 0,
      leftOut: [{ reason: 'failed' }, { reason: 'left' }, { reason: 'failed' }],
    })
    await app.database.pool.query(`update ar.people set status = 'active' where tenant_id = $1 and id = $2`, [
      story.company.tenantId,
      collector.caller.actorId,
    ])
    expect((await financeManager.post(`/api/report-schedules/${id}/end`, { version: 3 })).status).toBe(201)
  })
})

test.each([
  ['a report that is not there', { report: 'nothing' }, 404],
  ['a person who is not there', { people: ['01a20112-6777-7000-a793-cc9bd7f4491e'] }, 404],
  ['a filter that the report does not take', { query: { method: '01a20112-6777-7000-a793-cc9bd7f4491e' } }, 400],
  ['what the route does not know', { query: { tenantId: '1' } }, 400],
  ['a period of a report that has none', { period: 'lastMonth' }, 422],
  ['the ninth day of the week', { onDay: 9 }, 422],
])('refused: %s', async (_, more, status) => {
  expect((await people().administrator.post('/api/report-schedules', schedule(more))).status).toBe(status)
})

test('a schedule is shown to whoever made it and whoever gets it', async () => {
  const { financeManager, auditor, collector } = people()
  await financeManager.post(
    '/api/report-schedules',
    schedule({ name: '给审计', people: [auditor.caller.actorId], report: 'receipts', query: {}, period: 'lastWeek' }),
  )
  const names = async (person: typeof auditor) =>
    (await person.get('/api/report-schedules')).body.items.map((item: { name: string }) => item.name)
  expect(await names(financeManager)).toEqual(['给审计'])
  expect(await names(auditor)).toEqual(['给审计'])
  expect(await names(collector)).toEqual([])
})
