import { fork } from 'node:child_process'
import { join } from 'node:path'
import { uuid } from '../../src/kernel/uuid.ts'
import { foundCompany } from '../../src/modules/company/found-company.command.ts'
import { createCustomers } from '../../src/modules/customers/create-customers.command.ts'
import { createApiKey } from '../../src/modules/people/api-keys.command.ts'
import { verifyBooks } from '../../src/modules/reports/verify-books.query.ts'
import type { Caller } from '../../src/platform/caller.ts'
import type { Database } from '../../src/platform/db.ts'
import { print } from './measure.ts'
import type { MixedDone, MixedTenant, MixedWork } from './mixed-calling.ts'
import { openWorld } from './world.ts'

const TENANTS = 50
const CUSTOMERS = 40
const WRITES_PER_SECOND = Number(process.env['HUIKUAN_BENCH_RATE'] ?? 300)
const READS_PER_SECOND = 30
const SECONDS = Number(process.env['HUIKUAN_BENCH_SECONDS'] ?? 600)
const VERIFY_EVERY_MS = 5_000

type Company = { readonly maker: Caller; readonly checker: Caller }

/**
 * Mixed load of many companies: receivables opened, receipts recorded, confirmed by a second person and allocated, so many writing requests a second whatever the answers take (an open
 * loop: a slow answer shows as latency, not as fewer requests), pages read beside them, and one company's books proven every five seconds. HUIKUAN_BENCH_SECONDS and HUIKUAN_BENCH_RATE change length and rate.
 */
export async function mixed(size: string): Promise<void> {
  const world = await openWorld('mixed')
  const companies: Company[] = []
  const { last } = (await world.owner.query<{ last: number }>('select max(t.tenant_id) as last from ar.tenants t')).rows[0]!
  for (let index = 1; index <= TENANTS; index += 1) companies.push(await company(world.db, { ...world.maker, tenantId: last + index }))
  const tenants = await Promise.all(companies.map((one) => withKeys(world.db, one)))
  const server = await world.serve()
  const checked = { count: 0, faults: 0 }
  const checker = setInterval(() => void prove(world.db, companies[checked.count++ % TENANTS]!.checker, checked), VERIFY_EVERY_MS)
  const done = await called({
    port: server.port,
    tenants,
    writesPerSecond: WRITES_PER_SECOND,
    readsPerSecond: READS_PER_SECOND,
    seconds: SECONDS,
  })
  clearInterval(checker)
  for (const { checker: caller } of companies) await prove(world.db, caller, checked)
  report(size, done, checked)
  await server.close()
  await world.close()
}

function report(size: string, done: MixedDone, checked: { count: number; faults: number }): void {
  const asked = `${WRITES_PER_SECOND}/s asked for ${SECONDS} s over ${TENANTS} companies`
  const { writes, reads } = done
  print({ what: `mixed load, writing requests (${asked})`, size, perSecond: writes.perSecond, p50Ms: writes.p50Ms, p95Ms: writes.p95Ms, limitSeconds: 0.15, ratioToLimit: writes.p99Ms / 150, note: `p99 ${writes.p99Ms.toFixed(1)} ms, ${writes.failures} failures` }) // biome-ignore format: one measurement
  print({ what: 'mixed load, pages read meanwhile', size, perSecond: reads.perSecond, p50Ms: reads.p50Ms, p95Ms: reads.p95Ms, limitSeconds: 0.08, ratioToLimit: reads.p99Ms / 80, note: `p99 ${reads.p99Ms.toFixed(1)} ms, ${reads.failures} failures` }) // biome-ignore format: one measurement
  print({
    what: 'mixed load, every invariant of one company every 5 s and of all at the end',
    size,
    note: `${checked.count + TENANTS} proofs, ${checked.faults} faults`,
  })
}

async function prove(db: Database, caller: Caller, checked: { faults: number }): Promise<void> {
  const { invariants } = await verifyBooks(db, caller)
  checked.faults += invariants.reduce((sum, one) => sum + one.count, 0)
}

/** A new company, with two accountants. */
async function company(db: Database, like: Caller): Promise<Company> {
  const { tenantId } = like
  const [makerId, checkerId] = [uuid(), uuid()]
  const system = { ...like, tenantId, actorId: '00000000-0000-7000-8000-000000000001' }
  await db.transaction(system, async (tx) => {
    await foundCompany(tx, {
      name: `mixed ${tenantId}`,
      baseCurrency: 'CNY',
      timeZone: 'Asia/Shanghai',
      language: 'zh-CN',
      administratorId: makerId,
    })
    tx.insert(
      'people',
      [makerId, checkerId].map((id) => ({ id, name: id.slice(-6), email: `${id}@bench.example.com`, role: 'administrator' })),
    )
  })
  return { maker: { ...like, tenantId, actorId: makerId }, checker: { ...like, tenantId, actorId: checkerId } }
}

async function withKeys(db: Database, { maker, checker }: Company): Promise<MixedTenant> {
  const keyOf = (caller: Caller): Promise<string> =>
    db.transaction(caller, async (tx) => createApiKey(tx, { name: 'bench', scopes: [...caller.permissions], expiresOn: null }).key)
  const customers = await db.transaction(maker, (tx) =>
    createCustomers(
      tx,
      Array.from({ length: CUSTOMERS }, (_, index) => ({ name: `客户 ${index}` })),
    ),
  )
  return { makerKey: await keyOf(maker), checkerKey: await keyOf(checker), customers }
}

function called(work: MixedWork): Promise<MixedDone> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'mixed-calling.ts'), { serialization: 'advanced' })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the calling process ended with ${code}`)))
    child.once('message', (done: MixedDone) => resolve(done))
    child.send(work)
  })
}
