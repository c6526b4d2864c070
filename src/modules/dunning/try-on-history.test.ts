import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { received } from '../../../test/harness/receipts.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'
import { addDays, type Day, day } from '../../kernel/day.ts'
import { sql } from '../../platform/sql.ts'
import { pastDebts } from './past-debts.query.ts'

let app: TestApp
let company: TestCompany
let customers: string[]
const today = day('2026-11-21')
const span = { from: day('2026-06-01'), until: day('2026-11-20') }

beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  customers = await newCustomers(app, company, 6)
  await randomBook()
}, 120_000)
afterAll(() => app.close())

/** Receivables of all ages, some moved, disputed, voided or given to another customer; money allocated at once, later, partly, not at all, taken back, and identified late. */
async function randomBook(): Promise<void> {
  const { arAccountant, secondAccountant, financeManager } = company.people
  const random = randomOf(7)
  for (const customerId of customers) {
    for (let no = 0; no < 7; no++) {
      const issuedOn = addDays(day('2026-02-01'), random(270))
      const amount = `${100 + random(5_000)}.00`
      const id = await opened(arAccountant, customerId, {
        amount,
        tax: '0',
        issuedOn,
        dueOn: addDays(issuedOn, random(60)),
        disputed: random(9) === 0,
      })
      const { version } = (await arAccountant.get(`/api/receivables/${id}`)).body
      if (random(6) === 0)
        await arAccountant.post('/api/receivables/reschedulings', { receivables: [{ id, version, dueOn: addDays(today, random(20)), reason: 'agreed' }] }) // biome-ignore format: one call
    }
    for (let no = 0; no < 3; no++) {
      const receivedOn = addDays(day('2026-05-01'), random(200))
      const isKnown = random(3) > 0
      const id = await received(company, { amount: `${200 + random(6_000)}.00`, receivedOn, ...(isKnown ? { customerId } : {}) })
      if (!isKnown) await secondAccountant.post(`/api/receipts/${id}/customer`, { customerId, version: 2 })
      if (random(3) > 0) await secondAccountant.post('/api/allocations/by-rule', { receiptIds: [id], rule: 'oldest' })
    }
  }
  const { items } = (await financeManager.get('/api/receipts?unallocated=true')).body
  await financeManager.post(`/api/receipts/${items[0].id}/reversal`, { version: items[0].version, reason: 'bounced' })
}

describe('past debts', () => {
  test('on every day what the entries and the receipts up to that day add up to', async () => {
    const past = await app.db.read(company.system, async (reader) => {
      const found = []
      for await (const piece of pastDebts(reader, span, sql`true`)) found.push(...piece)
      return found
    })
    expect(past.map(({ customerId }) => customerId)).toEqual([...customers].sort())
    const sum = (changes: readonly { on: Day; change: bigint }[], on: Day) =>
      changes.filter((one) => one.on <= on).reduce((total, { change }) => total + change, 0n)
    for (const on of ['2026-05-31', '2026-06-20', '2026-07-31', '2026-09-09', '2026-10-15', '2026-11-20'].map(day)) {
      const items = past.flatMap((one) => one.items.map((item) => [item.receivableId, item.dueOn, sum(item.changes, on)] as const))
      const naive = await asOwner<{ id: string; due: string; open: string }>(
        `select e.receivable_id as id, e.due_on::text as due, sum(e.amount_base)::text as open from ar.receivable_entries e
         where e.tenant_id = $1 and e.entry_on <= $2 group by 1, 2 having sum(e.amount_base) <> 0 order by 1, 2`,
        on,
      )
      expect(items.filter(([, , open]) => open !== 0n).map(([id, due, open]) => ({ id, due, open: open.toString() })).sort(byId)).toEqual(naive.sort(byId)) // biome-ignore format: one sentence
      const money = past.map((one) => ({ id: one.customerId, money: sum(one.money, on).toString() })).filter((one) => one.money !== '0')
      const received = await asOwner<{ id: string; money: string }>(
        `select p.customer_id as id, sum(p.amount_base - coalesce((select sum(a.receipt_base) from ar.allocations a where a.tenant_id = p.tenant_id and a.receipt_id = p.id and a.entry_on <= $2), 0))::text as money
         from ar.receipts p where p.tenant_id = $1 and p.customer_id is not null and p.status in ('confirmed', 'reversed') and p.received_on <= $2 and coalesce(p.reversed_on > $2, true)
         group by 1 having sum(p.amount_base - coalesce((select sum(a.receipt_base) from ar.allocations a where a.tenant_id = p.tenant_id and a.receipt_id = p.id and a.entry_on <= $2), 0)) <> 0`,
        on,
      )
      expect(money.sort(byId)).toEqual(received.sort(byId))
    }
    const hidden = past.flatMap((one) => one.hidden)
    expect(hidden.length).toBeGreaterThan(0)
    expect(hidden.reduce((total, { change }) => total + change, 0n)).toBeLessThanOrEqual(0n)
  })
})

async function asOwner<T>(text: string, on: Day): Promise<T[]> {
  return (await app.database.pool.query(text, [company.tenantId, on])).rows as T[]
}
function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1
}
function randomOf(seed: number): (most: number) => number {
  let state = seed * 2_654_435_761
  return (most) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return (state >>> 3) % most
  }
}
