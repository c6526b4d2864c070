import { day } from '../../src/kernel/day.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { createCustomers } from '../../src/modules/customers/create-customers.command.ts'
import { openReceivables } from '../../src/modules/receivables/open-receivables.command.ts'
import { best, peakMb, print } from './measure.ts'
import { plainReceivable } from './plain-documents.ts'
import { openWorld } from './world.ts'

const COUNT = 10_000
const CHUNK = 5_000
const PER_SECOND_WANTED = 7_400

/** 10,000 receivables with lines, entries, vouchers, numbers, exposure and one audit entry a chunk: < 3 s wanted, ≥ 7,400/s the aim. Best of three. */
export async function openReceivablesBench(size: string): Promise<void> {
  const world = await openWorld('open_receivables')
  const tag = uuid().slice(-8)
  const customerIds = await world.db.transaction(world.maker, (tx) =>
    createCustomers(
      tx,
      Array.from({ length: 1_000 }, (_, index) => ({ code: `${tag}-${index}`, name: `bench ${tag} ${index}` })),
      { acceptSimilar: true },
    ),
  )
  const seconds = await best(3, async () => {
    for (let from = 0; from < COUNT; from += CHUNK) {
      await world.db.transaction(world.maker, (tx) => openReceivables(tx, wanted(from, customerIds, world.entityId), { bulk: true }))
    }
  })
  print({
    what: 'open 10,000 receivables',
    size,
    seconds,
    perSecond: COUNT / seconds,
    limitPerSecond: PER_SECOND_WANTED,
    ratioToLimit: COUNT / seconds / PER_SECOND_WANTED,
    peakMb: peakMb(),
  })
  await world.close()
}

function wanted(from: number, customerIds: readonly string[], entityId: string) {
  const [issuedOn, dueOn] = [day('2026-11-02'), day('2026-12-31')]
  return Array.from({ length: CHUNK }, (_, index) =>
    plainReceivable({ entityId, customerId: customerIds[(from + index) % customerIds.length]!, amountBase: 11_300n, issuedOn, dueOn }),
  )
}
