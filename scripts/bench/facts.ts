import { addDays, type Day, day, earlierDay, laterDay } from '../../src/kernel/day.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { allocateByHand } from '../../src/modules/allocations/allocate-receipts.command.ts'
import { createCustomers } from '../../src/modules/customers/create-customers.command.ts'
import { recordReceipts } from '../../src/modules/receipts/record-receipts.command.ts'
import { openReceivables } from '../../src/modules/receivables/open-receivables.command.ts'
import { sealAudit } from '../../src/platform/seal.ts'
import { peakMb, print } from './measure.ts'
import { plainReceipt, plainReceivable } from './plain-documents.ts'
import { isLoaded, markLoaded, openWorld, type World } from './world.ts'

export const sizes: Readonly<Record<string, { readonly customers: number; readonly receivables: number }>> = {
  '10k': { customers: 1_000, receivables: 10_000 },
  '100k': { customers: 10_000, receivables: 100_000 },
  '1m': { customers: 50_000, receivables: 1_000_000 },
}
const CHUNK = 5_000
const TERMS = [30, 60, 90]
const LAST_ISSUE = day('2026-11-20')
const MONTHS_OF_HISTORY = 18

/** Numbers that are the same on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Fact = {
  readonly customer: number
  readonly amount: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly paid: 'full' | 'half' | 'none'
  readonly paidOn: Day
}

/** Receivables over 18 months, terms 30/60/90 days, log-normal amounts, 70 % paid in full, 10 % half, 20 % open: performance.md. */
export function* facts(size: string): Generator<Fact> {
  const { customers, receivables } = sizes[size]!
  const random = seeded(20_261_121)
  for (let index = 0; index < receivables; index += 1) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const issuedOn = addDays(LAST_ISSUE, -Math.floor(random() * MONTHS_OF_HISTORY * 30))
    const dueOn = addDays(issuedOn, TERMS[Math.floor(random() * 3)]!)
    const share = random()
    const paidOn = addDays(dueOn, Math.floor(random() * 40) - 10)
    const paid = share < 0.7 ? 'full' : share < 0.8 ? 'half' : 'none'
    yield {
      customer: Math.floor(random() * customers),
      amount: BigInt(Math.round(Math.exp(13 + normal))),
      issuedOn,
      dueOn,
      paid,
      paidOn: earlierDay(laterDay(paidOn, issuedOn), LAST_ISSUE),
    }
  }
}

/** A world with the facts of this size in it, loaded through the product's own commands; loading is measured and happens once. */
export async function loadedWorld(size: string, name = size): Promise<World> {
  const world = await openWorld(name)
  if (await isLoaded(world)) return world
  const customerIds = await loadCustomers(world, size)
  const times = { opened: 0, received: 0 }
  let openedCount = 0
  let receivedCount = 0
  let chunk: Fact[] = []
  const flush = async (): Promise<void> => {
    const opened = await timed(times, 'opened', () => open(world, chunk, customerIds))
    receivedCount += await timed(times, 'received', () => pay(world, chunk, opened, customerIds))
    openedCount += chunk.length
    chunk = []
    if (openedCount % 100_000 === 0) console.error(`${openedCount} receivables, ${receivedCount} receipts`)
  }
  for (const fact of facts(size)) if (chunk.push(fact) === CHUNK) await flush()
  if (chunk.length > 0) await flush()
  while ((await sealAudit(world.db, world.maker)) > 0);
  print({
    what: 'bulk posting (receivable, entry, line, voucher, exposure, audit)',
    size,
    seconds: times.opened,
    perSecond: openedCount / times.opened,
    peakMb: peakMb(),
  })
  print({
    what: 'bulk receipts with allocation, vouchers, audit',
    size,
    seconds: times.received,
    perSecond: receivedCount / times.received,
    peakMb: peakMb(),
  })
  await markLoaded(world)
  return world
}

async function timed<K extends string, T>(times: Record<K, number>, key: K, work: () => Promise<T>): Promise<T> {
  const from = performance.now()
  const result = await work()
  times[key] += (performance.now() - from) / 1_000
  return result
}

async function loadCustomers(world: World, size: string): Promise<string[]> {
  const random = seeded(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const ids: string[] = []
  for (let from = 0; from < sizes[size]!.customers; from += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({
      id: uuid(),
      code: `C${String(from + index + 1).padStart(6, '0')}`,
      name: `客户${from + index + 1}号有限公司`,
      salespersonId: pick(world.salespeople),
      regionId: pick(world.regionIds),
    }))
    ids.push(...(await world.db.transaction(world.maker, (tx) => createCustomers(tx, rows, { acceptSimilar: true }))))
  }
  return ids
}

function open(world: World, chunk: readonly Fact[], customerIds: readonly string[]): Promise<string[]> {
  const places = new Map<number, { salespersonId: string; regionId: string }>()
  const placeOf = (customer: number) => {
    const random = seeded(customer)
    const known = places.get(customer) ?? {
      salespersonId: world.salespeople[Math.floor(random() * world.salespeople.length)]!,
      regionId: world.regionIds[Math.floor(random() * world.regionIds.length)]!,
    }
    places.set(customer, known)
    return known
  }
  return world.db.transaction(world.maker, (tx) =>
    openReceivables(
      tx,
      chunk.map(({ customer, amount, issuedOn, dueOn }) =>
        plainReceivable({
          entityId: world.entityId,
          customerId: customerIds[customer]!,
          ...placeOf(customer),
          amountBase: amount,
          issuedOn,
          dueOn,
        }),
      ),
      { bulk: true },
    ),
  )
}

async function pay(
  world: World,
  chunk: readonly Fact[],
  receivableIds: readonly string[],
  customerIds: readonly string[],
): Promise<number> {
  const paid = chunk.flatMap((fact, index) =>
    fact.paid === 'none'
      ? []
      : [{ ...fact, receivableId: receivableIds[index]!, money: fact.paid === 'full' ? fact.amount : fact.amount / 2n + 1n }],
  )
  await world.db.transaction(world.maker, async (tx) => {
    const wanted = paid.map(({ customer, money, paidOn }) => plainReceipt(customerIds[customer]!, money, paidOn))
    const receiptIds = await recordReceipts(tx, wanted, { acceptDuplicates: true, confirmed: true, bulk: true })
    await tx.flush() // the allocation locks the receipts that were just written
    await allocateByHand(tx, {
      lines: paid.map(({ receivableId, money }, index) => ({ receiptId: receiptIds[index]!, receivableId, amount: money })),
      entryOnReceipt: true,
      how: 'import',
      bulk: true,
    })
  })
  return paid.length
}
