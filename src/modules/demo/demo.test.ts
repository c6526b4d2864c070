import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { callerOf } from '../../../test/harness/callers.ts'
import { sealAudit } from '../../platform/seal.ts'
import { verifyBooks } from '../reports/verify-books.query.ts'
import { makeDemo } from './make-demo.command.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app?.close())

describe('demo company', () => {
  it('makes', async () => {
    const from = performance.now()
    await makeDemo(app.db, {
      tenantId: 900_001,
      seed: 7,
      said: (done, total) => console.info(done, total, Math.round(performance.now() - from)),
    })
    console.info('seconds', (performance.now() - from) / 1000)
    const system = callerOf(900_001, { actorKind: 'system' })
    while ((await sealAudit(app.db, system)) > 0);
    const { invariants } = await verifyBooks(app.db, system)
    expect(invariants.filter(({ holds }) => !holds).map(({ id, sentence, rows }) => ({ id, sentence, rows: rows.slice(0, 2) }))).toEqual([])
  }, 600_000)
})
