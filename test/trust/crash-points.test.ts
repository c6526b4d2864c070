import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteProof } from '../../scripts/proof/proof-lines.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { type OrderWorld, orderWorld } from '../harness/orders.ts'
import { COMPILED } from '../harness/program.ts'
import { owe, received, record } from '../harness/receipts.ts'
import type { Armed, ToServe } from './crash/serving-process.ts'

const NOW = '2026-11-21T02:00:00Z'
/** A call that is not over after so many points would never be. */
const POINTS_MOST = 60

let app: TestApp
let company: TestCompany
let world: OrderWorld
const processes: ChildProcess[] = []
beforeAll(async () => {
  app = await startTestApp(NOW)
  company = await app.company('crash')
  world = await orderWorld(app, company)
})
afterAll(async () => {
  for (const process of processes) process.kill('SIGKILL')
  await app.close()
})

type Serving = { readonly process: ChildProcess; readonly port: number }
async function serve(): Promise<Serving> {
  const env = { ...process.env, NODE_COMPILE_CACHE: COMPILED }
  const child = fork(join(import.meta.dirname, 'crash/serving-process.ts'), { serialization: 'advanced', env })
  processes.push(child)
  const callers = Object.values(company.people).map(({ caller }) => caller)
  child.send({ url: app.database.appUrl, now: NOW, callers } satisfies ToServe)
  const [port] = (await once(child, 'message')) as [number]
  return { process: child, port }
}

type Call = { readonly by: Person; readonly path: string; readonly body: unknown; readonly key: string }
async function send({ port }: Serving, { by, path, body, key }: Call): Promise<{ status: number; body: unknown } | undefined> {
  const headers = { 'x-test-caller': by.caller.actorId, 'x-huikuan': 'test', 'idempotency-key': key, 'content-type': 'application/json' }
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }).catch(
    () => undefined,
  )
  const text = await answer?.text().catch(() => undefined)
  return answer && text !== undefined ? { status: answer.status, body: JSON.parse(text) } : undefined
}

/** The process ends at the n-th point of the call; returns whether it did, and what the caller was told. */
async function crashAt(serving: Serving, call: Call, n: number): Promise<{ ended: boolean; answer: Awaited<ReturnType<typeof send>> }> {
  serving.process.send({ crashAt: n } satisfies Armed)
  await once(serving.process, 'message')
  const over = once(serving.process, 'exit')
  const answer = await send(serving, call)
  const wait = new Promise<false>((resolve) => setTimeout(() => resolve(false), answer ? 100 : 5_000))
  return { ended: (await Promise.race([over.then(() => true as const), wait])) === true, answer }
}

type Prepared = { readonly call: Omit<Call, 'key'>; readonly effects: () => Promise<number> }
const count = (text: string, id: string) => async (): Promise<number> => (await app.database.pool.query(text, [id])).rows[0].count
const calls: Readonly<Record<string, () => Promise<Prepared>>> = {
  'a receivable is opened': async () => {
    const customerId = await world.customer()
    const receivables = [{ customerId, amount: '113.00', tax: '13.00', issuedOn: '2026-10-01', dueOn: '2026-10-31' }]
    return {
      call: { by: company.people.arAccountant, path: '/api/receivables', body: { receivables } },
      effects: count(
        `select count(*)::int from ar.receivables r join ar.vouchers v on v.tenant_id = r.tenant_id and v.source_id = r.id
         join ar.receivable_entries e on e.tenant_id = r.tenant_id and e.receivable_id = r.id where r.customer_id = $1`,
        customerId,
      ),
    }
  },
  'an order is submitted, approved and becomes a receivable': async () => {
    const customerId = await world.customer({ limit: 1_000 })
    const id = await world.order(company.people.salesperson, customerId, 300)
    return {
      call: { by: company.people.salesperson, path: '/api/orders/submissions', body: { orders: [{ id, version: 1 }] } },
      effects: count(
        `select count(*)::int from ar.receivables r join ar.vouchers v on v.tenant_id = r.tenant_id and v.source_id = r.id where r.order_id = $1`,
        id,
      ),
    }
  },
  'a receipt is confirmed': async () => {
    const [id] = (await record(company, { customerId: await world.customer(), amount: '200' })).body.ids
    return {
      call: { by: company.people.secondAccountant, path: '/api/receipts/confirmations', body: { receipts: [{ id, version: 1 }] } },
      effects: count(`select count(*)::int from ar.vouchers v where v.source_id = $1`, id),
    }
  },
  'money is allocated': async () => {
    const { receiptId, receivableId } = await paid(false)
    const lines = [{ receiptId, receivableId, amount: '40' }]
    return {
      call: { by: company.people.arAccountant, path: '/api/allocations', body: { lines } },
      effects: count(
        `select count(*)::int from ar.allocations a join ar.vouchers v on v.tenant_id = a.tenant_id and v.source_id = a.batch_id where a.receipt_id = $1`,
        receiptId,
      ),
    }
  },
  'an allocation is undone': async () => {
    const { receiptId } = await paid(true)
    return {
      call: { by: company.people.arAccountant, path: '/api/allocations/reversals', body: { receiptId, reason: 'crash' } },
      effects: count(`select count(*)::int from ar.allocations a where a.receipt_id = $1 and a.reverses_id is not null`, receiptId),
    }
  },
  'a month is closed': async () => {
    const month = `${2013 + Math.floor(monthsClosed / 12)}${String((monthsClosed % 12) + 1).padStart(2, '0')}`
    monthsClosed += 1
    return {
      call: { by: company.people.financeManager, path: `/api/periods/${month}/closing`, body: { version: 1 } },
      effects: count(
        `select count(*)::int from ar.periods p where p.tenant_id = ${company.tenantId} and p.period = $1 and p.status = 'closed'`,
        month,
      ),
    }
  },
}
/** Months long past, in which nothing is booked; each is closed once. */
let monthsClosed = 0

async function paid(allocated: boolean): Promise<{ receiptId: string; receivableId: string }> {
  const customerId = await world.customer()
  const [receivableId] = await owe(app, company, customerId, [{ amount: '100' }])
  const receiptId = await received(company, { customerId, amount: '100' })
  if (allocated) await company.people.arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId, amount: '40' }] })
  return { receiptId, receivableId: receivableId! }
}

describe('S08, T79: the process ends at any point of a call; the client asks again with the same key', () => {
  test.each(Object.entries(calls))(
    '%s: one effect, whatever the point',
    async (name, prepare) => {
      const seen: string[] = []
      let serving = await serve()
      let next = serve()
      for (let n = 1; n <= POINTS_MOST; n += 1) {
        const { call, effects } = await prepare()
        const keyed = { ...call, key: uuid() }
        const { ended, answer } = await crashAt(serving, keyed, n)
        const before = await effects()
        seen.push(`${ended ? 'ended' : 'lived'}, ${answer ? 'answered' : 'silent'}, ${before === 1 ? 'saved' : 'not saved'}`)
        expect([n, before <= 1, answer === undefined || before === 1]).toEqual([n, true, true])
        if (!ended) break
        serving = await next
        next = serve()
        const again = await send(serving, keyed)
        expect([n, again?.status, await effects()]).toEqual([n, 201, 1])
        if (answer) expect(again).toEqual(answer)
      }
      const ways = new Set(seen)
      expect([...ways]).toEqual(expect.arrayContaining(['ended, silent, not saved', 'ended, silent, saved', 'lived, answered, saved']))
      noteProof({ proof: `crash: ${name}`, ids: ['S08', 'T79'], points: seen.length - 1 })
      serving.process.kill('SIGKILL')
      ;(await next).process.kill('SIGKILL')
      await expectBooksTrue(app, company)
    },
    180_000,
  )
})
