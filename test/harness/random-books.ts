import { addDays, type Day, day } from '../../src/kernel/day.ts'
import { openReceivables } from '../../src/modules/receivables/open-receivables.command.ts'
import type { TestApp, TestCompany } from './app.ts'
import { received } from './receipts.ts'
import { newCustomers } from './receivables.ts'

/** Where an item stands: what reports cut by. */
export type Place = { readonly customer: string; readonly salesperson: string | null; readonly region: null; readonly dueOn: Day }
/** What was paid or given up of an item, as the test asked for it; the places are those of the moment. */
export type Settlement = {
  readonly ids: readonly string[]
  readonly kind: 'money' | 'adjustment'
  readonly amount: bigint
  readonly receivedOn: Day
  readonly on: Day
  readonly at: Place
  undone?: { readonly on: Day; readonly at: Place }
}
export type BookedItem = {
  readonly id: string
  readonly isOpening: boolean
  readonly currency: string
  readonly amount: bigint
  readonly base: bigint
  readonly net: bigint
  readonly issuedOn: Day
  readonly entryOn: Day
  readonly lines: readonly { readonly product: string | null; readonly base: bigint }[]
  readonly places: { readonly from: Day; readonly at: Place }[]
  readonly settlements: Settlement[]
  voided?: { readonly on: Day; readonly at: Place }
}
/** Books with what was asked of them, kept by the test in a list of its own: a calculation over it shares nothing with the program. */
export type RandomBooks = {
  readonly items: BookedItem[]
  readonly customers: readonly { readonly id: string; readonly salesperson: string | null }[]
  readonly until: Day
}

/** From `from`, every few days something happens until `until`: sales, opening balances, money, part payments, short payments, undoing, voiding, other due days and salespeople. */
export async function randomBooks(
  app: TestApp,
  company: TestCompany,
  seed: number,
  from = '2026-02-01',
  until = '2026-11-21',
): Promise<RandomBooks> {
  const random = seeded(seed)
  const { salesperson, secondSalesperson } = company.people
  const people = [salesperson.caller.actorId, secondSalesperson.caller.actorId, null]
  const customers = (
    await Promise.all(people.map((one) => newCustomers(app, company, 2, one === null ? {} : { salespersonId: one })))
  ).flatMap((ids, index) => ids.map((id) => ({ id, salesperson: people[index]! })))
  const books: RandomBooks = { items: [], customers, until: day(until) }
  const acts = { app, company, books, random, people, products: [...(await newProducts(company, seed)), null] }
  for (let on = day(from); on <= until; on = addDays(on, 1 + Math.floor(random() * 6))) {
    app.setNow(`${on}T02:00:00Z`)
    const pick = random()
    if (pick < 0.45 || books.items.length < 4) await sell(acts, on)
    else if (pick < 0.78) await pay(acts, on)
    else if (pick < 0.84) await undo(acts, on)
    else if (pick < 0.88) await takeBack(acts, on)
    else await move(acts, on)
  }
  app.setNow(`${until}T02:00:00Z`)
  return books
}

type Acts = {
  readonly app: TestApp
  readonly company: TestCompany
  readonly books: RandomBooks
  readonly random: () => number
  readonly people: readonly (string | null)[]
  readonly products: readonly (string | null)[]
}

async function newProducts(company: TestCompany, seed: number): Promise<string[]> {
  const made = ['P', 'Q'].map(async (name) => {
    const body = { code: `${name}${seed}`, name, unit: '台', price: '100.00', vatRate: '0.13' }
    const { status, body: answer } = await company.people.financeManager.post('/api/products', body)
    if (status !== 201) throw new Error(JSON.stringify(answer))
    return answer.id as string
  })
  return Promise.all(made)
}

async function sell({ app, company, books, random, people, products }: Acts, today: Day): Promise<void> {
  const isOpening = random() < 0.12
  const isForeign = !isOpening && random() < 0.15
  const customer = chosen(books.customers, random)
  const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const net = BigInt(1_000 + Math.floor(random() * 90_000))
    return { productId: chosen(products, random), net, tax: (net * 13n) / 100n }
  })
  const amount = lines.reduce((sum, { net, tax }) => sum + net + tax, 0n)
  const issuedOn = addDays(today, isOpening ? -60 : -Math.floor(random() * 12))
  const entryOn = isOpening ? today : issuedOn
  const dueOn = addDays(issuedOn, Math.floor(random() * 75))
  const salesperson = random() < 0.8 ? customer.salesperson : chosen(people, random)
  const rate = isForeign ? 7n : 1n
  const base = amount * rate
  const [id] = await app.db.transaction(company.system, (tx) =>
    openReceivables(tx, [
      {
        ...{
          kind: isOpening ? 'opening' : 'manual',
          entityId: company.entityId,
          customerId: customer.id,
          orderId: null,
          partNo: null,
          partName: null,
        },
        ...{
          salespersonId: salesperson,
          regionId: null,
          currency: isForeign ? 'USD' : 'CNY',
          amountBase: base,
          lines,
          issuedOn,
          dueOn,
          contractDueOn: dueOn,
        },
        ...{
          taxBase: lines.reduce((sum, { tax }) => sum + tax, 0n) * rate,
          entryOn,
          reference: null,
          sourceNo: null,
          disputed: false,
          remark: '',
          terms: null,
        },
      },
    ]),
  )
  const net = lines.reduce((sum, line) => sum + line.net, 0n) * rate
  const at = { customer: customer.id, salesperson, region: null, dueOn }
  const item = {
    id: id!,
    isOpening,
    currency: isForeign ? 'USD' : 'CNY',
    amount,
    base,
    net,
    issuedOn,
    entryOn,
    lines: lines.map(({ productId, net, tax }) => ({ product: productId, base: (net + tax) * rate })),
    places: [{ from: entryOn, at }],
    settlements: [],
  }
  books.items.push(item)
}

async function pay({ company, books, random }: Acts, today: Day): Promise<void> {
  const item = chosen(
    books.items.filter((one) => openOf(one) > 0n),
    random,
  )
  if (item === undefined) return
  const open = openOf(item)
  const how = random()
  const isWhole = item.currency !== 'CNY' || how < 0.55
  const isShort = !isWhole && how < 0.75 && open > 1_000n
  const money = isWhole ? open : isShort ? open - 500n : (open * BigInt(10 + Math.floor(random() * 80))) / 100n || 1n
  const receivedOn = addDays(today, -Math.floor(random() * 9))
  const receiptId = await received(company, {
    customerId: placeOf(item).customer,
    amount: decimal(money),
    currency: item.currency,
    receivedOn,
    ...(item.currency === 'CNY' ? {} : { rate: '7' }),
  })
  const on = random() < 0.4 ? receivedOn : today
  const body = {
    lines: [{ receiptId, receivableId: item.id, amount: decimal(money) }],
    ...(isShort ? { adjustments: [{ receiptId, receivableId: item.id, reason: 'goodwill' }] } : {}),
    entryOn: on,
  }
  const { status, body: answer } = await company.people.arAccountant.post('/api/allocations', body)
  // dated before the last change of the item: refused, and nothing has happened
  if (status === 422) return
  if (status !== 201) throw new Error(JSON.stringify(answer))
  const common = { ids: [receiptId], receivedOn, on, at: placeOf(item) }
  const asBase = (minor: bigint) => (item.currency === 'CNY' ? minor : minor * 7n)
  item.settlements.push({ ...common, kind: 'money', amount: asBase(money) })
  if (isShort) item.settlements.push({ ...common, kind: 'adjustment', amount: asBase(open - money) })
}

async function undo({ company, books, random }: Acts, today: Day): Promise<void> {
  const item = chosen(
    books.items.filter((one) => one.settlements.some(({ undone }) => undone === undefined)),
    random,
  )
  if (item === undefined) return
  const [receiptId] = chosen(
    item.settlements.filter(({ undone }) => undone === undefined),
    random,
  )!.ids
  const { status, body } = await company.people.financeManager.post('/api/allocations/reversals', {
    receiptId,
    reason: 'wrong',
    entryOn: today,
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  for (const one of item.settlements) if (one.ids[0] === receiptId) one.undone = { on: today, at: placeOf(item) }
}

async function takeBack({ company, books, random }: Acts, today: Day): Promise<void> {
  const item = chosen(
    books.items.filter((one) => one.voided === undefined && openOf(one) === one.amount),
    random,
  )
  if (item === undefined) return
  const { version } = (await company.people.auditor.get(`/api/receivables/${item.id}`)).body
  const { status, body } = await company.people.financeManager.post(`/api/receivables/${item.id}/voiding`, {
    version,
    voidedOn: today,
    reason: 'keyed twice',
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  item.voided = { on: today, at: placeOf(item) }
}

async function move({ company, books, random, people }: Acts, today: Day): Promise<void> {
  const item = chosen(
    books.items.filter((one) => one.voided === undefined && openOf(one) > 0n),
    random,
  )
  if (item === undefined) return
  const { version } = (await company.people.auditor.get(`/api/receivables/${item.id}`)).body
  const before = placeOf(item)
  const isDue = random() < 0.5
  const dueOn = addDays(item.issuedOn, Math.floor(random() * 90))
  const salespersonId = chosen(people, random)
  if (isDue ? dueOn === before.dueOn : salespersonId === before.salesperson) return
  const what = isDue ? { dueOn } : { salespersonId }
  const path = `/api/receivables/${isDue ? 'reschedulings' : 'reassignments'}`
  const { status, body } = await company.people.financeManager.post(path, {
    receivables: [{ id: item.id, version, ...what, reason: 'agreed' }],
  })
  if (status !== 201) throw new Error(JSON.stringify(body))
  item.places.push({ from: today, at: isDue ? { ...before, dueOn } : { ...before, salesperson: salespersonId! } })
}

/** Minor units of the item's own currency that are open now. */
export function openOf(item: BookedItem): bigint {
  if (item.voided !== undefined) return 0n
  const settled = item.settlements.filter(({ undone }) => undone === undefined).reduce((sum, { amount }) => sum + amount, 0n)
  return item.currency === 'CNY' ? item.amount - settled : item.amount - settled / 7n
}
function placeOf(item: BookedItem): Place {
  return item.places.at(-1)!.at
}
function chosen<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!
}
function decimal(minor: bigint): string {
  return `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
}
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
