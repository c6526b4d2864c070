import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../test/harness/app.ts'
import { beginDay } from './daily-clock.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp('2026-11-21T15:59:00Z')
})
afterAll(() => app.close())

test('T84: a tenant day begins once, however many look, at the tenant’s own midnight', async () => {
  const { system } = await app.company()
  const look = () => beginDay(app.db, system, ['credit.applyLimits'])
  expect((await Promise.all(Array.from({ length: 8 }, look))).filter(Boolean)).toHaveLength(1)
  expect(await look()).toBe(false)
  app.setNow('2026-11-21T16:00:00Z') // midnight in Shanghai
  expect((await Promise.all([look(), look()])).filter(Boolean)).toHaveLength(1)
  await app.drain()
})
