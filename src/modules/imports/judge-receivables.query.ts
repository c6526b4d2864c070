import { isCurrency } from '../../kernel/currency.ts'
import type { Day } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { receivableFacts } from '../receivables/receivable-facts.query.ts'
import type { ReceivableToOpen } from '../receivables/receivable-to-open.ts'
import type { ReceivableFacts, WantedReceivable } from '../receivables/wanted-receivable.ts'
import { judgeReceivable } from '../receivables/wanted-receivable.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import { type CustomerAnswer, type FoundCustomer, findCustomers } from './find-customers.query.ts'
import { type FoundNames, findRegions, findSalespeople, nameFindings, newCustomersTerms } from './find-names.query.ts'
import { type ImportContext, seenBefore } from './import-handler.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import { entryDay } from './opening-day.ts'
import { currencyMarks } from './read-amount.ts'
import type { Finding, ReadRow } from './read-row.ts'

/** What is saved of one row: the receivable, judged, and the day it was paid (history). `newCustomer`: its customer comes with the row. */
export type ReceivableInput = {
  readonly toOpen: ReceivableToOpen
  readonly settledOn: Day | undefined
  readonly amountText: string
  readonly rate: string | undefined
  readonly newCustomer: boolean
}

/** Judges rows of open items (kind `opening`: only what is still open is brought in, on the go-live day) and of invoice history (kind `manual`: on its own day). */
export async function judgeReceivableRows(
  reader: Reader,
  rows: readonly ReadRow[],
  context: ImportContext,
  kind: 'opening' | 'manual',
): Promise<JudgedRow[]> {
  const [people, regions] = await Promise.all([findSalespeople(reader, rows, context), findRegions(reader, rows, context)])
  const customers = await findCustomers(reader, rows, context, ({ values }) => ({
    salespersonId: people.ids.get(values['salesperson'] ?? ''),
    regionId: regions.ids.get(values['region'] ?? ''),
  }))
  const wanted = rows.map((row, index) => wantedOf(row, customers[index]!, { people, regions }, context, reader, kind))
  const newTerms = await newCustomersTerms(reader, context.options)
  const facts = withNewOnes(
    await receivableFacts(
      reader,
      wanted.filter((one) => one !== undefined),
    ),
    context,
    reader,
    newTerms,
  )
  return rows.map((row, index) => judged(row, customers[index]!, wanted[index], { people, regions, facts, context, reader, kind }))
}

type Names = { readonly people: FoundNames; readonly regions: FoundNames }

function wantedOf(
  row: ReadRow,
  { customer }: CustomerAnswer,
  { people, regions }: Names,
  { options }: ImportContext,
  reader: Reader,
  kind: 'opening' | 'manual',
): WantedReceivable | undefined {
  const { values } = row
  const amount = kind === 'opening' ? (values['open'] ?? values['amount']) : values['amount']
  const issuedOn = values['issuedOn'] as Day | undefined
  if (customer === undefined || amount === undefined || issuedOn === undefined) return undefined
  const currency = currencyOf(row, customer, reader)
  const original = kind === 'opening' && values['amount'] !== undefined && values['amount'] !== amount ? values['amount'] : undefined
  return {
    kind,
    customerId: customer.id,
    currency,
    rate: rateOf(row, currency, options.rates, reader.caller.baseCurrency),
    amount,
    tax: values['tax'],
    originalAmount: original,
    issuedOn,
    salespersonId: people.ids.get(values['salesperson'] ?? ''),
    regionId: regions.ids.get(values['region'] ?? ''),
    dueOn: values['dueOn'] as Day | undefined,
    entryOn: kind === 'opening' ? entryDay(options.openingOn ?? reader.today, issuedOn) : undefined,
    reference: values['reference'] ?? (kind === 'manual' ? values['sourceNo'] : undefined),
    sourceNo: values['sourceNo'],
    disputed: values['disputed'] === 'true',
    remark: values['remark'],
  }
}

/** The row's own currency, else its customer's, else the company's. */
export function currencyOf({ values }: ReadRow, customer: FoundCustomer | undefined, reader: Reader): string {
  return values['currency'] ?? customer?.currency ?? reader.caller.baseCurrency
}

/** The row's own rate, else the one given for the whole file; none for the base currency. */
export function rateOf({ values }: ReadRow, currency: string, rates: ImportContext['options']['rates'], base: string): string | undefined {
  if (currency === base) return values['rate']
  return values['rate'] ?? rates.find((one) => one.currency === currency)?.rate
}

/** Customers and regions that come with the file are as good as there. */
export function withNewOnes(
  facts: ReceivableFacts,
  { newCustomers, newRegions, revived }: ImportContext,
  reader: Reader,
  terms: PaymentTerms | null = null,
): ReceivableFacts {
  const customers = new Map(facts.customers)
  for (const id of revived.keys()) if (customers.has(id)) customers.set(id, { ...customers.get(id)!, status: 'active' })
  for (const { id, name, currency, salespersonId, regionId } of newCustomers.values())
    if (!customers.has(id))
      customers.set(id, {
        id,
        name,
        status: 'active',
        currency: currency ?? reader.caller.baseCurrency,
        salespersonId: salespersonId ?? null,
        regionId: regionId ?? null,
        terms,
      })
  return { ...facts, customers, regions: new Set([...facts.regions, ...newRegions.values()]) }
}

type Judging = Names & {
  readonly facts: ReceivableFacts
  readonly context: ImportContext
  readonly reader: Reader
  readonly kind: 'opening' | 'manual'
}

function judged(row: ReadRow, answer: CustomerAnswer, wanted: WantedReceivable | undefined, judging: Judging): JudgedRow {
  const { values, line } = row
  const { context, facts, kind } = judging
  const currency = currencyOf(row, answer.customer, judging.reader)
  const amountText = (kind === 'opening' ? (values['open'] ?? values['amount']) : values['amount']) ?? ''
  const amount = isCurrency(currency) ? parseMinor(amountText, currency) : undefined
  const outcome = wanted === undefined ? undefined : judgeReceivable(wanted, facts)
  const findings = [
    ...row.findings,
    ...answer.findings,
    ...ownFindings(row, wanted, judging),
    ...seenBefore(context, values['sourceNo'], line),
    ...(outcome !== undefined && 'issues' in outcome
      ? outcome.issues.map(asFinding).filter(({ field }) => !row.findings.some((one) => one.field === field))
      : []),
    ...markFindings(row, currency),
  ]
  const shown = {
    line,
    dueOnEmpty: values['dueOn'] === undefined && !row.findings.some((one) => one.field === 'dueOn'),
    title: values['customer'] ?? values['customerCode'] ?? values['taxId'] ?? '',
    currency,
    ...(amount === undefined ? {} : { amount }),
    findings,
  }
  if (outcome === undefined || !('toOpen' in outcome) || isRefused({ findings })) return shown
  const due: Finding[] =
    wanted!.dueOn === undefined
      ? [{ severity: 'noted', field: 'dueOn', code: 'imports.dueFromTerms', params: { day: outcome.toOpen.dueOn } }]
      : []
  const input: ReceivableInput = {
    toOpen: outcome.toOpen,
    settledOn: values['settledOn'] as Day | undefined,
    amountText,
    rate: wanted!.rate,
    newCustomer: answer.customer!.isNew,
  }
  return { ...shown, findings: [...findings, ...due], input }
}

function ownFindings(row: ReadRow, wanted: WantedReceivable | undefined, { people, regions, context, reader, kind }: Judging): Finding[] {
  const { values, findings } = row
  const isUnread = (field: string) => findings.some((one) => one.field === field)
  const refuse = (field: string, code: string, params = {}, fix = 'fillIn'): Finding => ({
    severity: 'refused',
    field,
    code: `imports.${code}`,
    params,
    fix,
  })
  const warn = (field: string, code: string, params = {}): Finding => ({ severity: 'warned', field, code: `imports.${code}`, params })
  const { settledOn, issuedOn } = values
  const openingOn = context.options.openingOn ?? reader.today
  const found: (Finding | false | undefined)[] = [
    issuedOn === undefined && !isUnread('issuedOn') && refuse('issuedOn', 'empty'),
    values['amount'] === undefined && values['open'] === undefined && !isUnread('amount') && !isUnread('open') && refuse('amount', 'empty'),
    kind === 'opening' &&
      issuedOn !== undefined &&
      issuedOn > openingOn &&
      issuedOn <= reader.today &&
      warn('issuedOn', 'issuedAfterOpening', { day: issuedOn, opening: openingOn }),
    wanted !== undefined && wanted.dueOn === undefined && !isUnread('dueOn') && !context.options.dueFromTerms && refuse('dueOn', 'empty'),
    settledOn !== undefined &&
      issuedOn !== undefined &&
      settledOn < issuedOn &&
      refuse('settledOn', 'settledBeforeIssue', { day: settledOn, issuedOn }, 'fixDay'),
    settledOn !== undefined && settledOn > reader.today && refuse('settledOn', 'settledInFuture', { day: settledOn }, 'fixDay'),
    kind === 'manual' && values['sourceNo'] === undefined && !isUnread('sourceNo') && refuse('sourceNo', 'empty'),
  ]
  return [...found.filter((one) => one !== false && one !== undefined), ...nameFindings(people, row), ...nameFindings(regions, row)]
}

/** A sign beside an amount that does not fit the row's currency is a doubt, not a decoration. */
export function markFindings({ marks }: ReadRow, currency: string): Finding[] {
  return Object.entries(marks).flatMap(([field, mark]) =>
    currencyMarks[mark]?.includes(currency) === false
      ? [{ severity: 'refused' as const, field, code: 'imports.currencyMarkDiffers', params: { mark, currency }, fix: 'fixCurrency' }]
      : [],
  )
}

const FIELDS: Readonly<Record<string, string>> = {
  customerId: 'customer',
  salespersonId: 'salesperson',
  regionId: 'region',
  originalAmount: 'amount',
  entryOn: 'issuedOn',
}
const FIXES: Readonly<Record<string, string>> = {
  amount: 'fixAmount',
  open: 'fixAmount',
  originalAmount: 'fixAmount',
  tax: 'fixAmount',
  issuedOn: 'fixDay',
  dueOn: 'fixDay',
  entryOn: 'fixDay',
  rate: 'giveRate',
  currency: 'fixCurrency',
  sourceNo: 'removeOne',
}

/** What the receivables' own rules refuse, in words of the file. A number that is there already is not an error: the row came in before. */
function asFinding({
  path,
  code,
  params,
}: {
  readonly path: string
  readonly code: string
  readonly params?: Record<string, string | number>
}): Finding {
  const isThere = code === 'receivables.sourceNoTaken'
  return {
    severity: isThere ? 'already' : 'refused',
    field: FIELDS[path] ?? path,
    code: isThere ? 'imports.alreadyThere' : code,
    params: isThere ? { value: String(params?.['sourceNo'] ?? '') } : (params ?? {}),
    fix: isThere ? 'leaveOut' : (FIXES[path] ?? 'fillIn'),
  }
}
