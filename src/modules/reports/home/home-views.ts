/** Whose day the home page shows. */
export const homeViews = ['financeManager', 'management', 'arAccountant', 'collector', 'salesperson'] as const
export type HomeView = (typeof homeViews)[number]

/** The lines of 今天要处理. */
export const todayKeys = [
  'approvals',
  'receiptsToConfirm',
  'unidentified',
  'unallocated',
  'ordersHeld',
  'lateDeliveries',
  'careTasks',
  'dunningTasks',
  'reviewTasks',
  'overdue',
  'disputed',
  'limitation',
  'temporaryLimits',
  'incompleteCustomers',
  'messages',
  'importsStopped',
  'dunningRuns',
  'dunningNotBegun',
] as const
export type TodayKey = (typeof todayKeys)[number]
