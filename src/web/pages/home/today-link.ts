import type { homeToday } from '../../../modules/reports/home/home.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'

export type TodayLine = Answer<typeof homeToday>['items'][number]
type Query = TodayLine['list']['query']

/** The page whose list is the line's: the same filters, in the words of its address. */
export function todayLink({ key, list: { query } }: TodayLine): string {
  return pages[key](query)
}

const pages: Readonly<Record<TodayLine['key'], (query: Query) => string>> = {
  approvals: () => paths.approvals(),
  receiptsToConfirm: () => paths.receipts({ state: 'toConfirm' }),
  unidentified: () => paths.receipts({ state: 'unidentified' }),
  unallocated: () => paths.receipts({ state: 'unallocated' }),
  ordersHeld: (query) => paths.orders(query),
  lateDeliveries: () => paths.lateDeliveries(),
  careTasks: (query) => paths.tasks(query),
  dunningTasks: (query) => paths.tasks(query),
  reviewTasks: (query) => paths.tasks(query),
  overdue: (query) => paths.receivables(query),
  disputed: (query) => paths.receivables(query),
  limitation: (query) => paths.receivables(query),
  temporaryLimits: (query) => paths.customers(query),
  incompleteCustomers: (query) => paths.customers(query),
  messages: (query) => paths.messages(query),
  importsStopped: (query) => paths.imports(query),
  dunningRuns: () => paths.dunningRuns(),
  dunningNotBegun: () => paths.dunningRuns(),
}
