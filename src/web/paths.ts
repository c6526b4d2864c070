/** Every address of the web app, once. `paths.customer({ id })` is a link, `paths.customer.pattern` is what the router matches. */
export const paths = {
  home: page('/'),
  signIn: page('/sign-in'),
  signInCode: page('/sign-in/code'),
  forgotPassword: page('/forgot-password'),
  resetPassword: page('/reset-password'),
  invitation: page('/invitation/$token'),
  setup: page('/setup'),
  start: page('/start'),

  customers: page('/customers'),
  newCustomer: page('/customers/new'),
  duplicateCustomers: page('/customers/duplicates'),
  customer: page('/customers/$id'),
  editCustomer: page('/customers/$id/edit'),

  orders: page('/orders'),
  newOrder: page('/orders/new'),
  lateDeliveries: page('/orders/late'),
  order: page('/orders/$id'),
  editOrder: page('/orders/$id/edit'),

  receivables: page('/receivables'),
  newReceivable: page('/receivables/new'),
  missingReceivables: page('/receivables/missing'),
  receivable: page('/receivables/$id'),
  ageing: page('/ageing'),
  imports: page('/imports'),
  newImport: page('/imports/new/$kind'),
  import: page('/imports/$id'),

  receipts: page('/receipts'),
  newReceipt: page('/receipts/new'),
  receipt: page('/receipts/$id'),
  allocateReceipt: page('/receipts/$id/allocate'),
  allocations: page('/allocations'),
  bulkAllocation: page('/allocations/bulk'),

  dunningCases: page('/dunning/cases'),
  dunningCase: page('/dunning/cases/$id'),
  dunningLadders: page('/dunning/ladders'),
  dunningLadder: page('/dunning/ladders/$id'),
  dunningTemplates: page('/dunning/templates'),
  dunningRuns: page('/dunning/runs'),
  dunningRun: page('/dunning/runs/$id'),
  dunningBlocks: page('/dunning/blocks'),

  vouchers: page('/vouchers'),
  voucher: page('/vouchers/$id'),
  trialBalance: page('/trial-balance'),
  periods: page('/periods'),

  reports: page('/reports'),
  report: page('/reports/$key'),

  approvals: page('/approvals'),
  approval: page('/approvals/$id'),
  tasks: page('/tasks'),
  notifications: page('/notifications'),
  messages: page('/outbox'),
  message: page('/outbox/$id'),

  settings: page('/settings'),
  companySettings: page('/settings/company'),
  peopleSettings: page('/settings/people'),
  person: page('/settings/people/$id'),
  apiKeys: page('/settings/api-keys'),
  account: page('/settings/account'),
  customerSettings: page('/settings/customers'),
  paymentTerms: page('/settings/payment-terms'),
  holidays: page('/settings/holidays'),
  bookingRules: page('/settings/booking-rules'),
  creditRules: page('/settings/credit'),
  targets: page('/settings/targets'),
  kpiBasis: page('/settings/kpi-basis'),
  approvalRules: page('/settings/approvals'),
  products: page('/settings/products'),
  product: page('/settings/products/$id'),
  paymentMethods: page('/settings/payment-methods'),
  bankAccounts: page('/settings/bank-accounts'),
  ageingBuckets: page('/settings/ageing-buckets'),
  chartOfAccounts: page('/settings/accounts'),
  postingRules: page('/settings/posting-rules'),
  auditTrail: page('/settings/audit-trail'),
  verify: page('/settings/verify'),
  mailSettings: page('/settings/mail'),
  demo: page('/settings/demo'),
} as const

type Names<Pattern extends string> = Pattern extends `${string}$${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : Pattern extends `${string}$${infer Name}`
    ? Name
    : never
type Params<Pattern extends string> = { [Name in Names<Pattern>]: string }
type Search = Record<string, string | readonly string[] | undefined>
type Arguments<Pattern extends string> = [Names<Pattern>] extends [never] ? [search?: Search] : [params: Params<Pattern>, search?: Search]

export type Page<Pattern extends string = string> = ((...args: Arguments<Pattern>) => string) & { readonly pattern: Pattern }

function page<const Pattern extends string>(pattern: Pattern): Page<Pattern> {
  const build = (...args: (Record<string, unknown> | undefined)[]): string => {
    const [params, search] = pattern.includes('$') ? args : [undefined, args[0]]
    const path = pattern.replace(/\$(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])))
    const text = searchText((search ?? {}) as Search)
    return path + text
  }
  return Object.assign(build, { pattern }) as unknown as Page<Pattern>
}

/** { q: 'a', status: ['x', 'y'] } → '?q=a&status=x&status=y'; empty values are left out. */
export function searchText(search: Search): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one !== '') parameters.append(name, one)
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** The reverse; a name that stands twice becomes a list. Values stay text: '0012' must not become 12. */
export function readSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name]
    found[name] = before === undefined ? value : [before, value].flat()
  }
  return found
}

/** Where to go after sign-in: the `next` of the address, but never off this site ('//evil.example', also with a tab between the slashes, 'https:…') and never to sign-in itself. */
export function returnPath(next: unknown): string {
  const isOurs = typeof next === 'string' && next.startsWith('/') && URL.canParse(next, HERE) && new URL(next, HERE).origin === HERE
  return isOurs && !next.startsWith('/sign-in') ? next : '/'
}

/** Stands for this site, whatever it is called. */
const HERE = 'http://here.invalid'
