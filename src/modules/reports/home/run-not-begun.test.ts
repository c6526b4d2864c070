import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../../test/harness/app.ts'
import { lookAfterDunning } from '../../dunning/start-run.command.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp('2026-11-23T00:00:00Z')
}, 120_000)
afterAll(() => app.close())
/** Sending is on, and the clock of the workers does not tick; the run of the company is due from 9. */
beforeEach(async () => {
  company = await app.company()
  await app.database.pool.query('update ar.tenants set sending_enabled = true where tenant_id = $1', [company.tenantId])
})

/** The line of somebody at an hour of Monday 23 November 2026 in Shanghai, or of another day of that month. */
async function lineAt(time: string, who: keyof TestCompany['people'] = 'financeManager', view = 'financeManager', date = 23) {
  app.setNow(new Date(`2026-11-${date}T${time}:00+08:00`).toISOString())
  const { items } = (await company.people[who].get(`/api/home/today?view=${view}`)).body
  return items.find(({ key }: { key: string }) => key === 'dunningNotBegun')
}

test.each([
  ['08:59', undefined],
  ['09:59', undefined],
  ['10:00', ['home.facts.shouldHaveBegun']],
  ['17:59', ['home.facts.shouldHaveBegun']],
  ['18:00', ['home.facts.shouldHaveBegun', 'home.facts.noLongerToday']],
])('at %s', async (time, facts) => {
  const line = await lineAt(time)
  expect(line?.facts.map(({ key }: { key: string }) => key)).toEqual(facts)
  if (line) expect(line).toMatchObject({ count: 1, dueOn: '2026-11-23', lateDays: 0, list: { path: '/api/dunning/dry-run' } })
})

test('who may run it is told: administrators, finance, collectors; nobody else', async () => {
  expect(await lineAt('11:00', 'administrator')).toBeDefined()
  expect(await lineAt('11:00', 'collector', 'collector')).toBeDefined()
  for (const [who, view] of [['arAccountant', 'arAccountant'], ['salesperson', 'salesperson'], ['auditor', 'financeManager']] as const)
    expect(await lineAt('11:00', who, view)).toBeUndefined()
}) // biome-ignore format: three people

test('not once it has begun, on a day of rest, in test mode or while the run is switched off', async () => {
  expect(await lineAt('11:00', 'financeManager', 'financeManager', 22)).toBeUndefined()
  const { version } = (await company.people.financeManager.get('/api/dunning/settings')).body
  const set = (daily: string, at: number) => company.people.financeManager.send('PUT', '/api/dunning/settings', { daily, fromHour: 9, untilHour: 18, mostContacts: 2, version: at }) // biome-ignore format: one call
  expect((await set('off', version)).status).toBe(200)
  expect(await lineAt('11:00')).toBeUndefined()
  expect((await set('whenSending', version + 1)).status).toBe(200)
  expect(await lineAt('11:00')).toBeDefined()
  await app.database.pool.query('update ar.tenants set sending_enabled = false where tenant_id = $1', [company.tenantId])
  expect(await lineAt('11:00')).toBeUndefined()
  expect((await set('always', version + 2)).status).toBe(200)
  expect(await lineAt('11:00')).toBeDefined()
  await app.db.transaction(company.system, lookAfterDunning)
  expect(await lineAt('11:00')).toBeUndefined()
})
