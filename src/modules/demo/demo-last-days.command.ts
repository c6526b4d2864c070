import { addDays, type Day } from '../../kernel/day.ts'
import { decideApprovals } from '../approvals/decide-approvals.command.ts'
import { delegateApprovals } from '../approvals/delegate-approvals.command.ts'
import { attachFile } from '../company/attach-files.command.ts'
import { holdCustomers } from '../credit/hold-customers.command.ts'
import { requestLimits } from '../credit/request-limits.command.ts'
import { finishTask, readNotifications, saveView } from '../people/inbox.command.ts'
import { careAfterReceipts } from '../receipts/care-after-receipts.command.ts'
import { confirmReceipts } from '../receipts/confirm-receipts.command.ts'
import { recordReceipts } from '../receipts/record-receipts.command.ts'
import { cancelReceipts } from '../receipts/reverse-receipts.command.ts'
import { enterReceivables } from '../receivables/enter-receivables.command.ts'
import { reassignReceivables } from '../receivables/move-receivables.command.ts'
import { voidReceivables } from '../receivables/void-receivables.command.ts'
import { creditVersions, limitRequestsOf, openTasks, receiptsAfter, receivablesNow, unreadNotices } from './demo-books.query.ts'
import type { Life } from './demo-day.command.ts'
import { strayReceipt } from './demo-happenings.command.ts'
import { imports } from './demo-imports.command.ts'
import { duplicatesAndMerges } from './demo-merges.command.ts'
import { takeOrders } from './demo-orders.command.ts'

const CARE_DAYS = 9
const READ_DAYS = 3
const BIG_CUSTOMER = 6
/** Places of customers about whom something is going on today. */
const ASKING = { temporary: 40, scheduled: 41, pending: 42, held: 43, prepays: 44, disputed: 20 } as const

/** What stands on the desks today: things that wait, things that are planned, and one of each that the months did not bring by chance. */
export async function lastDays(life: Life, on: Day): Promise<void> {
  await ordersThatWait(life, on)
  await limits(life, on)
  await money(life, on)
  await receivables(life, on)
  await duplicatesAndMerges(life)
  await imports(life, on)
  await desks(life, on)
}

/** Orders far above what their customers may owe: they wait for the finance manager. */
async function ordersThatWait(life: Life, on: Day): Promise<void> {
  const planned = [30, 34, 38].map((customer) => ({
    customer,
    orderedOn: on,
    promisedOn: addDays(on, 15),
    deliverOn: addDays(on, 15),
    inParts: false,
    fate: 'lives' as const,
    lines: [{ code: 'S-5000' as const, quantity: 4 }],
  }))
  life.orders.set(on, planned)
  await takeOrders(life, on)
}

async function limits(life: Life, on: Day): Promise<void> {
  const ids = Object.values(ASKING).map((place) => life.customerIds[place]!)
  const versions = await life.look((reader) => creditVersions(reader, ids))
  const wanted = (place: number, kind: 'standard' | 'temporary', amount: number, from: Day, until: Day | null, reason: string) => ({
    customerId: life.customerIds[place]!,
    version: versions.get(life.customerIds[place]!)!,
    kind,
    limitBase: BigInt(amount) * 100n,
    effectiveFrom: from,
    effectiveUntil: until,
    reason,
  })
  await life.act('accountant', (tx) =>
    requestLimits(tx, [
      wanted(ASKING.temporary, 'temporary', 1_500_000, on, addDays(on, 45), life.words.said.temporaryLimit),
      wanted(ASKING.scheduled, 'standard', 900_000, addDays(on, 10), null, life.words.said.scheduledLimit),
      wanted(ASKING.pending, 'standard', 2_000_000, on, null, life.words.said.pendingLimit),
    ]),
  )
  await approveLimits(life, [ASKING.temporary, ASKING.scheduled])
  await life.act('financeManager', (tx) =>
    holdCustomers(tx, [{ customerId: life.customerIds[ASKING.held]!, reason: life.words.said.unclear }]),
  )
}

async function approveLimits(life: Life, places: readonly number[]): Promise<void> {
  const ids = places.map((place) => life.customerIds[place]!)
  const waiting = await life.look((reader) => limitRequestsOf(reader, ids))
  await life.act('financeManager', (tx) =>
    decideApprovals(tx, waiting.map(({ id, version }) => ({ id, version, decision: 'approved' as const, reason: life.words.said.agreed }))),
  ) // biome-ignore format: reads as one step
}

/** A receipt that waits for the finance manager, money ahead of any order, money of nobody, and a draft that looks like one of yesterday. */
async function money(life: Life, on: Day): Promise<void> {
  const big = strayReceipt(life, on, life.customerIds[BIG_CUSTOMER]!, '1268000.00')
  const ahead = strayReceipt(life, on, life.customerIds[ASKING.prepays]!, '150000.00')
  const nobody = [strayReceipt(life, on, null, '38650.00'), strayReceipt(life, on, null, '7200.00')]
  const ids = await life.act('accountant', (tx) => recordReceipts(tx, [big, ahead, ...nobody], { acceptDuplicates: true }))
  await life.act('cashier', (tx) => confirmReceipts(tx, ids.map((id) => ({ id, version: 1 })))) // biome-ignore format: reads as one step
  const again = { ...strayReceipt(life, on, life.customerIds[ASKING.prepays]!, '150000.00'), remark: life.words.said.typedAgain }
  const dropped = strayReceipt(life, on, life.customerIds[BIG_CUSTOMER]!, '999.00')
  const [, droppedId] = await life.act('accountant', (tx) => recordReceipts(tx, [again, dropped], { acceptDuplicates: true }))
  await life.act('accountant', (tx) => cancelReceipts(tx, [{ id: droppedId!, version: 1 }]))
}

/** One that was entered by mistake and taken back, and one that another salesperson looks after now. */
async function receivables(life: Life, on: Day): Promise<void> {
  const [mistakenId, movedId] = await life.act('accountant', (tx) =>
    enterReceivables(tx, [
      {
        kind: 'manual',
        customerId: life.customerIds[ASKING.disputed]!,
        amount: '3200.00',
        issuedOn: on,
        dueOn: addDays(on, 30),
        reference: life.words.said.enteredTwice,
      },
      {
        kind: 'manual',
        customerId: life.customerIds[ASKING.disputed]!,
        amount: '5800.00',
        issuedOn: on,
        dueOn: addDays(on, 20),
        reference: life.words.said.urgentFreight,
      },
    ]),
  )
  const now = await life.look((reader) => receivablesNow(reader, [mistakenId!, movedId!]))
  await life.act('accountant', (tx) =>
    voidReceivables(tx, [
      { id: mistakenId!, version: now.get(mistakenId!)!.version, voidedOn: on, reason: life.words.said.enteredTwiceReason },
    ]),
  )
  const salespersonId = life.callers['seller9']!.actorId
  await life.act('financeManager', (tx) =>
    reassignReceivables(tx, [{ id: movedId!, version: now.get(movedId!)!.version, salespersonId, reason: life.words.said.afterSales }]),
  )
}

/** Tasks after the last days' money, some of them done; old notices read; a delegate, a saved view, a file. */
async function desks(life: Life, on: Day): Promise<void> {
  const recent = await life.look((reader) => receiptsAfter(reader, addDays(on, -CARE_DAYS)))
  await life.act('administrator', (tx) => careAfterReceipts(tx, recent))
  const keyOf = new Map(Object.entries(life.callers).map(([key, caller]) => [caller.actorId, key]))
  const tasks = await life.look(openTasks)
  for (const { id, personId, version } of tasks.filter((_, index) => index % 3 === 0))
    await life.act(keyOf.get(personId)!, (tx) => finishTask(tx, id, life.words.said.thanked, version))
  const notices = await life.look((reader) => unreadNotices(reader, new Date(Date.parse(`${addDays(on, -READ_DAYS)}T00:00:00Z`))))
  for (const [personId, own] of Map.groupBy(notices, (notice) => notice.personId))
    await life.act(keyOf.get(personId)!, (tx) => readNotifications(tx, own.map(({ id }) => id))) // biome-ignore format: reads as one step
  const delegateId = life.callers['managerEast']!.actorId
  await life.act('financeManager', (tx) => delegateApprovals(tx, [{ delegateId, fromOn: addDays(on, 3), untilOn: addDays(on, 10) }]))
  for (const key of ['administrator', 'financeManager', 'accountant', 'collector'])
    await life.act(key, (tx) =>
      saveView(tx, {
        page: 'receivables',
        name: life.words.said.overdueView,
        query: { status: 'overdue' },
        shared: key === 'financeManager',
      }),
    )
  await life.act('accountant', (tx) =>
    attachFile(tx, {
      entity: 'customer',
      entityId: life.customerIds[0]!,
      name: life.words.files.agreement.name,
      content: Buffer.from(life.words.files.agreement.text),
    }),
  )
}
