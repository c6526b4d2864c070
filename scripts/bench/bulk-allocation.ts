import { day } from '../../src/kernel/day.ts'
import { allocateByHand } from '../../src/modules/allocations/allocate-receipts.command.ts'
import { recordReceipts } from '../../src/modules/receipts/record-receipts.command.ts'
import { sql } from '../../src/platform/sql.ts'
import { loadedWorld } from './facts.ts'
import { print } from './measure.ts'
import { plainReceipt } from './plain-documents.ts'

const PAIRS = 1_000

/** 1,000 receipts settle 1,000 receivables in one call: < 0.5 s wanted. */
export async function bulkAllocation(size: string): Promise<void> {
  const world = await loadedWorld(size)
  const items = await world.db.read(world.maker, (reader) =>
    reader.all<{ id: string; customerId: string; open: bigint }>(
      sql`select r.id, r.customer_id, r.open from ar.receivables r where r.tenant_id = 1 and r.open > 100 order by r.id limit ${PAIRS}`,
    ),
  )
  // What runs before have settled is gone: fewer would be measured as faster.
  if (items.length < PAIRS) throw new Error(`only ${items.length} receivables are open: load the facts anew`)
  const wanted = items.map(({ customerId, open }) => plainReceipt(customerId, open, day('2026-11-21')))
  const ids = await world.db.transaction(world.maker, (tx) =>
    recordReceipts(tx, wanted, { acceptDuplicates: true, confirmed: true, bulk: true }),
  )
  const from = performance.now()
  await world.db.transaction(world.checker, (tx) =>
    allocateByHand(tx, { lines: items.map((item, index) => ({ receiptId: ids[index]!, receivableId: item.id, amount: item.open })) }),
  )
  const seconds = (performance.now() - from) / 1_000
  print({
    what: `allocate ${PAIRS} receipts to ${PAIRS} receivables at once`,
    size,
    seconds,
    limitSeconds: 0.5,
    ratioToLimit: seconds / 0.5,
    note: 'limit is the figure to reach',
  })
  await world.close()
}
