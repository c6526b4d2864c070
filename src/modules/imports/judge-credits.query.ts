import type { Day } from '../../kernel/day.ts'
import { periodOf } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import type { WantedReceipt } from '../receipts/record-receipts.command.ts'
import { receivableFacts } from '../receivables/receivable-facts.query.ts'
import type { ReceivableFacts } from '../receivables/wanted-receivable.ts'
import { type CustomerAnswer, findCustomers } from './find-customers.query.ts'
import { findRegions, findSalespeople, nameFindings } from './find-names.query.ts'
import { type ImportContext, seenBefore } from './import-handler.query.ts'
import { currencyOf, markFindings, rateOf, withNewOnes } from './judge-receivables.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import { knownNumbers } from './known-receipts.query.ts'
import { entryDay } from './opening-day.ts'
import type { Finding, ReadRow } from './read-row.ts'

/** A credit of the customer that was there at go-live: unallocated money by the books. `newCustomer`: its customer comes with the row. */
export type CreditInput = { readonly credit: WantedReceipt; readonly newCustomer: boolean }

/** 红字、预收: a row whose open amount is below zero. */
export function isCreditRow({ values }: ReadRow): boolean {
  return (values['open'] ?? values['amount'])?.startsWith('-') === true
}

/** Judges rows below zero: each is the customer's credit, unallocated, on the opening day (its own day if it was issued later). The day it was issued stays in its reference. */
export async function judgeCreditRows(reader: Reader, rows: readonly ReadRow[], context: ImportContext): Promise<JudgedRow[]> {
  if (rows.length === 0) return []
  const [people, regions, numbers] = await Promise.all([
    findSalespeople(reader, rows, context),
    findRegions(reader, rows, context),
    knownNumbers(reader, rows),
  ])
  const customers = await findCustomers(reader, rows, context, ({ values }) => ({
    salespersonId: people.ids.get(values['salesperson'] ?? ''),
    regionId: regions.ids.get(values['region'] ?? ''),
  }))
  const credits = rows.map((row, index) => creditOf(row, customers[index]!, context, reader))
  const facts = withNewOnes(await receivableFacts(reader, credits.flatMap(asWanted)), context, reader)
  return rows.map((row, index) => {
    const credit = credits[index]!
    const currency = currencyOf(row, customers[index]!.customer, reader)
    const amount = parseMinor(row.values['open'] ?? row.values['amount']!, currency)
    const findings = [
      ...row.findings,
      ...customers[index]!.findings,
      ...seenBefore(context, row.values['sourceNo'], row.line),
      ...markFindings(row, currency),
      ...ownFindings(row, credit, facts),
      ...nameFindings(people, row),
      ...nameFindings(regions, row),
      ...(numbers.has(row.values['sourceNo'] ?? '') ? [alreadyThere(row)] : []),
    ]
    const title = row.values['customer'] ?? row.values['customerCode'] ?? row.values['taxId'] ?? ''
    const shown = { line: row.line, title, currency, ...(amount === undefined ? {} : { amount }) }
    if (credit === undefined || isRefused({ findings })) return { ...shown, findings }
    const input: CreditInput = { credit, newCustomer: customers[index]!.customer!.isNew }
    return { ...shown, findings: [...findings, { severity: 'noted', field: 'amount', code: 'imports.asCredit' }], input }
  })
}

function creditOf(row: ReadRow, { customer }: CustomerAnswer, { options }: ImportContext, reader: Reader): WantedReceipt | undefined {
  const { values } = row
  const issuedOn = values['issuedOn'] as Day | undefined
  if (customer === undefined || issuedOn === undefined) return undefined
  const currency = currencyOf(row, customer, reader)
  const { reference, sourceNo, remark } = values
  return {
    customerId: customer.id,
    orderId: null,
    currency,
    rate: rateOf(row, currency, options.rates, reader.caller.baseCurrency),
    amount: (values['open'] ?? values['amount']!).slice(1),
    fee: '0',
    receivedOn: entryDay(options.openingOn ?? reader.today, issuedOn),
    methodId: null,
    bankAccountId: null,
    payerName: null,
    payerAccount: null,
    reference: [reference, sourceNo, issuedOn].filter((one) => one !== undefined).join(' '),
    remark: remark ?? '',
    channel: null,
    channelTx: null,
    sourceNo: sourceNo ?? null,
  }
}

/** What the receivables' question needs to answer whose row it is and which periods are closed. */
function asWanted(credit: WantedReceipt | undefined) {
  if (credit === undefined) return []
  const { customerId, amount, receivedOn, sourceNo } = credit
  return [{ kind: 'opening' as const, customerId: customerId!, amount, issuedOn: receivedOn, sourceNo: sourceNo ?? undefined }]
}

function ownFindings({ values, findings }: ReadRow, credit: WantedReceipt | undefined, facts: ReceivableFacts): Finding[] {
  const refuse = (field: string, code: string, params = {}, fix = 'fillIn'): Finding => ({ severity: 'refused', field, code, params, fix })
  if (credit === undefined)
    return values['issuedOn'] === undefined && !findings.some((one) => one.field === 'issuedOn')
      ? [refuse('issuedOn', 'imports.empty')]
      : []
  const { amount, rate, receivedOn, sourceNo } = credit
  const currency = credit.currency!
  const base = facts.baseCurrency
  const customer = facts.customers.get(credit.customerId!)
  const found: (Finding | false)[] = [
    parseMinor(amount, currency) === undefined && refuse('amount', 'platform.tooManyDecimals', { currency }, 'fixAmount'),
    customer !== undefined &&
      customer.status !== 'active' &&
      refuse('customer', 'receivables.customerNotActive', { name: customer.name }, 'fixCustomer'),
    sourceNo !== null && facts.sourceNos.has(sourceNo) && refuse('sourceNo', 'receivables.sourceNoOfAnother', { sourceNo }, 'removeOne'),
    currency !== base && Number(rate ?? '0') === 0 && refuse('rate', 'receipts.rateMissing', { currency, base }, 'giveRate'),
    currency === base && rate !== undefined && Number(rate) !== 1 && refuse('rate', 'receipts.rateNotOne', { currency }, 'giveRate'),
    receivedOn > facts.today && refuse('issuedOn', 'receivables.inFuture', { today: facts.today }, 'fixDay'),
    facts.closedPeriods.has(periodOf(receivedOn)) &&
      refuse('issuedOn', 'receivables.periodClosed', { period: receivedOn.slice(0, 7) }, 'fixDay'),
  ]
  return found.filter((one) => one !== false)
}

function alreadyThere({ values }: ReadRow): Finding {
  return { severity: 'already', field: 'sourceNo', code: 'imports.alreadyThere', params: { value: values['sourceNo']! }, fix: 'leaveOut' }
}
