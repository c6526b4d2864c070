import { uuid } from '../../src/kernel/uuid.ts'
import { recordReceipts } from '../../src/modules/receipts/record-receipts.command.ts'
import { sql } from '../../src/platform/sql.ts'
import { loadedWorld } from './facts.ts'
import { drive, print } from './measure.ts'
import type { World } from './world.ts'

const SECONDS = 5
const DRAFTS = 12_000

type Draft = { readonly receiptId: string; readonly receivableId: string; readonly amount: string }

/** Confirms and allocates one receipt a call through HTTP: receipt drafts are made beforehand, each naming the receivable it pays. Limit: 4 bare rows a durable transaction on the same server. */
export async function receipts(size: string): Promise<void> {
  const world = await loadedWorld(size)
  const server = await world.serve()
  for (const clients of [1, 8]) {
    const drafts = await confirmedReceipts(world, clients === 1 ? DRAFTS / 4 : DRAFTS)
    let next = 0
    const measured = await drive(clients, SECONDS, async () => {
      const draft = drafts[next]
      next += 1
      if (!draft) return false
      const body = JSON.stringify({ lines: [{ receiptId: draft.receiptId, receivableId: draft.receivableId, amount: draft.amount }] })
      const answer = await fetch(`${server.url}/api/allocations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': uuid(), 'x-bench-caller': world.checker.actorId },
        body,
      })
      if (answer.status !== 201) throw new Error(await answer.text())
      await answer.arrayBuffer()
      return true
    })
    const limit = await bareTransactions(world, clients)
    print({
      what: `allocation + voucher + audit through HTTP, ${clients} client${clients > 1 ? 's' : ''}`,
      size,
      ...measured,
      limitPerSecond: limit,
      ratioToLimit: measured.perSecond / limit,
    })
  }
  await server.close()
  await world.close()
}

/** Receipts of open items, recorded and confirmed in bulk, one for each of the first open receivables of different customers. */
async function confirmedReceipts(world: World, count: number): Promise<Draft[]> {
  const items = await world.db.read(world.maker, (reader) =>
    reader.all<{ id: string; customerId: string; open: bigint }>(
      sql`select r.id, r.customer_id, r.open from ar.receivables r where r.tenant_id = 1 and r.open > 100 order by md5(r.id::text || clock_timestamp()::text) limit ${count}`,
    ),
  )
  const drafts: Draft[] = []
  for (let from = 0; from < items.length; from += 1_000) {
    const chunk = items.slice(from, from + 1_000)
    const amounts = chunk.map(({ open }) => `${open / 100n}.${String(open % 100n).padStart(2, '0')}`)
    const wanted = chunk.map(({ customerId }, index) => ({
      customerId,
      orderId: null,
      amount: amounts[index]!,
      fee: '0',
      receivedOn: '2026-11-21' as never,
      methodId: null,
      bankAccountId: null,
      payerName: null,
      payerAccount: null,
      reference: null,
      remark: '',
      channel: null,
      channelTx: null,
      sourceNo: null,
    }))
    const ids = await world.db.transaction(world.maker, (tx) =>
      recordReceipts(tx, wanted, { acceptDuplicates: true, confirmed: true, bulk: true }),
    )
    for (const [index, receiptId] of ids.entries()) drafts.push({ receiptId, receivableId: chunk[index]!.id, amount: amounts[index]! })
  }
  return drafts
}

/** What the same server commits when a transaction holds four bare rows. */
export async function bareTransactions(world: World, clients: number): Promise<number> {
  await world.owner.query('create table if not exists public.bench_bare (id uuid, a bigint, b text)')
  const pool = world.owner
  const { perSecond } = await drive(Math.min(clients, 2), 2, async () => {
    await pool.query('insert into public.bench_bare select $1, n, $2 from generate_series(1, 4) n', [uuid(), 'x'])
    return true
  })
  await world.owner.query('drop table public.bench_bare')
  return perSecond
}
