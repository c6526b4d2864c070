import { expect } from 'vitest'
import { type Customer, type Model, pathOf, type Receipt, type Receivable, textOf } from './model.ts'
import { putSetting } from './selling.ts'
import { actorFor, chosen, type Kind, mostly, receiptsIn, type System, send } from './system.ts'

const lesser = (a: bigint, b: bigint): bigint => (a > b ? b : a)
const withMoney = (model: Model) => receiptsIn(model, 'confirmed').filter((one) => one.customer && model.left(one) > 0n)
const payableBy = (model: Model, { customer, currency }: Receipt) =>
  model.receivables.filter((one) => one.open > 0n && one.customer === customer && one.currency === currency)

/** By hand also for another member of the payer's group. */
const payableByHand = (model: Model, { customer, currency }: Receipt) => {
  const groupOf = (one: Customer) => pathOf(one).at(-1)
  return model.receivables.filter(
    (one) => one.open > 0n && one.currency === currency && customer !== undefined && groupOf(one.customer) === groupOf(customer),
  )
}

/** How money pays what is owed, and how that is undone. */
export const allocating: Readonly<Record<string, Kind>> = {
  allocateByHand: {
    ready: (model) => model.receipts.length > 0 && model.receivables.length > 0,
    run: async (model, system, [a, b, c]) => {
      const receipt = mostly(withMoney(model), model.receipts, a!, b!)
      const own = payableByHand(model, receipt)
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
  /** Pays nearly all of one, and closes the little that is missing, where it is little enough: at most 2 % and 10 yuan or 5 dollars. */
  allocateShort: {
    ready: (model) => withMoney(model).some((receipt) => payableBy(model, receipt).length > 0),
    run: async (model, system, [a, b, c]) => {
      const receipt = chosen(
        withMoney(model).filter((one) => payableBy(model, one).length > 0),
        a!,
      )
      const receivable = chosen(payableBy(model, receipt), c!)
      const short = 1n + (BigInt(c!) % (1n + receivable.open / 30n))
      const amount = lesser(receivable.open - short, model.left(receipt))
      const missing = receivable.open - amount
      const isLittle = missing * 50n <= receivable.open && missing <= (receivable.currency === 'USD' ? 500n : 1_000n)
      const actor = actorFor(system, 'keepsBooks', b!)
      if (amount === 0n) return
      const line = { receiptId: receipt.id, receivableId: receivable.id }
      const body = { lines: [{ ...line, amount: textOf(amount) }], adjustments: [{ ...line, reason: 'rounding' }] }
      await send(system, actor, '/api/allocations', body, actor.mayDo && isLittle ? 'done' : 'refused')
      if (!actor.mayDo || !isLittle) return
      const [made] = await newAllocations(model, system, [receipt])
      model.allocate(made!.id, receipt, receivable, amount, missing)
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

type Made = { readonly id: string; readonly receiptId: string; readonly receivableId: string; readonly amount: string }
async function newAllocations(model: Model, { app, company }: System, receipts: readonly Receipt[]): Promise<Made[]> {
  const known = model.allocations.map(({ id }) => id)
  const { rows } = await app.database.pool.query<Made>(
    `select a.id, a.receipt_id as "receiptId", a.receivable_id as "receivableId", a.amount::text as amount from ar.allocations a
     where a.tenant_id = $1 and a.receipt_id = any($2) and a.reverses_id is null and a.id <> all($3) order by a.id`,
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

/** What the company's setting does with a receipt of a known customer as soon as it is confirmed. */
export async function allocatedByItself(model: Model, system: System, receipt: Receipt): Promise<void> {
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
  for (const { customer, currency } of receipts) {
    const isOne = (one: Receipt | Receivable): boolean => one.customer === customer && one.currency === currency
    const owed = model.receivables.filter(isOne).reduce((sum, one) => sum + one.open, 0n)
    const money = receipts.filter(isOne).reduce((sum, one) => sum + model.left(one), 0n)
    const own = made.filter(({ receiptId }) => isOne(receipts.find(({ id }) => id === receiptId)!))
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
    const isRival = (one: Receivable): boolean => one.customer === late.customer && one.currency === late.currency
    const skipped = model.receivables.find((one) => isRival(one) && one.open > 0n && comesFirst(one, late))
    expect([rule, late.id, 'was paid before', skipped?.id]).toEqual([rule, late.id, 'was paid before', undefined])
  }
}

/** Due earlier: by both rules. (What is due by law is paid before what is not, and what is due earlier before what is due later.) */
function comesFirst(one: Receivable, other: Receivable): boolean {
  return one.dueOn < other.dueOn
}
