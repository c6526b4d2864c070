import { type Day, daysBetween } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { allocateByHand } from '../allocations/allocate-receipts.command.ts'
import { confirmReceipts } from '../receipts/confirm-receipts.command.ts'
import { recordReceipts, type WantedReceipt } from '../receipts/record-receipts.command.ts'
import { type ReceivableNow, receiptsNow, receivablesAfter, receivablesNow } from './demo-books.query.ts'
import type { Life } from './demo-day.command.ts'
import type { AllocationDue, NewReceivable, PaymentDue } from './demo-life.ts'
import { workingFrom } from './demo-orders.ts'
import { rateOn } from './exchange-rate.ts'
import { plannedPayments } from './payment-behaviour.ts'

/** What comes in on the last day waits for its second person. */
const UNCONFIRMED_DAYS = 1
/** One receipt in so many names what it pays; the product then allocates it by itself. */
const NAMES_DOCUMENTS = 0.15
const DISCOUNT_DAYS = 10
const PAYS_BY_ACCEPTANCE = 0.12

/** A receipt as it will be recorded, with what it is for. */
type Arrival = { readonly wanted: WantedReceipt; readonly for: Omit<AllocationDue, 'receiptId'>; readonly orderId?: string }

/** What has come into the ledger since: when its customer will pay it. Goods of a customer who pays before them are paid by what is there already. */
export async function planPayments(life: Life, on: Day): Promise<void> {
  const { startOn, endOn } = life.span
  const fresh = await life.look((reader) => receivablesAfter(reader, life.seenReceivable.id))
  for (const receivable of fresh) {
    const customer = life.customers[life.indexOf.get(receivable.customerId) ?? 0]!
    const receiptId = life.prepaid.get(receivable.orderId ?? '')
    if (receiptId !== undefined) {
      life.waitingMoney.set(`${receiptId} ${receivable.id}`, {
        receiptId,
        lines: [{ receivableId: receivable.id, amount: receivable.open }],
        givenUp: undefined,
      })
      continue
    }
    const parts = plannedPayments(customer.behaviour, { ...receivable, startOn, endOn }, life.random)
    parts.forEach(({ on: planned, percent }, index) => {
      const day = workingFrom(planned > on ? planned : life.nextWorking(on, 1), life.span)
      life.payments.put(day, { receivable, percent, isLast: index === parts.length - 1 })
    })
    life.known.push(receivable.id)
  }
  const last = fresh.at(-1)
  if (last) life.seenReceivable.id = last.id
}

/** The day's money: recorded by one, confirmed by another, allocated to what it was paid for. */
export async function takeInMoney(life: Life, on: Day): Promise<void> {
  const arrivals = [...(await paidToday(life, on)), ...prepaidToday(life, on)]
  if (arrivals.length > 0) {
    const ids = await life.act('accountant', (tx) => recordReceipts(tx, arrivals.map(({ wanted }) => wanted), { acceptDuplicates: true })) // biome-ignore format: reads as one step
    arrivals.forEach((arrival, index) => {
      const receiptId = ids[index]!
      if (arrival.orderId !== undefined) life.prepaid.set(arrival.orderId, receiptId)
      life.waitingMoney.set(receiptId, { receiptId, ...arrival.for })
    })
    if (life.daysLeft(on) >= UNCONFIRMED_DAYS)
      await life.act('cashier', (tx) => confirmReceipts(tx, ids.map((id) => ({ id, version: 1 })))) // biome-ignore format: reads as one step
  }
  await allocate(life, on)
}

/** What customers pay today, one receipt a customer and currency. */
async function paidToday(life: Life, on: Day): Promise<Arrival[]> {
  const due = life.payments.take(on)
  if (due.length === 0) return []
  const now = await life.look((reader) => receivablesNow(reader, due.map(({ receivable }) => receivable.id))) // biome-ignore format: reads as one step
  const groups = Map.groupBy(due, ({ receivable }) => `${receivable.customerId} ${receivable.currency}`)
  return [...groups.values()].flatMap((own) => arrivalOf(life, on, own, now))
}

function arrivalOf(life: Life, on: Day, due: readonly PaymentDue[], now: ReadonlyMap<string, ReceivableNow>): Arrival[] {
  const { customerId, currency } = due[0]!.receivable
  const customer = life.customers[life.indexOf.get(customerId)!]!
  const parts = onceEach(due).flatMap(({ receivable, percent, isLast }) => {
    const state = now.get(receivable.id)!
    if (state.disputed && life.daysLeft(on) > 0) life.payments.put(life.nextWorking(on, 20), { receivable, percent, isLast })
    const amount = isLast ? state.open : least(state.open, (receivable.amount * BigInt(percent)) / 100n)
    return state.disputed || amount <= 0n ? [] : [{ receivable, state, amount }]
  })
  if (parts.length === 0) return []
  const givenUp = parts.length === 1 ? reductionOf(customer.behaviour, parts[0]!, on) : undefined
  const lines = parts.map(({ receivable, amount, state }) => ({
    receivableId: receivable.id,
    amount: givenUp === undefined ? amount : state.open - shortBy(givenUp, state, life),
  }))
  const names = life.random.chance(NAMES_DOCUMENTS) && givenUp === undefined && parts.every(({ amount, state }) => amount === state.open)
  const reference = names ? parts.map(({ receivable }) => receivable.no).join(' ').slice(0, 200) : null // biome-ignore format: one line
  const sum = lines.reduce((total, { amount }) => total + amount, 0n)
  return [
    { wanted: receipt(life, on, { customerId, currency, sum, reference, orderId: null }), for: { lines: names ? [] : lines, givenUp } },
  ]
}

/** Two parts of one receivable that have come to fall on one day are one. */
function onceEach(due: readonly PaymentDue[]): PaymentDue[] {
  return [...Map.groupBy(due, ({ receivable }) => receivable.id).values()].map((own) => ({
    receivable: own[0]!.receivable,
    percent: own.reduce((sum, { percent }) => sum + percent, 0),
    isLast: own.some(({ isLast }) => isLast),
  }))
}

/** Whether this customer leaves something out, and on what grounds. */
function reductionOf(
  behaviour: string,
  { receivable: { orderId }, state: { open, amount, issuedOn } }: { receivable: NewReceivable; state: ReceivableNow },
  on: Day,
): AllocationDue['givenUp'] {
  if (open !== amount) return undefined
  if (behaviour === 'early' && orderId !== null && daysBetween(issuedOn, on) <= DISCOUNT_DAYS) return 'earlyPaymentDiscount'
  return behaviour === 'short' && amount > 100_000n ? 'rounding' : undefined
}

function shortBy(givenUp: 'rounding' | 'earlyPaymentDiscount', { amount }: ReceivableNow, life: Life): bigint {
  return givenUp === 'earlyPaymentDiscount' ? (amount * 2n) / 100n : BigInt(life.random.int(1, 950))
}

function prepaidToday(life: Life, on: Day): Arrival[] {
  return life.prepayments.take(on).map(({ orderId, customerId, amount, currency }) => ({
    wanted: receipt(life, on, { customerId, currency, sum: amount, reference: null, orderId }),
    for: { lines: [], givenUp: undefined },
    orderId,
  }))
}

type Money = {
  readonly customerId: string
  readonly currency: string
  readonly sum: bigint
  readonly reference: string | null
  readonly orderId: string | null
}

function receipt(life: Life, on: Day, { customerId, currency, sum, reference, orderId }: Money): WantedReceipt {
  const { fields } = life.customers[life.indexOf.get(customerId)!]!
  const method = life.random.chance(PAYS_BY_ACCEPTANCE) && currency === 'CNY' ? 'bankersAcceptance' : 'bankTransfer'
  return {
    customerId,
    orderId,
    currency,
    ...(currency === 'CNY' ? {} : { rate: rateOn(currency, on) }),
    amount: formatMinor(sum, currency),
    fee: currency === 'CNY' || sum < 100_000n ? '0' : '15.00',
    receivedOn: on,
    methodId: life.methods.get(method) ?? null,
    bankAccountId: life.bankAccounts.get(currency) ?? null,
    payerName: fields.bankAccountName ?? fields.name,
    payerAccount: fields.bankAccount ?? null,
    reference,
    remark: orderId === null ? life.words.said.goods : life.words.said.prepaid,
    channel: 'bank',
    channelTx: `${on.replaceAll('-', '')}${String(life.random.int(0, 999_999_999)).padStart(9, '0')}`,
    sourceNo: null,
  }
}

/** What is confirmed by now is allocated, all of the day in one step; the rest waits for its second person or its approval. */
async function allocate(life: Life, on: Day): Promise<void> {
  const waiting = [...life.waitingMoney]
  if (waiting.length === 0) return
  const [money, items] = await life.look(async (reader) => [
    await receiptsNow(reader, waiting.map(([, one]) => one.receiptId)),
    await receivablesNow(reader, waiting.flatMap(([, one]) => one.lines.map((line) => line.receivableId))),
  ] as const) // biome-ignore format: reads as one step
  const left = new Map([...money.values()].map((one) => [one.id, one.left]))
  const open = new Map([...items.values()].map((one) => [one.id, one.open]))
  const ready = waiting.filter(([, one]) => money.get(one.receiptId)!.status !== 'draft')
  for (const [key] of ready) life.waitingMoney.delete(key)
  const lines = ready.flatMap(([, one]) =>
    one.lines.flatMap(({ receivableId, amount: wanted }) => {
      const amount = least(least(wanted, open.get(receivableId)!), left.get(one.receiptId)!)
      open.set(receivableId, open.get(receivableId)! - amount)
      left.set(one.receiptId, left.get(one.receiptId)! - amount)
      return amount > 0n ? [{ receiptId: one.receiptId, receivableId, amount }] : []
    }),
  )
  const adjustments = ready.flatMap(([, { receiptId, lines: own, givenUp }]) =>
    givenUp === undefined ||
    !isStillGiven(givenUp, items.get(own[0]!.receivableId)!, on) ||
    !lines.some((line) => line.receiptId === receiptId)
      ? []
      : [{ receiptId, receivableId: own[0]!.receivableId, reason: givenUp }],
  )
  if (lines.length > 0) await life.act('accountant', (tx) => allocateByHand(tx, { lines, adjustments }))
}

/** Nothing else was paid on it meanwhile, and a discount is still in time. */
function isStillGiven(givenUp: string, { open, amount, issuedOn }: ReceivableNow, on: Day): boolean {
  return open === amount && (givenUp !== 'earlyPaymentDiscount' || daysBetween(issuedOn, on) <= DISCOUNT_DAYS)
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
