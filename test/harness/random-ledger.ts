import { addDays, type Day, day } from '../../src/kernel/day.ts'
import { openReceivables } from '../../src/modules/receivables/open-receivables.command.ts'
import { sql } from '../../src/platform/sql.ts'
import type { TestApp, TestCompany } from './app.ts'
import { received } from './receipts.ts'
import { newCustomers } from './receivables.ts'

/** A ledger that grows by chance, the same on every run: customers of two salespeople, two products, items in two currencies; paid, moved, dated back. */
export type RandomLedger = {
  readonly customers: readonly string[]
  readonly products: readonly string[]
  /** Everything that was opened so far. */
  readonly items: readonly string[]
  /** Receivables of one to three lines, not half of the documents in another currency, opened on days after `from`. */
  open(count: number, from: string, days: number): Promise<void>
  /** Pays some receivables whole or in part, on a day between their last entry and today. */
  pay(count: number): Promise<void>
  /** Takes back what the last receipt paid. */
  undo(): Promise<void>
  /** Due days and salespeople change, as of today. */
  moves(count: number): Promise<void>
}

export async function randomLedger(app: TestApp, company: TestCompany, seed: number): Promise<RandomLedger> {
  const { salesperson, secondSalesperson } = company.people
  const customers = [
    ...(await newCustomers(app, company, 2, { salespersonId: salesperson.caller.actorId })),
    ...(await newCustomers(app, company, 2, { salespersonId: secondSalesperson.caller.actorId })),
  ]
  const products: string[] = []
  for (const name of ['P', 'Q']) {
    const body = { code: name, name, unit: '台', price: '100.00', vatRate: '0.13' }
    products.push((await done(company.people.financeManager.post('/api/products', body))).id)
  }
  const random = seeded(seed)
  const world: World = {
    app,
    company,
    customers,
    products,
    items: [],
    paid: [],
    random,
    pick: (list) => list[Math.floor(random() * list.length)]!,
  }
  return {
    customers,
    products,
    items: world.items,
    open: async (count, from, days) => void world.items.push(...(await opened(world, count, from, days))),
    pay: (count) => pay(world, count),
    undo: async () =>
      void (await done(
        company.people.financeManager.post('/api/allocations/reversals', { receiptId: world.paid.at(-1), reason: 'not theirs' }),
      )),
    moves: (count) => moves(world, count),
  }
}

type World = {
  readonly app: TestApp
  readonly company: TestCompany
  readonly customers: readonly string[]
  readonly products: readonly string[]
  readonly items: string[]
  readonly paid: string[]
  readonly random: () => number
  readonly pick: <T>(list: readonly T[]) => T
}

function opened({ app, company, customers, products, random, pick }: World, count: number, from: string, days: number): Promise<string[]> {
  return app.db.transaction(company.system, (tx) =>
    openReceivables(
      tx,
      Array.from({ length: count }, () => {
        const issuedOn = addDays(day(from), Math.floor(random() * days))
        const dueOn = addDays(issuedOn, pick([0, 30, 60, 90]))
        const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
          productId: pick([...products, null]),
          net: BigInt(1 + Math.floor(random() * 99_999)),
          tax: 0n,
        }))
        const net = lines.reduce((sum, line) => sum + line.net, 0n)
        const isForeign = random() < 0.4
        return {
          kind: 'manual' as const,
          entityId: company.entityId,
          customerId: pick(customers),
          orderId: null,
          partNo: null,
          partName: null,
          salespersonId: pick([company.people.salesperson.caller.actorId, company.people.secondSalesperson.caller.actorId, null]),
          regionId: null,
          currency: isForeign ? 'USD' : 'CNY',
          amountBase: isForeign ? (net * 71_234n) / 10_000n : net,
          taxBase: 0n,
          lines,
          issuedOn,
          dueOn,
          contractDueOn: dueOn,
          entryOn: issuedOn,
          reference: null,
          sourceNo: null,
          disputed: false,
          remark: '',
          terms: null,
        }
      }),
    ),
  )
}

type Standing = { id: string; version: number; customerId: string; currency: string; open: bigint; dueOn: Day; issuedOn: Day; lastOn: Day }
async function standing({ app, company, items }: World): Promise<Standing[]> {
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<Standing>(sql`select r.id, r.version, r.customer_id, r.currency, r.open, r.due_on, r.issued_on,
      (select max(e.entry_on) from ar.receivable_entries e where e.tenant_id = r.tenant_id and e.receivable_id = r.id) as last_on
      from ar.receivables r where r.tenant_id = ${company.tenantId} and r.open <> 0 and r.id = any(${items}::uuid[]) order by md5(r.reference || r.id::text)`),
  )
  return rows.sort((a, b) => Number(a.open - b.open))
}

async function pay(world: World, count: number): Promise<void> {
  const { app, company, random } = world
  const candidates = await standing(world)
  for (let turn = 0; turn < count; turn += 1) {
    const [item] = candidates.splice(Math.floor(random() * candidates.length), 1)
    const today = app.db.now().toISOString().slice(0, 10)
    const days = Math.max(0, (Date.parse(today) - Date.parse(item!.lastOn)) / 86_400_000)
    const entryOn = addDays(item!.lastOn, Math.floor(random() * days))
    const minor = random() < 0.5 ? item!.open : item!.open / 3n + 1n
    const amount = `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
    const receipt = await received(company, {
      customerId: item!.customerId,
      amount,
      currency: item!.currency,
      ...(item!.currency === 'USD' ? { rate: '7.2' } : {}),
      receivedOn: entryOn,
    })
    world.paid.push(receipt)
    await done(
      company.people.arAccountant.post('/api/allocations', { lines: [{ receiptId: receipt, receivableId: item!.id, amount }], entryOn }),
    )
  }
}
async function moves(world: World, count: number): Promise<void> {
  const { people } = world.company
  for (const { id, version, dueOn } of (await standing(world)).slice(0, count)) {
    const body = { receivables: [{ id, version, dueOn: addDays(dueOn, 45), reason: 'asked for' }] }
    await done(people.financeManager.post('/api/receivables/reschedulings', body))
    const other = { id, version: version + 1, salespersonId: people.secondSalesperson.caller.actorId, reason: 'holidays' }
    await done(people.financeManager.post('/api/receivables/reassignments', { receivables: [other] }))
  }
}

/** The answer of a call that must succeed. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
export async function done(call: Promise<{ status: number; body: any }>): Promise<any> {
  const { status, body } = await call
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

/** Numbers that are the same on every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
