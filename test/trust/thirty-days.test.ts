import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteProof } from '../../scripts/proof/proof-lines.ts'
import { randomOf } from '../../scripts/proof/random.ts'
import { brokenRules } from '../../scripts/proof/reminders-by-hand.ts'
import { compareDays, tables } from '../../scripts/proof/thirty-days-compare.ts'
import { beginCompany, type Lived, liveThirtyDays } from '../../scripts/proof/thirty-days-run.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { callerOf } from '../harness/callers.ts'

/** Three months of business of the demo company and the fortnight around two holidays; `npm run proof:thirty-days` is eighteen months and thirty days. */
const FROM = '2026-09-21'
const DAYS = 21
const TENANT = 970_001

let app: TestApp
let owner: pg.Pool
let lived: Lived
beforeAll(async () => {
  app = await startTestApp(`${FROM}T00:00:00Z`)
  owner = new pg.Pool({ connectionString: app.database.ownerUrl, max: 2 })
  const place = { db: app.db, owner, setNow: app.setNow, tenantId: TENANT, seed: 3, random: randomOf(3) }
  const options = { ...place, months: 3, from: FROM, days: DAYS, said: () => undefined }
  await beginCompany(options)
  lived = await liveThirtyDays(options)
}, 600_000)
afterAll(async () => {
  await owner?.end()
  await app?.close()
})

describe('I-36, I-38, I-39: a company lives through weeks of reminders', () => {
  test('what arrived at the mail server and what was done is, customer by customer, what a reckoning by hand says', () => {
    const compared = compareDays(lived)
    expect(compared.flatMap(({ on, differences }) => differences.map((said) => `${on} ${said}`))).toEqual([])
    const arrived = compared.reduce((sum, day) => sum + day.arrived, 0)
    expect(arrived).toBeGreaterThan(40)
    expect(compared.filter(({ levels }) => levels === 0).map(({ on }) => on)).toEqual(
      expect.arrayContaining(['2026-09-25', '2026-09-26', '2026-09-27', '2026-10-01', '2026-10-07']),
    )
    expect(tables(lived, compared)).toContain('| 2026-09-21 |')
    noteProof({ proof: 'three weeks of reminders', ids: ['I-36', 'I-38', 'I-39'], days: DAYS, arrived, seed: 3, happened: lived.counts })
  })

  test('a second run of any day, with its run forgotten, and a second sending do nothing', () => {
    expect(lived.days.filter(({ again }) => again !== 0).map(({ on }) => on)).toEqual([])
    expect(lived.days).toHaveLength(DAYS)
  })

  test.each(brokenRules)('the control: reckoned without one sentence of the rule it differs: %s', (rule) => {
    expect(compareDays(lived, rule).flatMap(({ differences }) => differences).length).toBeGreaterThan(0)
  })

  test('and the books are true', () => expectBooksTrue(app, { system: callerOf(TENANT, { actorKind: 'system' }) }), 60_000)
})
