import { addMonths, type Day, dayOf, periodOf, startOfMonth, weekday } from '../../kernel/day.ts'
import { applyScheduledLimits } from '../credit/apply-limits.command.ts'
import { holdCustomers, releaseCustomers } from '../credit/hold-customers.command.ts'
import { addNotes } from '../customers/keep-contacts.command.ts'
import { confirmReceipts } from '../receipts/confirm-receipts.command.ts'
import { identifyReceipt } from '../receipts/identify-receipt.command.ts'
import { recordReceipts, type WantedReceipt } from '../receipts/record-receipts.command.ts'
import { reverseReceipts } from '../receipts/reverse-receipts.command.ts'
import { disputeReceivables } from '../receivables/dispute-receivables.command.ts'
import { enterReceivables } from '../receivables/enter-receivables.command.ts'
import { rescheduleReceivables } from '../receivables/move-receivables.command.ts'
import { closePeriod } from '../vouchers/close-periods.command.ts'
import { openPeriodsUpTo, receiptsNow, receivablesNow } from './demo-books.query.ts'
import { type Life, openOnes, some } from './demo-day.command.ts'

/** Months before the last day that stand open. */
const OPEN_MONTHS = 2
const WATCHED = 400

/** What happens beside orders and money: a dispute, another due day, a call, money of nobody, a cheque that bounces, a customer put on hold, a month that is closed. */
export async function happenings(life: Life, on: Day): Promise<void> {
  await identify(life, on)
  await reverse(life, on)
  await release(life, on)
  if (weekday(on) === 3) await talk(life, on)
  if (weekday(on) === 1) await life.act('administrator', (tx) => applyScheduledLimits(tx, on))
  const date = Number(on.slice(8))
  if (date >= 8 && date <= 14 && weekday(on) === 2) await closeMonth(life, on)
  if (date >= 12 && date <= 18 && weekday(on) === 4) await strayMoney(life, on)
  if (date >= 15 && date <= 21 && weekday(on) === 3) await disagree(life, on)
}

async function talk(life: Life, on: Day): Promise<void> {
  const chosen = some(life.customers.slice(0, 140), 3, life.random)
  const noteOf = (index: number) => {
    const [kind, text] = life.random.pick(life.words.notes)
    return { customerId: life.customerIds[index]!, kind, text, happenedOn: on, important: life.random.chance(0.15) }
  }
  await life.act('collector', (tx) => addNotes(tx, chosen.map(({ index }) => noteOf(index)))) // biome-ignore format: reads as one step
}

/** Once a month: items that customers contest, items that get another day, work that is charged by hand, and now and then a customer who gets nothing more. */
async function disagree(life: Life, on: Day): Promise<void> {
  const open = openOnes(await life.look((reader) => receivablesNow(reader, life.known.slice(-WATCHED)))).filter(({ dueOn }) => dueOn < on)
  const [disputed, ...moved] = some(open, 3, life.random)
  if (disputed) await life.act('accountant', (tx) => disputeReceivables(tx, [{ id: disputed.id, version: disputed.version, disputed: true, reason: life.words.said.quantityDisputed }])) // biome-ignore format: reads as one step
  if (moved.length > 0) await life.act('accountant', (tx) => rescheduleReceivables(tx, moved.map(({ id, version }) => ({ id, version, dueOn: addMonths(on, 1), reason: life.words.said.rescheduled })))) // biome-ignore format: reads as one step
  const customer = life.random.pick(life.customers.slice(0, 140))
  await life.act('accountant', (tx) => enterReceivables(tx, [{ kind: 'manual', customerId: life.customerIds[customer.index]!, amount: `${life.random.int(8, 60)}00.00`, tax: '0.00', issuedOn: on, dueOn: addMonths(on, 1), reference: life.words.said.freightReference, remark: life.words.said.freight }])) // biome-ignore format: reads as one step
  const stopped = life.customers.find(({ behaviour, index }) => behaviour === 'stopped' && life.random.chance(0.3) && !life.held.has(index))
  if (!stopped) return
  life.held.add(stopped.index)
  const customerId = life.customerIds[stopped.index]!
  await life.act('financeManager', (tx) => holdCustomers(tx, [{ customerId, reason: life.words.said.stopped }]))
  if (life.random.chance(0.4)) life.releases.put(life.nextWorking(on, 25), customerId)
}

async function release(life: Life, on: Day): Promise<void> {
  for (const customerId of life.releases.take(on)) {
    life.held.delete(life.indexOf.get(customerId)!)
    await life.act('financeManager', (tx) => releaseCustomers(tx, [{ customerId, reason: life.words.said.resumed }]))
  }
}

/** Money whose payer nobody knows, and money that the bank takes back a few days later. */
async function strayMoney(life: Life, on: Day): Promise<void> {
  const customer = life.random.pick(life.customers.slice(30, 130))
  const unknown = strayReceipt(life, on, null, `${life.random.int(12, 90)}35.00`)
  const bouncing = strayReceipt(life, on, life.customerIds[customer.index]!, `${life.random.int(21, 88)}20.00`)
  const ids = await life.act('accountant', (tx) => recordReceipts(tx, [unknown, bouncing], { acceptDuplicates: true }))
  await life.act('cashier', (tx) => confirmReceipts(tx, ids.map((id) => ({ id, version: 1 })))) // biome-ignore format: reads as one step
  const [unknownId, bouncingId] = ids
  if (life.daysLeft(on) > 40 || life.random.chance(0.5))
    life.identifications.put(life.nextWorking(on, life.random.int(4, 12)), {
      receiptId: unknownId!,
      customerId: life.customerIds[customer.index]!,
    })
  life.reversals.put(life.nextWorking(on, 3), bouncingId!)
}

export function strayReceipt(life: Life, on: Day, customerId: string | null, amount: string): WantedReceipt {
  const fields = customerId === null ? undefined : life.customers[life.indexOf.get(customerId)!]!.fields
  return {
    customerId,
    orderId: null,
    amount,
    fee: '0',
    receivedOn: on,
    methodId: life.methods.get(customerId === null ? 'bankTransfer' : 'cheque') ?? null,
    bankAccountId: life.bankAccounts.get('CNY') ?? null,
    payerName: fields?.name ?? life.words.unknownPayer(life.random.int(100, 999)),
    payerAccount: fields?.bankAccount ?? null,
    reference: null,
    remark: customerId === null ? life.words.said.transferNote : life.words.said.cheque,
    channel: 'bank',
    channelTx: `${on.replaceAll('-', '')}S${String(life.random.int(0, 999_999_999)).padStart(9, '0')}`,
    sourceNo: null,
  }
}

async function identify(life: Life, on: Day): Promise<void> {
  for (const { receiptId, customerId } of life.identifications.take(on)) {
    const now = (await life.look((reader) => receiptsNow(reader, [receiptId]))).get(receiptId)!
    await life.act('accountant', (tx) =>
      identifyReceipt(tx, receiptId, { version: now.version, customerId, reason: life.words.said.identified }),
    )
  }
}

async function reverse(life: Life, on: Day): Promise<void> {
  for (const id of life.reversals.take(on)) {
    const now = (await life.look((reader) => receiptsNow(reader, [id]))).get(id)!
    await life.act('financeManager', (tx) => reverseReceipts(tx, [{ id, version: now.version, reason: life.words.said.returned }]))
  }
}

/** The month before is closed, but for the last ones of the demo. */
async function closeMonth(life: Life, on: Day): Promise<void> {
  const before = addMonths(startOfMonth(on), -1)
  if (periodOf(before) > periodOf(addMonths(life.span.endOn, -OPEN_MONTHS))) return
  for (const { period, version } of await life.look((reader) => openPeriodsUpTo(reader, periodOf(before))))
    if (dayOf(Math.floor(period / 100), period % 100, 1) <= before)
      await life.act('financeManager', (tx) => closePeriod(tx, period, { version, reason: life.words.said.monthClosed }))
}
