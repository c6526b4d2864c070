import { randomUUID } from 'node:crypto'
import { type Call, type Outcome, sendUntilAnswered } from './caller.ts'
import type { Company } from './company.ts'
import { type Random, randomOf } from './random.ts'

export type Load = {
  readonly outcomes: readonly Outcome[]
  /** How many answers of each status came; 0 is none at all. */
  readonly statuses: ReadonlyMap<number, number>
  /** Lets every client work until `stop`. */
  start(): void
  /** No new call; every call that is under way is sent until it is answered. */
  stop(): Promise<void>
}

/** What one client can still work with. Clients share the customers, so that they meet at the same credit accounts. */
type Purse = {
  receivables: { id: string; customerId: string; left: number }[]
  receipts: { id: string; customerId: string; left: number }[]
}
type Client = {
  readonly random: Random
  readonly company: Company
  readonly purse: Purse
  ask(call: Omit<Call, 'key'>): Promise<Outcome>
}

export type LoadOptions = {
  readonly clients: number
  readonly seed: number
  /** Where what became of each call is added. */
  readonly outcomes: Outcome[]
}

/** `clients` people who sell, open receivables, take money in and allocate it, each call with an Idempotency-Key; one seed says what they do. */
export function prepareLoad(address: () => string, company: Company, { clients, seed, outcomes }: LoadOptions): Load {
  const statuses = new Map<number, number>()
  const ask = async (call: Omit<Call, 'key'>): Promise<Outcome> => {
    const outcome = await sendUntilAnswered(address, { ...call, key: randomUUID() }, statuses)
    outcomes.push(outcome)
    return outcome
  }
  const people = Array.from({ length: clients }, (_, index) => ({
    random: randomOf(seed * 1_000 + index),
    company,
    purse: { receivables: [], receipts: [] },
    ask,
  }))
  let working: Promise<void>[] = []
  let stopped = true
  return {
    outcomes,
    statuses,
    start: () => {
      stopped = false
      working = people.map(async (client) => {
        while (!stopped) await nextStep(client)
      })
    },
    stop: async () => {
      stopped = true
      await Promise.all(working)
    },
  }
}

async function nextStep(client: Client): Promise<void> {
  const step = client.random.oneOf([sell, open, open, takeIn, takeIn, allocate, allocate, allocate, askTooMuch, nameNothing])
  await step(client)
}

const post = (by: string, path: string, body: unknown): Omit<Call, 'key'> => ({ method: 'POST', path, body, by })

/** An order, submitted and approved by the rules, becomes a receivable. */
async function sell({ random, company, ask }: Client): Promise<void> {
  const by = company.keys[0]
  const lines = [{ productId: company.productId, quantity: '1', unitPrice: String(random.whole(1, 90)) }]
  const draft = { customerId: random.oneOf(company.customerIds), deliveryOn: company.today, lines }
  const { status, body } = await ask(post(by, '/api/orders', draft))
  if (status === 201) await ask(post(by, '/api/orders/submissions', { orders: [{ id: body.id, version: 1 }] }))
}

async function open({ random, company, purse, ask }: Client): Promise<void> {
  const customerId = random.oneOf(company.customerIds)
  const amount = random.whole(10, 500)
  const receivable = { customerId, amount: String(amount), issuedOn: company.today, dueOn: company.today }
  const { status, body } = await ask(post(company.keys[0], '/api/receivables', { receivables: [receivable] }))
  if (status === 201) purse.receivables.push({ id: body.ids[0], customerId, left: amount })
}

/** Recorded by one, confirmed by the other. */
async function takeIn({ random, company, purse, ask }: Client): Promise<void> {
  const [first, second] = random.next() < 0.5 ? company.keys : [company.keys[1], company.keys[0]]
  const customerId = random.oneOf(company.customerIds)
  const amount = random.whole(10, 500)
  const receipts = [{ customerId, amount: String(amount), receivedOn: company.today }]
  const recorded = await ask(post(first, '/api/receipts', { receipts, acceptDuplicates: true }))
  if (recorded.status !== 201) return
  const id = recorded.body.ids[0] as string
  const confirmed = await ask(post(second, '/api/receipts/confirmations', { receipts: [{ id, version: 1 }] }))
  if (confirmed.status === 201) purse.receipts.push({ id, customerId, left: amount })
}

async function allocate({ random, company, purse, ask }: Client): Promise<void> {
  const receipt = purse.receipts.find(({ left }) => left > 0)
  const receivable = purse.receivables.find((one) => one.left > 0 && one.customerId === receipt?.customerId)
  if (!receipt || !receivable) return
  const amount = random.whole(1, Math.min(receipt.left, receivable.left))
  const line = { receiptId: receipt.id, receivableId: receivable.id, amount: String(amount) }
  const { status } = await ask(post(company.keys[0], '/api/allocations', { lines: [line] }))
  if (status !== 201) return
  receipt.left -= amount
  receivable.left -= amount
}

/** More than the receipt has: refused. */
async function askTooMuch({ company, purse, ask }: Client): Promise<void> {
  const [receipt] = purse.receipts
  const receivable = purse.receivables.find((one) => one.customerId === receipt?.customerId)
  if (!receipt || !receivable) return
  const line = { receiptId: receipt.id, receivableId: receivable.id, amount: '1000000' }
  await ask(post(company.keys[0], '/api/allocations', { lines: [line] }))
}

/** A customer that does not exist: refused. */
async function nameNothing({ company, ask }: Client): Promise<void> {
  const receivable = { customerId: randomUUID(), amount: '10', issuedOn: company.today, dueOn: company.today }
  await ask(post(company.keys[0], '/api/receivables', { receivables: [receivable] }))
}
