import type { HomeView } from '../../../modules/reports/home/home-views.ts'

/** The days that a role may look at, the own one first. What lies beyond the person's permissions or data scope is in none of them. */
export function viewsOf(role: string): readonly [HomeView, ...HomeView[]] {
  return byRole[role] ?? ['salesperson']
}

const byRole: Readonly<Record<string, readonly [HomeView, ...HomeView[]]>> = {
  administrator: ['financeManager', 'management', 'arAccountant'],
  financeManager: ['financeManager', 'management', 'arAccountant'],
  arAccountant: ['arAccountant', 'collector'],
  collector: ['collector', 'arAccountant'],
  salesManager: ['salesperson', 'management'],
  salesperson: ['salesperson'],
  auditor: ['management', 'arAccountant'],
}
