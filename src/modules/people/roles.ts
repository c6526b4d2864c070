/** What each role may do. The one table: routes name a permission, the generated matrix test checks route × role against it. */
export const roles = ['administrator', 'financeManager', 'arAccountant', 'collector', 'salesManager', 'salesperson', 'auditor'] as const
export type Role = (typeof roles)[number]

const F = 'financeManager'
const A = 'arAccountant'
const C = 'collector'
const M = 'salesManager'
const S = 'salesperson'
const U = 'auditor'

/** Permission → roles beside the administrator, who has all of them. */
const granted: Readonly<Record<string, readonly Role[]>> = {
  'company.view': [F, A, C, M, S, U],
  'company.edit': [],
  'people.view': [F, M, U],
  'people.edit': [],
  'people.editKeys': [],
  'people.shareViews': [F, A, M],
  'audit.view': [F, U],
  'approvals.view': [F, A, C, M, S, U],
  'approvals.decide': [F, M],
  'approvals.editRules': [F],
  'customers.view': [F, A, C, M, S, U],
  'customers.edit': [F, A, M, S],
  'customers.viewSensitive': [F, A, C, U],
  'customers.merge': [F, A],
  'products.view': [F, A, C, M, S, U],
  'products.edit': [F, A, M],
  'terms.view': [F, A, C, M, S, U],
  'terms.edit': [F],
  'credit.view': [F, A, C, M, S, U],
  'credit.request': [F, A, M, S],
  'credit.hold': [F],
  'orders.view': [F, A, C, M, S, U],
  'orders.edit': [F, A, M, S],
  'orders.deliver': [F, A, M, S],
  'receivables.view': [F, A, C, M, S, U],
  'receivables.open': [F, A],
  'receivables.reschedule': [F, A],
  'receipts.view': [F, A, C, M, S, U],
  'receipts.record': [F, A, S],
  'receipts.confirm': [F, A],
  'receipts.reverse': [F, A],
  'allocations.allocate': [F, A],
  'allocations.reverse': [F, A],
  'ageing.view': [F, A, C, M, S, U],
  'messages.view': [F, A, C, U],
  'messages.edit': [],
  'messages.release': [F],
  'dunning.view': [F, A, C, M, S, U],
  'dunning.edit': [F],
  'dunning.run': [F, C],
  'reports.view': [F, A, C, M, S, U],
  'reports.export': [F, A, C, M, S, U],
  'vouchers.view': [F, A, U],
  'vouchers.editRules': [F],
  'vouchers.closePeriod': [F],
  'imports.run': [F, A],
}

export const permissions: readonly string[] = Object.keys(granted)

export function permissionsOf(role: Role): ReadonlySet<string> {
  return new Set(role === 'administrator' ? permissions : permissions.filter((permission) => granted[permission]!.includes(role)))
}
