import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { mailSettingsFor } from '../../../test/harness/outbox.ts'
import { type SinkOptions, type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'

const PASSWORD = 'CANARY-smtp-password'
let app: TestApp
let company: TestCompany
const sinks: SmtpSink[] = []
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close()
})

async function sinkFor(options: SinkOptions = {}): Promise<SmtpSink> {
  company = await app.company()
  const sink = await startSmtpSink(options)
  sinks.push(sink)
  app.mail.innerServers.push(sink.name)
  return sink
}
const administrator = () => company.people.administrator
const shown = async () => (await administrator().get('/api/mail-settings')).body
const save = async (port: number, more: object = {}) =>
  administrator().send('PUT', '/api/mail-settings', { ...mailSettingsFor(port), version: (await shown()).version, ...more })
const tryOut = () => administrator().post('/api/mail-settings/test')

describe('the e-mail settings', () => {
  test('are the administrator’s alone', async () => {
    const sink = await sinkFor()
    for (const who of ['financeManager', 'arAccountant', 'auditor', 'salesperson'] as const) {
      expect((await company.people[who].get('/api/mail-settings')).status).toBe(403)
      const body = { ...mailSettingsFor(sink.port), version: 0 }
      expect((await company.people[who].send('PUT', '/api/mail-settings', body)).status).toBe(403)
      expect((await company.people[who].post('/api/mail-settings/test')).status).toBe(403)
      expect((await company.people[who].send('PUT', '/api/mail-settings/sending', { enabled: true, companyVersion: 1 })).status).toBe(403)
    }
  })

  test('never answer the password: not in the settings, the audit log, any row in the clear (T120)', async () => {
    const sink = await sinkFor({ auth: '235 welcome' })
    expect((await save(sink.port, { user: 'robot', password: PASSWORD })).status).toBe(200)
    expect(await shown()).toMatchObject({ user: 'robot', hasPassword: true })
    expect((await tryOut()).body).toMatchObject({ outcome: 'accepted' })
    expect(sink.signIns).toEqual([`robot:${PASSWORD}`])
    const answers = [
      await shown(),
      (await administrator().get('/api/audit?limit=200')).body,
      (await administrator().get('/api/settings/mail')).body,
    ]
    expect(JSON.stringify(answers)).not.toContain(PASSWORD)
    const { rows } = await app.database.pool.query(`select row_to_json(s)::text as text from ar.secrets s
      union all select row_to_json(s)::text from ar.settings s union all select row_to_json(l)::text from ar.audit_log l union all select row_to_json(k)::text from ar.idempotency_keys k`)
    expect(rows.filter((row: { text: string }) => row.text.includes(PASSWORD))).toEqual([])
    expect(rows.some((row: { text: string }) => /v1\.[0-9a-f]{16}\./.test(row.text))).toBe(true)
  })

  test('a stored password goes to no other server, port, protection or user', async () => {
    const sink = await sinkFor({ auth: '235 welcome' })
    await save(sink.port, { user: 'robot', password: PASSWORD })
    for (const more of [{ host: 'evil.example.com' }, { port: 2525 }, { security: 'tls' }, { user: 'other' }])
      expect(await save(sink.port, { user: 'robot', ...more }), JSON.stringify(more)).toMatchObject({
        status: 422,
        body: { code: 'messages.passwordNeeded', issues: [{ path: 'password' }] },
      })
    expect((await save(sink.port, { user: 'robot', senderName: '另一个名称' })).status).toBe(200)
    const [entry] = (await administrator().get('/api/audit?action=company.settingsSaved&limit=1')).body.items
    expect(entry.after).toEqual({ senderName: '另一个名称' })
    expect((await tryOut()).body.outcome).toBe('accepted')
    expect((await save(sink.port, { user: '' })).status).toBe(200)
    expect(await shown()).toMatchObject({ hasPassword: false })
  })

  test.each([
    ['senderAddress', 'a@x.example.com\r\nBcc: evil@x.example.com'],
    ['senderAddress', '"a@evil.example.com x"@ok.example.com'],
    ['senderAddress', 'a@x.example.com, b@x.example.com'],
    ['senderAddress', 'Group:a@x.example.com;'],
    ['senderAddress', 'а@xn.example.com'],
    ['replyTo', 'a@localhost'],
    ['replyTo', `${'a@b.example.com,'.repeat(1_000)}`],
    ['senderName', 'Finance\r\nBcc: evil@x.example.com'],
    ['host', 'smtp.example.com/path'],
    ['host', 'user@smtp.example.com'],
    ['host', 'smtp.example.com\r\nRCPT'],
    ['port', 0],
    ['perMinute', 0],
  ])('%s %j is refused at its field (T45)', async (field, value) => {
    const sink = await sinkFor()
    expect(await save(sink.port, { [field]: value })).toMatchObject({ status: 400, body: { issues: [{ path: field }] } })
  })

  test('of two who save at once the second is told', async () => {
    const sink = await sinkFor()
    await save(sink.port)
    expect(await save(sink.port, { senderName: '别的', version: 0 })).toMatchObject({
      status: 409,
      body: { code: 'platform.staleVersion' },
    })
  })
})

describe('the test button', () => {
  test.each([
    [{}, 'accepted', /收下了.*250 2\.0\.0 taken as 1/],
    [{ script: () => ({ rcpt: () => '550 5.1.1 no such user' }) }, 'refused', /拒收.*550 5\.1\.1 no such user/],
    [{ script: () => ({ mail: '451 4.7.1 greylisted' }) }, 'refusedForNow', /暂时不收.*451 4\.7\.1 greylisted/],
    [{ greeting: '554 5.3.2 go away' }, 'notReached', /没能连上.*554 5\.3\.2 go away/],
    [{ script: () => ({ cut: 'afterData' as const }) }, 'uncertain', /没等到.*回答/],
  ])('%#: says in one sentence what the server answered: %s', async (options, outcome, sentence) => {
    const sink = await sinkFor(options)
    await save(sink.port)
    const { status, body } = await tryOut()
    expect([status, body.outcome]).toEqual([200, outcome])
    expect(body.sentence).toMatch(sentence)
  })

  test('goes to the own address only, also while sending is off, and is on the record', async () => {
    const sink = await sinkFor()
    await save(sink.port)
    await tryOut()
    expect(sink.taken.map((mail) => mail.to)).toEqual([[`administrator@${company.tenantId}.example.com`]])
    const { items } = (await administrator().get('/api/audit?limit=10')).body
    expect(items.map((entry: { action: string }) => entry.action)).toContain('messages.tested')
  })

  test('not more than ten in ten minutes (T74)', async () => {
    const sink = await sinkFor()
    await save(sink.port)
    const statuses: number[] = []
    for (let index = 0; index < 12; index += 1) statuses.push((await tryOut()).status)
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429])
    expect(sink.taken).toHaveLength(10)
  })

  test('does not knock at inner addresses: the sentence says who can allow it', async () => {
    const sink = await sinkFor()
    await save(sink.port, { host: 'localhost' })
    const { body } = await tryOut()
    expect(body.outcome).toBe('notReached')
    expect(body.sentence).toContain('25')
    await save(25, { host: '127.0.0.1' })
    expect((await tryOut()).body.sentence).toContain('HUIKUAN_INNER_MAIL_SERVERS')
  })
})

test('sending cannot be switched on before there is a mail server, and the switch is on the record', async () => {
  const sink = await sinkFor()
  const { companyVersion } = await shown()
  const on = { enabled: true, companyVersion }
  expect(await administrator().send('PUT', '/api/mail-settings/sending', on)).toMatchObject({
    status: 422,
    body: { code: 'messages.noMailServer' },
  })
  await save(sink.port)
  expect((await administrator().send('PUT', '/api/mail-settings/sending', on)).status).toBe(200)
  expect((await shown()).sendingEnabled).toBe(true)
  const { items } = (await administrator().get('/api/audit?limit=10')).body
  expect(items.map((entry: { action: string }) => entry.action)).toContain('company.sendingOn')
})
