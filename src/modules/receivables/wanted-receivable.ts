import { minorUnits } from '../../kernel/currency.ts'
import { type Day, periodOf } from '../../kernel/day.ts'
import { decimalsOf } from '../../kernel/fraction.ts'
import { formatMinor, money, parseMinor } from '../../kernel/money.ts'
import { convertMinor } from '../../kernel/percent.ts'
import type { Issue, ProblemParams } from '../../kernel/problem.ts'
import type { Calendar } from '../terms/calendar.ts'
import { dueDates } from '../terms/due-date.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import type { ReceivableToOpen } from './receivable-to-open.ts'

/**
 * A receivable as a person or a file says it: amounts as decimal text, tax included; what is left out comes from the customer and the company. Without `dueOn` the
 * customer's terms say when it is due, counted from the issue day. `originalAmount` is what an opening item once was: only what was open at go-live is brought in.
 */
export type WantedReceivable = {
  readonly kind: 'manual' | 'opening'
  readonly customerId: string
  /** The order whose receivable was missing: by hand, up to what is left of it. */
  readonly orderId?: string | undefined
  readonly entityId?: string | undefined
  readonly salespersonId?: string | undefined
  readonly regionId?: string | undefined
  readonly currency?: string | undefined
  readonly rate?: string | undefined
  readonly amount: string
  readonly tax?: string | undefined
  readonly originalAmount?: string | undefined
  readonly lines?: readonly { readonly productId: string; readonly amount: string; readonly tax?: string | undefined }[] | undefined
  readonly issuedOn: Day
  readonly dueOn?: Day | undefined
  readonly entryOn?: Day | undefined
  readonly reference?: string | undefined
  readonly sourceNo?: string | undefined
  readonly disputed?: boolean | undefined
  readonly remark?: string | undefined
}

/** What judging a list needs to know of everything it names. */
export type ReceivableFacts = {
  readonly today: Day
  readonly baseCurrency: string
  readonly customers: ReadonlyMap<string, CustomerFact>
  /** Active legal entities, the default first. */
  readonly entities: readonly string[]
  readonly people: ReadonlySet<string>
  readonly regions: ReadonlySet<string>
  readonly products: ReadonlySet<string>
  /** Approved orders that were named; `left`: what is owed of the order by now and stands in no receivable, minor units. */
  readonly orders: ReadonlyMap<
    string,
    { readonly id: string; readonly customerId: string; readonly currency: string; readonly left: bigint }
  >
  /** Source numbers that are there already, with whose and how much they are. */
  readonly sourceNos: ReadonlyMap<string, { readonly customerId: string; readonly amount: bigint }>
  readonly closedPeriods: ReadonlySet<number>
  readonly calendarOf: (id: string) => Calendar
}
export type CustomerFact = {
  readonly id: string
  readonly name: string
  readonly status: 'active' | 'disabled' | 'merged'
  readonly currency: string
  readonly salespersonId: string | null
  readonly regionId: string | null
  /** Those it began with. */
  readonly terms: PaymentTerms | null
  /** Those it was given since, the latest first. */
  readonly laterTerms?: readonly { readonly from: Day; readonly terms: PaymentTerms }[]
}

/** The receivable to open, or everything that is wrong with it, the field named by `path`. Pure: the facts were read before. */
export function judgeReceivable(
  wanted: WantedReceivable,
  facts: ReceivableFacts,
): { readonly toOpen: ReceivableToOpen } | { readonly issues: readonly Issue[] } {
  const customer = facts.customers.get(wanted.customerId)
  if (customer === undefined) return { issues: [{ path: 'customerId', code: 'receivables.customerUnknown' }] }
  const currency = wanted.currency ?? customer.currency
  const amounts = amountsOf(wanted, currency)
  const due = dueOf(wanted, customer, currency, facts)
  const issues = [
    ...partyIssues(wanted, customer, facts),
    ...orderIssues(wanted, currency, amounts.amount, facts),
    ...sourceNoIssues(wanted, amounts.amount, facts),
    ...amounts.issues,
    ...rateIssues(wanted, currency, facts),
    ...dayIssues(wanted, due?.effective, facts),
  ]
  if (issues.length > 0 || due === undefined) return { issues }
  const base = facts.baseCurrency
  const toBase = (minor: bigint): bigint =>
    currency === base ? minor : convertMinor(minor, wanted.rate!, minorUnits(currency), minorUnits(base))
  const tax = amounts.lines.reduce((sum, line) => sum + line.tax, 0n)
  return {
    toOpen: {
      kind: wanted.kind,
      entityId: wanted.entityId ?? facts.entities[0]!,
      customerId: customer.id,
      orderId: wanted.orderId ?? null,
      partNo: null,
      partName: null,
      salespersonId: wanted.salespersonId ?? customer.salespersonId,
      regionId: wanted.regionId ?? customer.regionId,
      currency,
      amountBase: toBase(amounts.amount),
      taxBase: toBase(tax),
      lines: amounts.lines,
      issuedOn: wanted.issuedOn,
      dueOn: due.effective,
      contractDueOn: due.contract,
      entryOn: wanted.entryOn ?? wanted.issuedOn,
      reference: wanted.reference || null,
      sourceNo: wanted.sourceNo || null,
      disputed: wanted.disputed ?? false,
      remark: wanted.remark ?? '',
      terms: wanted.originalAmount === undefined ? null : { originalAmount: wanted.originalAmount },
    },
  }
}

function partyIssues(wanted: WantedReceivable, customer: CustomerFact, facts: ReceivableFacts): Issue[] {
  const { entityId, salespersonId, regionId } = wanted
  return list(
    customer.status !== 'active' && issue('customerId', 'receivables.customerNotActive', { name: customer.name }),
    entityId !== undefined && !facts.entities.includes(entityId) && issue('entityId', 'receivables.entityUnknown'),
    salespersonId !== undefined && !facts.people.has(salespersonId) && issue('salespersonId', 'receivables.salespersonUnknown'),
    regionId !== undefined && !facts.regions.has(regionId) && issue('regionId', 'receivables.regionUnknown'),
    ...(wanted.lines ?? []).map(
      (line, i) => !facts.products.has(line.productId) && issue(`lines.${i}.productId`, 'receivables.productUnknown'),
    ),
  )
}

function orderIssues({ orderId, customerId }: WantedReceivable, currency: string, amount: bigint, { orders }: ReceivableFacts): Issue[] {
  if (orderId === undefined) return []
  const order = orders.get(orderId)
  if (order === undefined) return [issue('orderId', 'receivables.orderUnknown')]
  if (order.customerId !== customerId || order.currency !== currency) return [issue('orderId', 'receivables.orderOfAnother')]
  return list(amount > order.left && issue('amount', 'receivables.exceedsOrder', { left: formatMinor(order.left, currency) }))
}

/** The same document again is one thing; the same number on another customer's document, or over another amount, is a mistake that must not pass for it. */
function sourceNoIssues({ sourceNo, customerId }: WantedReceivable, amount: bigint, facts: ReceivableFacts): Issue[] {
  const there = sourceNo === undefined ? undefined : facts.sourceNos.get(sourceNo)
  if (sourceNo === undefined || there === undefined) return []
  const isSame = there.customerId === customerId && there.amount === amount
  return [issue('sourceNo', isSame ? 'receivables.sourceNoTaken' : 'receivables.sourceNoOfAnother', { sourceNo })]
}

type Amounts = { readonly amount: bigint; readonly lines: ReceivableToOpen['lines']; readonly issues: readonly Issue[] }

function amountsOf(wanted: WantedReceivable, currency: string): Amounts {
  const units = { currency, units: minorUnits(currency) }
  const amount = parseMinor(wanted.amount, currency)
  const tax = parseMinor(wanted.tax ?? '0', currency)
  const original = wanted.originalAmount === undefined ? amount : parseMinor(wanted.originalAmount, currency)
  const lines = (wanted.lines ?? []).map((line) => ({
    productId: line.productId,
    amount: parseMinor(line.amount, currency),
    tax: parseMinor(line.tax ?? '0', currency),
  }))
  const issues = list(
    (amount === undefined || amount <= 0n) &&
      issue('amount', amount === undefined ? unreadable(wanted.amount, currency) : 'receivables.amountNotPositive', units),
    tax === undefined && issue('tax', unreadable(wanted.tax ?? '', currency), units),
    tax !== undefined && amount !== undefined && (tax < 0n || tax >= amount) && tax !== 0n && issue('tax', 'receivables.taxOutOfRange'),
    wanted.originalAmount !== undefined &&
      (original === undefined || original < (amount ?? 0n)) &&
      issue(
        'originalAmount',
        original === undefined ? unreadable(wanted.originalAmount, currency) : 'receivables.originalBelowOpen',
        units,
      ),
    ...lines.map(
      (line, i) =>
        (line.amount === undefined || line.tax === undefined || line.amount <= 0n || line.tax < 0n || line.tax > line.amount) &&
        issue(`lines.${i}.amount`, 'receivables.lineAmount'),
    ),
  )
  if (issues.length > 0 || amount === undefined || tax === undefined) return { amount: 0n, lines: [], issues }
  if (lines.length === 0) return { amount, lines: [{ productId: null, net: amount - tax, tax }], issues }
  const total = lines.reduce((sum, line) => sum + line.amount!, 0n)
  if (total !== amount) return { amount, lines: [], issues: [issue('lines', 'receivables.linesDoNotAddUp')] }
  return { amount, lines: lines.map((line) => ({ productId: line.productId, net: line.amount! - line.tax!, tax: line.tax! })), issues }
}

/** Why an amount of the right grammar cannot be read in this currency. */
function unreadable(text: string, currency: string): string {
  if (decimalsOf(text) > minorUnits(currency)) return 'platform.tooManyDecimals'
  return text.startsWith('-') ? 'receivables.amountNotPositive' : 'platform.numberTooLarge'
}

function rateIssues({ rate }: WantedReceivable, currency: string, { baseCurrency }: ReceivableFacts): Issue[] {
  return list(
    currency !== baseCurrency &&
      (rate === undefined || Number(rate) === 0) &&
      issue('rate', 'receivables.rateMissing', { currency, base: baseCurrency }),
    currency === baseCurrency && rate !== undefined && Number(rate) !== 1 && issue('rate', 'receivables.rateNotOne', { currency }),
  )
}

function dayIssues(wanted: WantedReceivable, dueOn: Day | undefined, { today, closedPeriods }: ReceivableFacts): Issue[] {
  const { issuedOn } = wanted
  const entryOn = wanted.entryOn ?? issuedOn
  const field = wanted.entryOn === undefined ? 'issuedOn' : 'entryOn'
  return list(
    dueOn === undefined && issue('dueOn', 'receivables.dueOnMissing'),
    dueOn !== undefined && dueOn < issuedOn && issue('dueOn', 'receivables.dueBeforeIssue', { issuedOn }),
    entryOn < issuedOn && issue('entryOn', 'receivables.beforeIssue', { day: entryOn, issuedOn }),
    entryOn > today && issue(field, 'receivables.inFuture', { today }),
    closedPeriods.has(periodOf(entryOn)) && issue(field, 'receivables.periodClosed', { period: entryOn.slice(0, 7) }),
  )
}

/** As said, else by the customer's terms when these know one single due day. */
function dueOf(
  wanted: WantedReceivable,
  customer: CustomerFact,
  currency: string,
  { calendarOf, today }: ReceivableFacts,
): { effective: Day; contract: Day } | undefined {
  const day = wanted.issuedOn
  const said = wanted.dueOn ?? (day > today ? day : undefined) // what is issued in the future is refused as such; its due day may lie beyond the calendar
  if (said !== undefined) return { effective: said, contract: said }
  const terms = customer.laterTerms?.find((one) => one.from <= day)?.terms ?? customer.terms
  if (terms === null || terms.parts.length !== 1) return undefined
  const [part] = dueDates(
    terms,
    { order: day, approval: day, delivery: day, acceptance: day, invoice: day },
    money(parseMinor(wanted.amount, currency) ?? 0n, currency),
    calendarOf(terms.calendar),
  )
  return { effective: part!.effectiveDue, contract: part!.contractDue }
}

function issue(path: string, code: string, params: ProblemParams = {}): Issue {
  return { path, code, params }
}
function list(...found: readonly (Issue | false)[]): Issue[] {
  return found.filter((one) => one !== false)
}
