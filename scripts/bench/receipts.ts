import pg from 'pg'
import { day } from '../../src/kernel/day.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { recordReceipts } from '../../src/modules/receipts/record-receipts.command.ts'
import { openReceivables } from '../../src/modules/receivables/open-receivables.command.ts'
import { sql } from '../../src/platform/sql.ts'
import { driveHttp } from './drive-http.ts'
import { loadedWorld } from './facts.ts'
import { drive, print } from './measure.ts'
import { plainReceipt, plainReceivable } from './plain-documents.ts'
import type { World } from './world.ts'

const SECONDS = 5
const DRAFTS = 6_000

type Draft = { readonly receiptId: string; readonly receivableId: string; readonly amount: string }

/** Allocates one confirmed receipt a call through HTTP, to the receivable that it pays. Limit: 4 bare rows a durable transaction on the same server. */
export async function receipts(size: string): Promise<void> {
  const world = await loadedWorld(size)
  const server = await world.serve()
  for (const [clients, spread] of [
    [1, 'many customers'],
    [8, 'many customers'],
    [8, 'one hot customer'],
  ] as const) {
    const drafts = await confirmedReceipts(world, clients === 1 ? DRAFTS / 2 : DRAFTS, spread === 'one hot customer')
    const measured = await driveHttp(world, {
      port: server.port,
      key: server.keyOf(world.checker),
      clients,
      seconds: SECONDS,
      calls: drafts.map((line) => ({ path: '/api/allocations', body: JSON.stringify({ lines: [line] }) })),
      expected: '"batches"',
    })
    const limit = await bareTransactions(world, clients)
    print({
      what: `allocation + voucher + audit through HTTP, ${clients} client${clients > 1 ? 's' : ''}, ${spread}`,
      size,
      ...measured,
      limitPerSecond: limit,
      ratioToLimit: measured.perSecond / limit,
    })
  }
  await server.close()
  await world.close()
}

/** Receivables of many customers or of one, opened and paid in bulk: each draft is a confirmed receipt and the receivable that it pays in full. */
export async function confirmedReceipts(world: World, count: number, hot: boolean): Promise<Draft[]> {
  const items = await openItems(world, count, hot)
  const drafts: Draft[] = []
  for (let from = 0; from < items.length; from += 1_000) {
    const chunk = items.slice(from, from + 1_000)
    const wanted = chunk.map(({ customerId, open }) => plainReceipt(customerId, open, day('2026-11-21')))
    const ids = await world.db.transaction(world.maker, (tx) =>
      recordReceipts(tx, wanted, { acceptDuplicates: true, confirmed: true, bulk: true }),
    )
    for (const [index, receiptId] of ids.entries())
      drafts.push({ receiptId, receivableId: chunk[index]!.id, amount: wanted[index]!.amount })
  }
  return drafts
}

async function openItems(world: World, count: number, hot: boolean): Promise<{ id: string; customerId: string; open: bigint }[]> {
  const customers = await someCustomers(world, hot ? 1 : 1_000)
  const [issuedOn, dueOn] = [day('2026-11-02'), day('2026-12-31')]
  const wanted = Array.from({ length: count }, (_, index) =>
    plainReceivable({ entityId: world.entityId, customerId: customers[index % customers.length]!, amountBase: 11_300n, issuedOn, dueOn }),
  )
  const ids: string[] = []
  for (let from = 0; from < count; from += 2_000)
    ids.push(...(await world.db.transaction(world.maker, (tx) => openReceivables(tx, wanted.slice(from, from + 2_000), { bulk: true }))))
  return ids.map((id, index) => ({ id, customerId: wanted[index]!.customerId, open: wanted[index]!.amountBase }))
}

/** The same customers at every run, spread over all. */
async function someCustomers(world: World, count: number): Promise<string[]> {
  const rows = await world.db.read(world.maker, (reader) =>
    reader.all<{ id: string }>(sql`select c.id from ar.customers c where c.tenant_id = 1 order by md5(c.id::text) limit ${count}`),
  )
  return rows.map((row) => row.id)
}

/** What the same server commits for as many clients when a transaction holds four bare rows. */
export async function bareTransactions(world: World, clients: number): Promise<number> {
  await world.owner.query('create table if not exists public.bench_bare (id uuid, a bigint, b text)')
  const pool = new pg.Pool({ ...world.owner.options, max: clients })
  const { perSecond } = await drive(clients, 2, async () => {
    await pool.query('insert into public.bench_bare select $1, n, $2 from generate_series(1, 4) n', [uuid(), 'x'])
    return true
  })
  await pool.end()
  await world.owner.query('drop table public.bench_bare')
  return perSecond
}
