import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { uuid } from '../../kernel/uuid.ts'
import { insertDemoRun, updateDemoRun } from './demo-run.store.ts'
import { foundDemo } from './found-demo.command.ts'
import { makeDemo } from './make-demo.command.ts'
import { dropUnfinishedDemos, nextDemoId } from './remove-demo.command.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('a real company')
})
afterAll(() => app?.close())

const nextId = () => app.db.transaction(company.system, nextDemoId)
const demos = async (): Promise<number[]> =>
  (await app.database.pool.query<{ tenant_id: number }>('select t.tenant_id from ar.tenants t where t.is_demo order by 1')).rows.map(
    (row) => row.tenant_id,
  )
/** As a program leaves it that is killed on the first day. */
async function halfDemo(): Promise<number> {
  const tenantId = await nextId()
  await foundDemo(await app.db.past(() => new Date('2026-05-01T01:00:00Z')), { tenantId, seed: 5, language: 'zh-CN' })
  return tenantId
}

it('what a killed program left half made goes at the next making; what stands and what is being made stays', async () => {
  const finished = await nextId()
  await makeDemo(app.db, { tenantId: finished, seed: 5, language: 'en', months: 1, said: () => undefined })
  const left = await halfDemo()
  const beingMade = await halfDemo()
  const runId = uuid()
  await app.db.transaction(company.system, async (tx) =>
    insertDemoRun(tx, { id: runId, status: 'waiting' }, { seed: 5, demoTenantId: beingMade }),
  )
  await app.db.transaction(company.system, async (tx) => updateDemoRun(tx, runId, { status: 'running', heartbeatAt: tx.at }))
  expect(await demos()).toEqual([finished, left, beingMade])
  await dropUnfinishedDemos(app.db, company.system)
  expect(await demos()).toEqual([finished, beingMade])
  app.setNow('2026-11-21T02:06:00Z') // six minutes without a word
  await dropUnfinishedDemos(app.db, company.system)
  expect(await demos()).toEqual([finished])
  expect((await app.database.pool.query('select from ar.tenants t where t.tenant_id = $1', [company.tenantId])).rowCount).toBe(1)
}, 240_000)

it('speaks the language that was asked for: its name, its people’s pages, its ladder', async () => {
  const [demo] = await demos()
  const { rows } = await app.database.pool.query(
    `select t.name, t.language, (select array_agg(distinct p.language) from ar.people p where p.tenant_id = $1) as people,
      (select l.name from ar.dunning_ladders l where l.tenant_id = $1 and l.is_standard) as ladder from ar.tenants t where t.tenant_id = $1`,
    [demo],
  )
  expect(rows).toEqual([{ name: 'Ningbo Haisheng Pumps Co., Ltd. (demo)', language: 'en', people: ['en'], ladder: 'Standard ladder' }])
})
