import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader, Tx } from '../../platform/db.ts'
import type { ReceivableNow } from './demo-books.query.ts'
import { type AllocationDue, type DeliveryDue, diary, type PaymentDue } from './demo-life.ts'
import { type DemoSpan, plannedOrders, workingFrom } from './demo-orders.ts'
import type { Founded } from './found-demo.command.ts'
import { type Random, randomFor } from './random.ts'

const MINUTES_BETWEEN_STEPS = 2
/** 08:30 in Shanghai: when people begin to work. */
const MORNING = 'T00:30:00Z'

/** The demo's today, moved on by `begin`; each step is some minutes after the last one, and none is later than now. */
export type DemoClock = { readonly now: () => Date; readonly begin: (on: Day) => void; readonly step: () => void }

export function demoClock(now: () => Date): DemoClock {
  let at = 0
  return {
    now: () => new Date(Math.min(at, now().getTime())),
    begin: (on) => {
      at = Date.parse(`${on}${MORNING}`)
    },
    step: () => {
      at += MINUTES_BETWEEN_STEPS * 60_000
    },
  }
}

/** Everything that the days of the demo share: who may act, what is planned, what was done. */
export type Life = ReturnType<typeof beginLife>

export function beginLife(db: Database, clock: DemoClock, seed: number, span: DemoSpan, founded: Founded) {
  const diaries = {
    deliveries: diary<DeliveryDue>(),
    cancellations: diary<string>(),
    completions: diary<string>(),
    payments: diary<PaymentDue>(),
    prepayments: diary<{ orderId: string; customerId: string; amount: bigint; currency: string }>(),
    identifications: diary<{ receiptId: string; customerId: string }>(),
    reversals: diary<string>(),
    releases: diary<string>(),
  }
  return {
    ...founded,
    ...diaries,
    db,
    clock,
    span,
    paused: false,
    /** Whether the outbox has messages in every state. */
    pretended: false,
    random: randomFor(seed, 'life'),
    orders: plannedOrders(seed, founded.customers, span),
    indexOf: new Map(founded.customerIds.map((id, index) => [id, index])),
    /** Orders that wait for somebody's yes. */
    waitingOrders: new Map<string, DeliveryDue['order']>(),
    /** Receipts that are recorded and not confirmed yet, with what they are to pay. */
    waitingMoney: new Map<string, AllocationDue>(),
    prepaid: new Map<string, string>(),
    /** Places of customers on hold. */
    held: new Set<number>(),
    seenReceivable: { id: '00000000-0000-0000-0000-000000000000' },
    /** Receivables from which the happenings of a week are chosen. */
    known: [] as string[],
    act: <T>(key: string, body: (tx: Tx) => Promise<T>): Promise<T> => {
      clock.step()
      return db.transaction(callerAs(founded, key), body)
    },
    look: <T>(body: (reader: Reader) => Promise<T>): Promise<T> => db.read(callerAs(founded, 'administrator'), body, { timeoutMs: 60_000 }),
    nextWorking: (on: Day, days: number): Day => workingFrom(addDays(on, days), span),
    daysLeft: (on: Day): number => daysBetween(on, span.endOn),
  }
}

function callerAs({ callers }: Founded, key: string): Caller {
  return callers[key]!
}

/** Up to `count` of the things, by chance. */
export function some<T>(things: readonly T[], count: number, random: Random): T[] {
  const left = [...things]
  const chosen: T[] = []
  while (chosen.length < count && left.length > 0) chosen.push(...left.splice(random.int(0, left.length - 1), 1))
  return chosen
}

/** What is open and not yet disputed of these. */
export function openOnes(now: ReadonlyMap<string, ReceivableNow>): ReceivableNow[] {
  return [...now.values()].filter((one) => one.open > 0n && !one.disputed)
}
