import type { Day } from '../../kernel/day.ts'
import type { Rate } from '../../kernel/percent.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type DraftSources, draftSources } from '../orders/draft-defaults.query.ts'
import { type OrderDraft, orderAmounts, orderContent, orderContentIssues } from '../orders/order-draft.ts'
import { createOrders } from '../orders/save-orders.command.ts'
import { type CustomerAnswer, findCustomers } from './find-customers.query.ts'
import { type FoundNames, findSalespeople, nameFindings } from './find-names.query.ts'
import type { ImportContext, ImportHandler } from './import-handler.query.ts'
import { rateOf } from './judge-receivables.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import type { Finding, ReadRow } from './read-row.ts'

/** 订单: one row a line; neighbouring rows of one order number are one order, and come in as one draft or not at all. The order's head is taken from its first row. */
export const ordersImport: ImportHandler = {
  groupKey: (row) => row.values['sourceNo'] ?? `line ${row.line}`,
  judge: judgeOrderRows,
  save: async (tx, rows) => ({
    orders: await createOrders(
      tx,
      rows.flatMap((row) => (row.input === LINE ? [] : [row.input as OrderDraft])),
    ),
  }),
}

/** A further line of an order that its first row carries. */
const LINE = Symbol('line of an order')

async function judgeOrderRows(reader: Reader, rows: readonly ReadRow[], context: ImportContext): Promise<JudgedRow[]> {
  const noCreation = { ...context, options: { ...context.options, createCustomers: false } }
  const [customers, people, products, numbers] = await Promise.all([
    findCustomers(reader, rows, noCreation),
    findSalespeople(reader, rows, context),
    findProducts(reader, rows),
    knownNumbers(reader, rows),
  ])
  const groups = neighbours(rows)
  const orders = groups.map((group) => ({
    group,
    draft: draftOf(
      group.map((index) => rows[index]!),
      customers[group[0]!]!,
      people.ids,
      products,
      context,
      reader.caller.baseCurrency,
    ),
  }))
  const sources = await draftSources(
    reader,
    orders.flatMap(({ draft }) => draft ?? []),
  )
  return orders.flatMap(({ group, draft }): JudgedRow[] => {
    const own = group.map((index) =>
      rowFindings(rows[index]!, products, people, context, group[0] === index ? customers[index]! : undefined, numbers),
    )
    const amount = draft === undefined ? undefined : judgeOrder(draft, reader, sources, own)
    return group.map((index, place) => judgedLine(rows[index]!, own, place, draft, amount))
  })
}

/** One line's verdict: an order comes in whole or not at all, so a fine line beside a refused one is refused too. The first line carries the order. */
function judgedLine(
  { line, values }: ReadRow,
  own: readonly (readonly Finding[])[],
  place: number,
  draft: OrderDraft | undefined,
  amount: bigint | undefined,
): JudgedRow {
  const title = values['sourceNo'] ?? ''
  const isBesideRefused = own.some((findings) => isRefused({ findings })) && !isRefused({ findings: own[place]! })
  const beside: Finding = {
    severity: 'refused',
    field: 'sourceNo',
    code: 'imports.otherLineRefused',
    params: { value: title },
    fix: 'fixOrder',
  }
  const findings = isBesideRefused ? [...own[place]!, beside] : own[place]!
  const head = place === 0 && draft !== undefined && amount !== undefined ? { currency: draft.currency ?? '', amount } : {}
  return { line, title, ...head, findings, ...(isRefused({ findings }) ? {} : { input: place === 0 ? draft : LINE }) }
}

function neighbours(rows: readonly ReadRow[]): number[][] {
  const groups: number[][] = []
  rows.forEach((row, index) => {
    const last = groups.at(-1)
    const no = row.values['sourceNo']
    if (last !== undefined && no !== undefined && rows[last[0]!]!.values['sourceNo'] === no) last.push(index)
    else groups.push([index])
  })
  return groups
}

function draftOf(
  rows: readonly ReadRow[],
  { customer }: CustomerAnswer,
  people: ReadonlyMap<string, string>,
  products: ReadonlyMap<string, string>,
  { options }: ImportContext,
  base: string,
): OrderDraft | undefined {
  const { values } = rows[0]!
  if (
    customer === undefined ||
    rows.some((row) => products.get(row.values['product'] ?? '') === undefined || row.values['quantity'] === undefined)
  )
    return undefined
  const currency = values['currency'] ?? customer.currency ?? base
  return {
    customerId: customer.id,
    currency,
    rate: (rateOf(rows[0]!, currency, options.rates, base) ?? undefined) as Rate | undefined,
    orderedOn: values['orderedOn'] as Day | undefined,
    deliveryOn: values['deliveryOn'] as Day | undefined,
    ...(people.has(values['salesperson'] ?? '') ? { salespersonId: people.get(values['salesperson'] ?? '') } : {}),
    customerReference: values['customerReference'],
    remark: values['remark'],
    sourceNo: values['sourceNo'],
    lines: rows.map((row) => ({
      productId: products.get(row.values['product']!)!,
      quantity: row.values['quantity']!,
      ...(row.values['unitPrice'] === undefined ? {} : { unitPrice: row.values['unitPrice'] }),
      ...(row.values['vatRate'] === undefined ? {} : { vatRate: row.values['vatRate'] as Rate }),
    })),
  }
}

/** The order's own rules; what they find is put on the row of its line. Returns the order's amount when its figures hold. */
function judgeOrder(draft: OrderDraft, reader: Reader, sources: DraftSources, own: Finding[][]): bigint | undefined {
  const { baseCurrency } = reader.caller
  const customer = sources.customers.get(draft.customerId)
  if (customer === undefined) return undefined
  const content = orderContent(
    draft,
    { today: reader.today, baseCurrency, entityId: sources.entityId, customer, products: sources.products },
    (id) => sources.terms.get(id),
  )
  const issues = orderContentIssues(content, baseCurrency)
  for (const { path, code, params } of issues) {
    const [, at, field] = /^lines\.(\d+)\.?(.*)$/.exec(path) ?? []
    own[at === undefined ? 0 : Number(at)]!.push({
      severity: 'refused',
      field: field || path,
      code,
      params: params ?? {},
      fix: path === 'rate' ? 'giveRate' : 'fixAmount',
    })
  }
  return issues.length === 0 ? orderAmounts(content, baseCurrency).gross : undefined
}

function rowFindings(
  row: ReadRow,
  products: ReadonlyMap<string, string>,
  people: FoundNames,
  context: ImportContext,
  customer: CustomerAnswer | undefined,
  numbers: ReadonlySet<string>,
): Finding[] {
  const { values, findings, line } = row
  const empty = (field: string): Finding[] =>
    values[field] !== undefined || findings.some((one) => one.field === field)
      ? []
      : [{ severity: 'refused', field, code: 'imports.empty', fix: 'fillIn' }]
  const { product, sourceNo } = values
  const first = sourceNo === undefined ? undefined : context.seen.get(sourceNo)
  if (sourceNo !== undefined && customer !== undefined && first === undefined) context.seen.set(sourceNo, line)
  return [
    ...findings,
    ...(customer?.findings ?? []),
    ...empty('sourceNo'),
    ...empty('orderedOn'),
    ...empty('product'),
    ...empty('quantity'),
    ...(product !== undefined && !products.has(product)
      ? [{ severity: 'refused' as const, field: 'product', code: 'imports.productUnknown', params: { value: product }, fix: 'fillIn' }]
      : []),
    ...nameFindings(people, row),
    ...(customer !== undefined && first !== undefined && first !== line
      ? [
          {
            severity: 'refused' as const,
            field: 'sourceNo',
            code: 'imports.orderTornApart',
            params: { value: sourceNo!, line: first },
            fix: 'sortRows',
          },
        ]
      : []),
    ...(numbers.has(sourceNo ?? '')
      ? [{ severity: 'already' as const, field: 'sourceNo', code: 'imports.alreadyThere', params: { value: sourceNo! }, fix: 'leaveOut' }]
      : []),
  ]
}

/** Product ids by code, else by name where one product has it. */
async function findProducts(reader: Reader, rows: readonly ReadRow[]): Promise<Map<string, string>> {
  const names = [...new Set(rows.map((row) => row.values['product']).filter((name) => name !== undefined))]
  const found = await reader.all<{
    value: string
    id: string
    byCode: boolean
  }>(sql`select x.value, p.id, p.code = x.value as by_code from unnest(${names}::text[]) x(value)
    join ar.products p on p.tenant_id = ${reader.caller.tenantId} and p.status = 'active' and (p.code = x.value or p.name = x.value)`)
  return new Map(
    [...Map.groupBy(found, (one) => one.value)].flatMap(([value, same]) => {
      const chosen = same.find((one) => one.byCode) ?? (same.length === 1 ? same[0] : undefined)
      return chosen === undefined ? [] : [[value, chosen.id] as const]
    }),
  )
}

async function knownNumbers(reader: Reader, rows: readonly ReadRow[]): Promise<Set<string>> {
  const numbers = [...new Set(rows.flatMap((row) => row.values['sourceNo'] ?? []))]
  const found = await reader.report<{ sourceNo: string }>(
    sql`select o.source_no from ar.orders o where o.tenant_id = ${reader.caller.tenantId} and o.status <> 'cancelled' and o.source_no = any(${numbers}::text[])`,
  )
  return new Set(found.map((row) => row.sourceNo))
}
