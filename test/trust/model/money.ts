import { expect } from 'vitest'
import { type Model, plusDays, type Receipt, type Receivable, textOf } from './model.ts'
import { putSetting } from './selling.ts'
import { actorFor, chosen, type Kind, type System, send, versionOf } from './system.ts'

const lesser = (a: bigint, b: bigint): bigint => (a > b ? b : a)
const active = (model: Model) => model.customers.filter((one) => one.mergedInto === undefined)
const receiptsIn = (model: Model, status: Receipt['status']) => model.receipts.filter((one) => one.status === status)
const withMoney = (model: Model) => receiptsIn(model, 'confirmed').filter((one) => one.customer && model.left(one) > 0n)
/** Mostly one that fits, now and then any: what is refused must be refused. */
const mostly = <T>(fitting: readonly T[], any: readonly T[], a: number, b: number): T =>
  chosen(fitting.length > 0 && b % 7 > 0 ? fitting : any, a)

/** Receivables by hand, money, and how one pays the other. */
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
      if (isFine) model.openReceivable({ id: reply.body.ids[0], customer, amount, tax, issuedOn, dueOn, bookedOn: issuedOn })
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
  recordReceipt: recording((model, pick) => mostly(active(model), model.customers, pick, pick)),
  recordUnidentified: recording(() => undefined),
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
  allocateByHand: {
    ready: (model) => model.receipts.length > 0 && model.receivables.length > 0,
    run: async (model, system, [a, b, c]) => {
      const receipt = mostly(withMoney(model), model.receipts, a!, b!)
      const own = model.receivables.filter((one) => one.open > 0n && one.customer === receipt.customer)
      const receivable = mostly(own, model.receivables, c!, b!)
      const most = lesser(receivable.open, model.left(receipt))
      const amount = c! % 4 === 0 && most > 0n ? most : 1n + (BigInt(c!) % (most + (b! % 5 === 0 ? 9n : 1n)))
      const actor = actorFor(system, 'keepsBooks', b!)
      const isFine = actor.mayDo && withMoney(model).includes(receipt) && own.includes(receivable) && amount <= most
      const lines = [{ receiptId: receipt.id, receivableId: receivable.id, amount: textOf(amount) }]
      await send(system, actor, '/api/allocations', { lines }, isFine ? 'done' : 'refused')
      if (!isFine) return
      const [made, ...more] = await newAllocations(model, system, [receipt])
      expect([made!.receivableId, BigInt(made!.amount), more]).toEqual([receivable.id, amount, []])
      model.allocate(made!.id, receipt, receivable, amount)
    },
  },
  allocateOldest: ruling('oldest', 1),
  allocateStatutory: ruling('statutory', 1),
  allocateProRata: ruling('proRata', 1),
  allocateBulk: ruling('oldest', 9),
  allocateBulkByLaw: ruling('statutory', 9),
  reverseAllocation: {
    ready: (model) => model.allocations.length > 0,
    run: async (model, system, [a, b]) => {
      const made = mostly(
        model.allocations.filter(({ reversed }) => !reversed),
        model.allocations,
        a!,
        b!,
      )
      const actor = actorFor(system, 'keepsBooks', b!)
      const isFine = actor.mayDo && !made.reversed
      await send(system, actor, '/api/allocations/reversals', { allocationIds: [made.id], reason: 'model' }, isFine ? 'done' : 'refused')
      if (isFine) model.reverse([made])
    },
  },
  reverseAllOfReceipt: {
    ready: (model) => model.allocations.length > 0,
    run: async (model, system, [a, b]) => {
      const { receipt } = chosen(model.allocations, a!)
      const actor = actorFor(system, 'keepsBooks', b!)
      const made = model.allocations.filter((one) => one.receipt === receipt && !one.reversed)
      const isFine = actor.mayDo && made.length > 0
      await send(system, actor, '/api/allocations/reversals', { receiptId: receipt.id, reason: 'model' }, isFine ? 'done' : 'refused')
      if (isFine) model.reverse(made)
    },
  },
  setAllocation: {
    ready: () => true,
    run: async ({ company }, system, [a]) => {
      company.onConfirmation = (['off', 'oldest', 'statutory'] as const)[a! % 3]!
      await putSetting(system, 'allocations', { onConfirmation: company.onConfirmation })
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

function recording(customerOf: (model: Model, pick: number) => Receipt['customer']): Kind {
  return {
    ready: (model) => model.customers.length > 0,
    run: async (model, system, [a, b, c]) => {
      const customer = customerOf(model, a!)
      const actor = actorFor(system, customer ? 'recordsMoney' : 'keepsBooks', b!)
      const amount = BigInt(1 + (c! % 120_011))
      const fee = c! % 5 === 0 ? amount / 100n : 0n
      const receivedOn = plusDays(model.company.today, -(c! % 38))
      const isFine = actor.mayDo && customer?.mergedInto === undefined
      const wanted = { customerId: customer?.id ?? null, amount: textOf(amount), fee: textOf(fee), receivedOn }
      const reply = await send(system, actor, '/api/receipts', { receipts: [wanted], acceptDuplicates: true }, isFine ? 'done' : 'refused')
      if (isFine)
        model.receipts.push({ id: reply.body.ids[0], maker: actor.who, amount, fee, receivedOn, customer, status: 'draft', allocated: 0n })
    },
  }
}

type Made = { readonly id: string; readonly receiptId: string; readonly receivableId: string; readonly amount: string }
async function newAllocations(model: Model, { app, company }: System, receipts: readonly Receipt[]): Promise<Made[]> {
  const known = model.allocations.map(({ id }) => id)
  const { rows } = await app.database.pool.query<Made>(
    `select a.id, a.receipt_id as "receiptId", a.receivable_id as "receivableId", a.amount::text as amount from ar.allocations a
     where a.tenant_id = $1 and a.receipt_id = any($2) and a.reverses_id is null and a.id <> all($3)`,
    [company.tenantId, receipts.map(({ id }) => id), known],
  )
  return rows
}

type Rule = 'oldest' | 'statutory' | 'proRata'
function ruling(rule: Rule, most: number): Kind {
  return {
    ready: (model) => withMoney(model).length > 0,
    run: async (model, system, [a, b]) => {
      const from = withMoney(model)
      const receipts = most === 1 ? [chosen(from, a!)] : from.slice(0, most)
      const actor = actorFor(system, 'keepsBooks', b!)
      const body = { receiptIds: receipts.map(({ id }) => id), rule }
      await send(system, actor, '/api/allocations/by-rule', body, actor.mayDo ? 'done' : 'refused')
      if (actor.mayDo) await takeOver(model, system, receipts, rule)
    },
  }
}

async function allocatedByItself(model: Model, system: System, receipt: Receipt): Promise<void> {
  const { onConfirmation } = model.company
  if (receipt.customer && onConfirmation !== 'off') await takeOver(model, system, [receipt], onConfirmation)
}

/**
 * What a rule allocated is judged by what the rule promises, not by doing it again: all the money that can be used is used, nothing gets more than is open, and nobody is paid before
 * one who comes first.
 */
async function takeOver(model: Model, system: System, receipts: readonly Receipt[], rule: Rule): Promise<void> {
  const made = await newAllocations(model, system, receipts)
  const before = new Map(model.receivables.map((one) => [one, one.open]))
  for (const customer of new Set(receipts.map((one) => one.customer!))) {
    const owed = model.receivables.filter((one) => one.customer === customer).reduce((sum, one) => sum + one.open, 0n)
    const money = receipts.filter((one) => one.customer === customer).reduce((sum, one) => sum + model.left(one), 0n)
    const own = made.filter(({ receiptId }) => receipts.find(({ id }) => id === receiptId)!.customer === customer)
    const used = own.reduce((sum, one) => sum + BigInt(one.amount), 0n)
    expect([rule, 'uses', used]).toEqual([rule, 'uses', lesser(owed, money)])
  }
  for (const { id, receiptId, receivableId, amount } of made) {
    const receivable = model.receivables.find((one) => one.id === receivableId)!
    const receipt = receipts.find((one) => one.id === receiptId)!
    expect(receivable.customer).toBe(receipt.customer)
    model.allocate(id, receipt, receivable, BigInt(amount))
    expect([receivable.open >= 0n, model.left(receipt) >= 0n]).toEqual([true, true])
  }
  const paid = (one: Receivable): boolean => one.open < before.get(one)!
  for (const late of rule === 'proRata' ? [] : model.receivables.filter(paid)) {
    const skipped = model.receivables.find((one) => one.customer === late.customer && one.open > 0n && comesFirst(one, late))
    expect([rule, late.id, 'was paid before', skipped?.id]).toEqual([rule, late.id, 'was paid before', undefined])
  }
}

/** Due earlier: by both rules. (What is due by law is paid before what is not, and what is due earlier before what is due later.) */
function comesFirst(one: Receivable, other: Receivable): boolean {
  return one.dueOn < other.dueOn
}
