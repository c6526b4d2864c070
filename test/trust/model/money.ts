import { allocatedByItself } from './allocating.ts'
import { type Currency, type Customer, type Model, plusDays, type Receipt, type Receivable, shareOf, textOf } from './model.ts'
import { actorFor, type Kind, mostly, receiptsIn, send, versionOf } from './system.ts'

const active = (model: Model) => model.customers.filter((one) => one.mergedInto === undefined)
const owedBy = (model: Model, customer: Customer, currency: Currency): bigint =>
  model.receivables.find((one) => one.customer === customer && one.currency === currency && one.open > 0n)?.open ?? 5_000n
/** Who owes pays, where there is one; else anybody. */
const payers = (model: Model, currency: Currency): Customer[] => {
  const owing = active(model).filter((customer) =>
    model.receivables.some((one) => one.customer === customer && one.currency === currency && one.open > 0n),
  )
  return owing.length > 0 ? owing : active(model)
}
/** All of it, or a little less. */
const nearly = (owed: bigint, pick: number): bigint => owed - (pick % 2 === 0 ? 0n : owed / BigInt(40 + (pick % 60)))
/** A rate in ten-thousandths. */
const rateText = (rate: bigint): string => `${rate / 10_000n}.${(rate % 10_000n).toString().padStart(4, '0')}`

/** Receivables by hand, and money that comes in. */
export const money: Readonly<Record<string, Kind>> = {
  openReceivable: {
    ready: (model) => model.customers.length > 0,
    run: async (model, system, [a, b, c]) => {
      const customer = mostly(active(model), model.customers, a!, b!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const amount = BigInt(1 + (c! % 99_991))
      const tax = c! % 3 === 0 ? amount / 9n : 0n
      const issuedOn = plusDays(model.company.today, -(c! % 47))
      const dueOn = plusDays(issuedOn, b! % 61)
      const isFine = actor.mayDo && customer.mergedInto === undefined && !model.isClosed(issuedOn)
      const wanted = { customerId: customer.id, amount: textOf(amount), tax: textOf(tax), issuedOn, dueOn }
      const reply = await send(system, actor, '/api/receivables', { receivables: [wanted] }, isFine ? 'done' : 'refused')
      const worth = { currency: 'CNY', amount, base: amount, tax } as const
      if (isFine) model.openReceivable({ id: reply.body.ids[0], customer, ...worth, issuedOn, dueOn, bookedOn: issuedOn })
    },
  },
  openDollars: {
    ready: (model) => model.customers.length > 0,
    run: async (model, system, [a, b, c]) => {
      const customer = mostly(active(model), model.customers, a!, b!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const amount = BigInt(1 + (c! % 9_973))
      const rate = 70_000n + BigInt(a! % 4_001)
      const issuedOn = plusDays(model.company.today, -(c! % 13))
      const dueOn = plusDays(issuedOn, b! % 61)
      const isFine = actor.mayDo && customer.mergedInto === undefined && !model.isClosed(issuedOn)
      const worth = { currency: 'USD', amount, base: shareOf(rate, amount, 10_000n), tax: 0n } as const
      const wanted = { customerId: customer.id, currency: 'USD', rate: rateText(rate), amount: textOf(amount), tax: '0', issuedOn, dueOn }
      const reply = await send(system, actor, '/api/receivables', { receivables: [wanted] }, isFine ? 'done' : 'refused')
      if (isFine) model.openReceivable({ id: reply.body.ids[0], customer, ...worth, issuedOn, dueOn, bookedOn: issuedOn })
    },
  },
  reschedule: changing(
    'reschedulings',
    (one, pick) => ({ dueOn: plusDays(one.issuedOn, pick % 80) }),
    (one, { dueOn }) => one.open > 0n && dueOn !== one.dueOn,
    (one, { dueOn }) => {
      one.dueOn = dueOn!
    },
  ),
  dispute: changing(
    'disputes',
    (_, pick) => ({ disputed: pick % 3 > 0 }),
    (one, { disputed }) => !disputed || one.open > 0n,
    (one, { disputed }) => {
      one.disputed = disputed!
    },
  ),
  voidReceivable: {
    ready: (model) => model.receivables.length > 0,
    run: async (model, system, [a, b]) => {
      const whole = model.receivables.filter((one) => !one.voided && one.open === one.amount)
      const one = mostly(whole, model.receivables, a!, b!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const isFine = actor.mayDo && whole.includes(one)
      const body = { version: await versionOf(system, 'receivables', one.id), reason: 'model' }
      await send(system, actor, `/api/receivables/${one.id}/voiding`, body, isFine ? 'done' : 'refused')
      if (isFine) model.void(one)
    },
  },
  recordReceipt: recording((model, pick) => mostly(payers(model, 'CNY'), model.customers, pick, pick)),
  recordUnidentified: recording(() => undefined),
  recordDollars: recording((model, pick) => mostly(payers(model, 'USD'), model.customers, pick, pick), 'USD'),
  confirmReceipt: {
    ready: (model) => model.receipts.length > 0,
    run: async (model, system, [a, b]) => {
      const receipt = mostly(receiptsIn(model, 'draft'), model.receipts, a!, b!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const isFine = actor.mayDo && receipt.status === 'draft' && receipt.maker !== actor.who && !model.isClosed(receipt.receivedOn)
      const body = { receipts: [{ id: receipt.id, version: await versionOf(system, 'receipts', receipt.id) }] }
      await send(system, actor, '/api/receipts/confirmations', body, isFine ? 'done' : 'refused')
      if (!isFine) return
      model.confirm(receipt)
      await allocatedByItself(model, system, receipt)
    },
  },
  cancelReceipt: {
    ready: (model) => model.receipts.length > 0,
    run: async (model, system, [a, b]) => {
      const receipt = mostly(receiptsIn(model, 'draft'), model.receipts, a!, b!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const isFine = actor.mayDo && receipt.status === 'draft'
      const body = { receipts: [{ id: receipt.id, version: await versionOf(system, 'receipts', receipt.id) }] }
      await send(system, actor, '/api/receipts/cancellations', body, isFine ? 'done' : 'refused')
      if (isFine) receipt.status = 'cancelled'
    },
  },
  identifyReceipt: {
    ready: (model) => model.receipts.some(({ customer }) => customer === undefined),
    run: async (model, system, [a, b, c]) => {
      const nobodys = receiptsIn(model, 'confirmed').filter(({ customer }) => customer === undefined)
      const receipt = mostly(nobodys, model.receipts, a!, b!)
      const customer = mostly(active(model), model.customers, c!, b!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const isFine = actor.mayDo && nobodys.includes(receipt) && customer.mergedInto === undefined
      const body = { version: await versionOf(system, 'receipts', receipt.id), customerId: customer.id }
      await send(system, actor, `/api/receipts/${receipt.id}/customer`, body, isFine ? 'done' : 'refused')
      if (!isFine) return
      model.identify(receipt, customer)
      await allocatedByItself(model, system, receipt)
    },
  },
  reverseReceipt: {
    ready: (model) => model.receipts.length > 0,
    run: async (model, system, [a, b]) => {
      const free = receiptsIn(model, 'confirmed').filter(({ allocated }) => allocated === 0n)
      const receipt = mostly(free, model.receipts, a!, b!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const isFine = actor.mayDo && free.includes(receipt)
      const body = { version: await versionOf(system, 'receipts', receipt.id), reason: 'model' }
      await send(system, actor, `/api/receipts/${receipt.id}/reversal`, body, isFine ? 'done' : 'refused')
      if (isFine) model.reverseReceipt(receipt)
    },
  },
  undoReceipt: {
    ready: (model) => model.receipts.length > 0,
    run: async (model, system, [a, b]) => {
      const receipt = mostly(receiptsIn(model, 'confirmed'), model.receipts, a!, b!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const body = { version: await versionOf(system, 'receipts', receipt.id), reason: 'model' }
      const made = model.allocations.filter((one) => one.receipt === receipt && !one.reversed)
      const isFine = actor.mayDo && receipt.status === 'confirmed'
      await send(system, actor, `/api/receipts/${receipt.id}/undo`, body, isFine ? 'done' : 'refused')
      if (!isFine) return
      model.reverse(made)
      model.reverseReceipt(receipt)
    },
  },
}

type Change = { readonly dueOn?: string; readonly disputed?: boolean }
function changing(
  path: string,
  changeOf: (one: Receivable, pick: number) => Change,
  isAllowed: (one: Receivable, change: Change) => boolean,
  change: (one: Receivable, to: Change) => void,
): Kind {
  return {
    ready: (model) => model.receivables.length > 0,
    run: async (model, system, [a, b, c]) => {
      const one = mostly(
        model.receivables.filter(({ open }) => open > 0n),
        model.receivables,
        a!,
        b!,
      )
      const actor = actorFor(system, 'keepsBooks', b!)
      const to = changeOf(one, c!)
      const isFine = actor.mayDo && isAllowed(one, to)
      const receivables = [{ id: one.id, version: await versionOf(system, 'receivables', one.id), ...to, reason: 'model' }]
      await send(system, actor, `/api/receivables/${path}`, { receivables }, isFine ? 'done' : 'refused')
      if (isFine) change(one, to)
    },
  }
}

function recording(customerOf: (model: Model, pick: number) => Receipt['customer'], currency: Currency = 'CNY'): Kind {
  return {
    ready: (model) => model.customers.length > 0,
    run: async (model, system, [a, b, c]) => {
      const customer = customerOf(model, a!)
      const actor = actorFor(system, customer ? 'recordsMoney' : 'keepsBooks', b!)
      const amount =
        customer && c! % 3 > 0 ? nearly(owedBy(model, customer, currency), c!) : BigInt(1 + (c! % (currency === 'USD' ? 12_007 : 120_011)))
      const rate = currency === 'USD' ? 68_000n + BigInt(b! % 6_007) : 10_000n
      const fee = currency === 'CNY' && c! % 5 === 0 ? amount / 100n : 0n
      const receivedOn = plusDays(model.company.today, -(c! % 38))
      const isFine = actor.mayDo && customer?.mergedInto === undefined
      const foreign = currency === 'CNY' ? {} : { currency, rate: rateText(rate) }
      const wanted = { customerId: customer?.id ?? null, ...foreign, amount: textOf(amount), fee: textOf(fee), receivedOn }
      const reply = await send(system, actor, '/api/receipts', { receipts: [wanted], acceptDuplicates: true }, isFine ? 'done' : 'refused')
      if (!isFine) return
      const worth = { currency, amount, base: shareOf(rate, amount, 10_000n), fee, allocated: 0n, allocatedBase: 0n }
      model.receipts.push({ id: reply.body.ids[0], maker: actor.who, ...worth, receivedOn, customer, status: 'draft' })
    },
  }
}
