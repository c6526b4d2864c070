import { type Day, daysBetween } from '../../../kernel/day.ts'
import { may } from '../../../platform/caller.ts'
import type { Reader } from '../../../platform/db.ts'
import type { HomeView, TodayKey } from './home-views.ts'
import { approvals } from './today/approvals.query.ts'
import { incompleteCustomers, temporaryLimits } from './today/customers.query.ts'
import { messages } from './today/messages.query.ts'
import { lateDeliveries, ordersHeld } from './today/orders.query.ts'
import { receiptsToConfirm, unallocated, unidentified } from './today/receipts.query.ts'
import { disputed, limitation, overdue } from './today/receivables.query.ts'
import { dunningNotBegun, dunningRuns, importsStopped } from './today/runs.query.ts'
import { careTasks, dunningTasks, reviewTasks } from './today/tasks.query.ts'
import type { TodayFound, TodaySource } from './today-source.query.ts'

/** Every line there is, one registry entry a line. */
const sources: readonly TodaySource[] = [
  approvals,
  receiptsToConfirm,
  unidentified,
  unallocated,
  ordersHeld,
  lateDeliveries,
  careTasks,
  dunningTasks,
  reviewTasks,
  overdue,
  disputed,
  limitation,
  temporaryLimits,
  incompleteCustomers,
  messages,
  importsStopped,
  dunningRuns,
  dunningNotBegun,
]

/** What each of them looks after. A line that needs a permission which the person has not is left out whatever the view. */
const linesOf: Readonly<Record<HomeView, readonly TodayKey[]>> = {
  financeManager: ['approvals', 'disputed', 'ordersHeld', 'unidentified', 'limitation', 'temporaryLimits', 'messages', 'dunningTasks', 'reviewTasks', 'dunningRuns', 'dunningNotBegun', 'importsStopped'], // biome-ignore format: a view a line
  management: ['approvals', 'ordersHeld', 'overdue', 'disputed', 'limitation', 'lateDeliveries', 'temporaryLimits'],
  arAccountant: ['receiptsToConfirm', 'unidentified', 'unallocated', 'importsStopped', 'incompleteCustomers', 'disputed', 'messages', 'careTasks', 'reviewTasks', 'dunningTasks', 'approvals'], // biome-ignore format: a view a line
  collector: [
    'dunningTasks',
    'dunningRuns',
    'dunningNotBegun',
    'overdue',
    'disputed',
    'messages',
    'unidentified',
    'limitation',
    'careTasks',
    'reviewTasks',
    'approvals',
  ],
  salesperson: [
    'approvals',
    'dunningTasks',
    'careTasks',
    'ordersHeld',
    'lateDeliveries',
    'overdue',
    'disputed',
    'temporaryLimits',
    'reviewTasks',
  ],
}

/** A line with the days by which it is late: 0 today, negative before, null without a day. */
export type TodayLine = TodayFound & { readonly key: TodayKey; readonly lateDays: number | null }

/** 今天要处理 of a view: late first, then by deadline, then by amount (the largest first), what has no deadline last. One statement a line. */
export async function todayLines(reader: Reader, view: HomeView): Promise<TodayLine[]> {
  const wanted = sources.filter(({ key, permission }) => linesOf[view].includes(key) && may(reader.caller, permission))
  const found = await Promise.all(wanted.map(async ({ key, find }) => ({ key, line: await find(reader) })))
  return found
    .flatMap(({ key, line }): TodayLine[] => (line ? [{ key, ...line, lateDays: lateDays(line.dueOn, reader.today) }] : []))
    .sort((a, b) => byDeadline(a, b) || byAmount(a, b, reader.caller.baseCurrency))
}

function lateDays(dueOn: Day | null, today: Day): number | null {
  return dueOn === null ? null : daysBetween(dueOn, today)
}

function byDeadline(a: TodayLine, b: TodayLine): number {
  const day = ({ dueOn }: TodayLine): string => dueOn ?? '9999-12-31'
  return day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0
}

/** By what is in base currency; other currencies are not compared with it. */
function byAmount(a: TodayLine, b: TodayLine, base: string): number {
  const amount = ({ amounts }: TodayLine): bigint => amounts.find(({ currency }) => currency === base)?.minor ?? -1n
  return amount(a) === amount(b) ? 0 : amount(a) > amount(b) ? -1 : 1
}
