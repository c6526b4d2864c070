import type pg from 'pg'
import { day } from '../../src/kernel/day.ts'
import { formatMinor } from '../../src/kernel/money.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { allocateByHand } from '../../src/modules/allocations/allocate-receipts.command.ts'
import { addContacts } from '../../src/modules/customers/keep-contacts.command.ts'
import { placeBlock } from '../../src/modules/dunning/blocks.command.ts'
import { assignCustomers, insertLadder, insertVersion } from '../../src/modules/dunning/ladder.store.ts'
import { callerOfPerson, knownPerson } from '../../src/modules/people/caller.query.ts'
import { confirmReceipts } from '../../src/modules/receipts/confirm-receipts.command.ts'
import { recordReceipts } from '../../src/modules/receipts/record-receipts.command.ts'
import { disputeReceivables } from '../../src/modules/receivables/dispute-receivables.command.ts'
import { enterReceivables } from '../../src/modules/receivables/enter-receivables.command.ts'
import type { Caller } from '../../src/platform/caller.ts'
import type { Database } from '../../src/platform/db.ts'
import { insideTenant } from '../../src/platform/system-caller.ts'
import { plus } from './hand-days.ts'
import type { Random } from './random.ts'

/** A company whose own people do things through the program: what happens between two runs. */
export type Events = {
  readonly db: Database
  readonly owner: pg.Pool
  readonly tenantId: number
  readonly random: Random
  readonly people: Readonly<Record<'accountant' | 'second' | 'collector' | 'administrator', Caller>>
  readonly counts: {
    debts: number
    paid: number
    unallocated: number
    disputed: number
    disputesEnded: number
    paused: number
    addressesGone: number
    addressesNew: number
    beforeSending: number
  }
}
type Item = { readonly id: string; readonly customer: string; readonly open: string; readonly version: number }

/** Receipts above this wait for a second approval in the demo company. */
const MOST = 50_000_000n

export async function openEvents(db: Database, owner: pg.Pool, tenantId: number, random: Random): Promise<Events> {
  const { rows } = await owner.query<{ id: string; role: string }>(
    `select p.id, p.role from ar.people p where p.tenant_id = $1 and p.status = 'active' order by p.id`,
    [tenantId],
  )
  const callerOf = async (role: string, at = 0): Promise<Caller> => {
    const { id } = rows.filter((person) => person.role === role)[at]!
    return callerOfPerson(tenantId, (await db.read(insideTenant(tenantId), (reader) => knownPerson(reader, id)))!)
  }
  const [accountant, second, collector, administrator] = await Promise.all([
    callerOf('arAccountant'),
    callerOf('arAccountant', 1),
    callerOf('collector'),
    callerOf('administrator'),
  ])
  const counts = {
    debts: 0,
    paid: 0,
    unallocated: 0,
    disputed: 0,
    disputesEnded: 0,
    paused: 0,
    addressesGone: 0,
    addressesNew: 0,
    beforeSending: 0,
  }
  return { db, owner, tenantId, random, people: { accountant, second, collector, administrator }, counts }
}

/** Once, before the first day: a second ladder of two levels, the last one weekly, for some who owe; and some others whose reminders go to one and the same agent. */
export async function beginEvents(events: Events, on: string): Promise<void> {
  const { db, owner, tenantId, people } = events
  const owing = [...new Set((await items(events, `r.due_on < '${plus(on, 10)}'`, 60)).map(({ customer }) => customer))]
  const email = { kind: 'email' as const, template: 'overdue' as const }
  const level = { name: '每周提醒', minimumMinor: 0n, actions: [email] }
  const levels = [
    { ...level, position: 1, name: '逾期提醒', days: 1, repeat: null },
    { ...level, position: 2, days: 4, repeat: { everyDays: 7, most: 2 } },
  ]
  await db.transaction(people.administrator, async (tx) => {
    const id = uuid()
    const by = { draftedBy: null, publishedBy: null, publishedHow: 'founded' as const, requestId: null }
    insertLadder(tx, { id, name: '小客户催收流程', isStandard: false, draft: null })
    insertVersion(tx, { id: uuid(), ladderId: id, no: 1, content: { leastDaysBetween: 2, levels }, validFrom: day(on), ...by })
    assignCustomers(tx, id, { add: owing.slice(0, 20), remove: [] })
  })
  await owner.query(
    `update ar.customer_contacts k set email = 'agent@shared.example.com' where k.tenant_id = $1 and k.status = 'active' and k.email is not null and k.customer_id = any($2::uuid[])`,
    [tenantId, owing.slice(10, 26)],
  )
}

/** Before the run: new debts, payments allocated and not, a dispute, a pause, an address that goes and another one that comes. */
export async function morningEvents(events: Events, on: string): Promise<void> {
  const { random, counts, people } = events
  await newDebts(events, on)
  for (const item of await items(events, `r.due_on < '${plus(on, 10)}'`, 4)) {
    await pay(events, item, random.next() < 0.7 ? BigInt(item.open) : BigInt(item.open) / 2n, on)
    counts.paid += 1
  }
  for (const item of await items(events, `r.due_on < '${on}'`, 1)) {
    await receive(events, item.customer, BigInt(item.open), on)
    counts.unallocated += 1
  }
  if (random.next() < 0.5)
    for (const item of await items(events, `r.due_on < '${plus(on, 3)}'`, 1)) {
      await dispute(events, item)
      counts.disputed += 1
    }
  if (random.next() < 0.6) await endDispute(events)
  if (random.next() < 0.4) {
    const unpaused = `not exists (select from ar.dunning_blocks b where b.tenant_id = $1 and b.customer_id = r.customer_id)`
    for (const item of await items(events, `r.due_on < '${on}' and ${unpaused}`, 1)) {
      const about = random.next() < 0.5 ? { customerId: item.customer } : { receivableId: item.id }
      await events.db.transaction(people.collector, (tx) => placeBlock(tx, { ...about, untilOn: day(plus(on, 4)), reason: '对账中' }))
      counts.paused += 1
    }
  }
  if (random.next() < 0.5) await moveAddresses(events, on)
}

/** One that was disputed is so no more. */
async function endDispute({ db, owner, tenantId, random, people, counts }: Events): Promise<void> {
  const { rows } = await owner.query<{ id: string; version: number }>(
    `select r.id, r.version from ar.receivables r where r.tenant_id = $1 and r.disputed and r.open > 0 order by r.id`,
    [tenantId],
  )
  if (rows.length === 0) return
  const ended = { ...random.oneOf(rows), disputed: false, reason: '已查清' }
  await db.transaction(people.accountant, (tx) => disputeReceivables(tx, [ended]))
  counts.disputesEnded += 1
}

/** After the run and before its messages leave: one of what it named is paid, one disputed; sometimes a customer is paused for two days. */
export async function eventsBeforeSending(events: Events, on: string): Promise<void> {
  const named = `exists (select from ar.dunning_steps s join ar.dunning_step_items i on i.tenant_id = $1 and i.case_id = s.case_id and i.level = s.level and i.turn = s.turn
    where s.tenant_id = $1 and s.on_day = '${on}' and s.action = 'email' and i.receivable_id = r.id)`
  const [paid, disputed, paused] = await items(events, named, 3)
  if (paid !== undefined) await pay(events, paid, BigInt(paid.open), on)
  if (disputed !== undefined && disputed.customer !== paid?.customer) await dispute(events, disputed)
  if (paused !== undefined && events.random.next() < 0.5) {
    const wanted = { customerId: paused.customer, untilOn: day(plus(on, 2)), reason: '对账中' }
    const isPaused = (await events.owner.query(`select from ar.dunning_blocks b where b.tenant_id = $1 and b.customer_id = $2 and b.lifted_at is null`, [events.tenantId, paused.customer])).rows.length > 0 // biome-ignore format: one line
    if (!isPaused) await events.db.transaction(events.people.collector, (tx) => placeBlock(tx, wanted))
  }
  events.counts.beforeSending += (paid === undefined ? 0 : 1) + (disputed === undefined ? 0 : 1)
}

/** So many of the open items that fulfil a condition on `r`, by chance. */
async function items({ owner, tenantId, random }: Events, condition: string, count: number): Promise<Item[]> {
  const { rows } = await owner.query<Item>(
    `select r.id, r.customer_id as customer, r.open::text as open, r.version from ar.receivables r join ar.customers c on c.tenant_id = $1 and c.id = r.customer_id and c.status = 'active'
      where r.tenant_id = $1 and r.open > 1 and r.open < ${MOST} and r.currency = 'CNY' and r.voided_on is null and not r.disputed and ${condition} order by r.id`,
    [tenantId],
  )
  return Array.from({ length: Math.min(count, rows.length) }, () => rows.splice(random.whole(0, rows.length - 1), 1)[0]!)
}

async function newDebts({ db, owner, tenantId, random, people, counts }: Events, on: string): Promise<void> {
  const { rows } = await owner.query<{ id: string }>(
    `select c.id from ar.customers c where c.tenant_id = $1 and c.status = 'active' order by c.id`,
    [tenantId],
  )
  const debts = Array.from({ length: 4 }, () => ({
    kind: 'manual' as const,
    customerId: random.oneOf(rows).id,
    currency: 'CNY',
    amount: formatMinor(BigInt(random.whole(500, 300_000)) * 100n, 'CNY'),
    issuedOn: day(plus(on, -30)),
    dueOn: day(plus(on, random.whole(-20, 12))),
    entryOn: day(on),
  }))
  await db.transaction(people.accountant, (tx) => enterReceivables(tx, debts, {}))
  counts.debts += debts.length
}

async function receive({ db, people }: Events, customerId: string, minor: bigint, on: string): Promise<string> {
  const none = { orderId: null, methodId: null, bankAccountId: null, payerName: null, payerAccount: null, reference: null, remark: '', channel: null, channelTx: null, sourceNo: null } // biome-ignore format: one line
  const wanted = { ...none, customerId, currency: 'CNY', amount: formatMinor(minor, 'CNY'), fee: '0', receivedOn: day(on) }
  const [id] = await db.transaction(people.accountant, (tx) => recordReceipts(tx, [wanted], { acceptDuplicates: true }))
  await db.transaction(people.second, (tx) => confirmReceipts(tx, [{ id: id!, version: 1 }]))
  return id!
}

async function pay(events: Events, item: Item, amount: bigint, on: string): Promise<void> {
  const receiptId = await receive(events, item.customer, amount, on)
  await events.db.transaction(events.people.accountant, (tx) =>
    allocateByHand(tx, { lines: [{ receiptId, receivableId: item.id, amount }] }),
  )
}

function dispute({ db, people }: Events, { id, version }: Item): Promise<void> {
  return db.transaction(people.accountant, (tx) => disputeReceivables(tx, [{ id, version, disputed: true, reason: '价格待核对' }]))
}

/** All addresses of a customer that owes go, as when the contact has left; somebody enters one of another customer that had none. */
async function moveAddresses(events: Events, on: string): Promise<void> {
  const { db, owner, tenantId, random, people, counts } = events
  for (const { customer } of await items(events, `r.due_on < '${on}'`, 1)) {
    await owner.query(`update ar.customer_contacts k set status = 'disabled' where k.tenant_id = $1 and k.customer_id = $2`, [
      tenantId,
      customer,
    ])
    await owner.query(`update ar.customers c set email = null where c.tenant_id = $1 and c.id = $2`, [tenantId, customer])
    counts.addressesGone += 1
  }
  const { rows } = await owner.query<{ id: string }>(
    `select c.id from ar.customers c where c.tenant_id = $1 and c.status = 'active' and c.email is null
      and not exists (select from ar.customer_contacts k where k.tenant_id = $1 and k.customer_id = c.id and k.status = 'active' and k.email is not null) order by c.id`,
    [tenantId],
  )
  if (rows.length < 3) return
  const { id } = random.oneOf(rows)
  const contact = { name: '新联系人', email: `new-${id.slice(-8)}@customer.example.com`, purpose: ['dunning'], isPrimary: true }
  await db.transaction(people.administrator, (tx) => addContacts(tx, id, [contact]))
  counts.addressesNew += 1
}
