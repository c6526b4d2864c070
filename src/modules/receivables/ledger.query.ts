import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { habitDays } from './habits.query.ts'

/** What the ledger can be asked for. Amounts in minor units; bucket days as in the contract. */
export type LedgerFilter = {
  readonly [key in
    | 'customerId'
    | 'groupId'
    | 'salespersonId'
    | 'teamId'
    | 'regionId'
    | 'productId'
    | 'orderId'
    | 'entityId'
    | 'industry'
    | 'customerClass'
    | 'currency'
    | 'search']?: string | undefined
} & { readonly [key in 'dueFrom' | 'dueUntil' | 'issuedFrom' | 'issuedUntil' | 'expectedFrom' | 'expectedUntil']?: Day | undefined } & {
  readonly kind?: readonly string[] | undefined
  readonly status?: readonly LedgerStatus[] | undefined
  readonly least?: bigint | undefined
  readonly most?: bigint | undefined
  readonly basis: 'due' | 'issued'
  readonly bucketFrom?: number | undefined
  readonly bucketTo?: number | undefined
}
type LedgerStatus = 'open' | 'partly' | 'overdue' | 'notDue' | 'settled' | 'voided' | 'disputed'
export type LedgerSort = 'due' | '-due' | 'issued' | '-issued' | '-open'

export type LedgerRow = {
  readonly id: string
  readonly no: string
  readonly kind: 'order' | 'manual' | 'opening'
  readonly customerId: string
  readonly customerCode: string
  readonly customerName: string
  readonly orderId: string | null
  readonly orderNo: string | null
  readonly partName: string | null
  readonly salespersonId: string | null
  readonly salespersonName: string | null
  readonly regionId: string | null
  readonly regionName: string | null
  readonly reference: string | null
  readonly sourceNo: string | null
  readonly currency: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly open: bigint
  readonly openBase: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly contractDueOn: Day
  readonly settledOn: Day | null
  readonly voidedOn: Day | null
  readonly disputed: boolean
  readonly version: number
}

const SORTS: Readonly<
  Record<LedgerSort, { readonly column: Sql; readonly descending: boolean; readonly type: Sql; readonly of: (row: LedgerRow) => string }>
> = {
  due: { column: sql`r.due_on`, descending: false, type: sql`date`, of: (row) => row.dueOn },
  '-due': { column: sql`r.due_on`, descending: true, type: sql`date`, of: (row) => row.dueOn },
  issued: { column: sql`r.issued_on`, descending: false, type: sql`date`, of: (row) => row.issuedOn },
  '-issued': { column: sql`r.issued_on`, descending: true, type: sql`date`, of: (row) => row.issuedOn },
  '-open': { column: sql`r.open_base`, descending: true, type: sql`bigint`, of: (row) => row.openBase.toString() },
}

/** One page by keyset, one row more than `limit`: the receivables are chosen first, then named. */
export function ledgerPage(
  reader: Reader,
  filter: LedgerFilter,
  sort: LedgerSort,
  limit: number,
  cursor: string | undefined,
): Promise<LedgerRow[]> {
  const { column, descending, type } = SORTS[sort]
  const direction = descending ? sql`desc` : sql`asc`
  const [value, id] = cursor === undefined ? [] : readCursor(cursor, 2)
  const after = cursor === undefined ? undefined : sql`(${column}, r.id) ${descending ? sql`<` : sql`>`} (${value}::${type}, ${id}::uuid)`
  const pageOf = (condition?: Sql): Sql =>
    sql`select r.* from ar.receivables r where ${and(matching(reader, filter), condition, after)} order by ${column} ${direction}, r.id ${direction} limit ${limit + 1}`
  // What is open and what is settled stand in two indexes by due day: each gives its page, and one of them is the page.
  const chosen =
    filter.status === undefined && sort.endsWith('due')
      ? sql`(${pageOf(sql`r.open <> 0`)}) union all (${pageOf(sql`r.open = 0`)}) order by ${sql.ref('due_on')} ${direction}, id ${direction} limit ${limit + 1}`
      : pageOf()
  return reader.all(sql`${namedRows(reader, sql`(${chosen})`)} order by ${column} ${direction}, r.id ${direction}`)
}
/** Where the next page starts. */
export function ledgerCursor(sort: LedgerSort): (row: LedgerRow) => readonly string[] {
  return (row) => [SORTS[sort].of(row), row.id]
}

/** The whole filter, for exports. */
export function wholeLedger(reader: Reader, filter: LedgerFilter, sort: LedgerSort): AsyncIterable<LedgerRow[]> {
  const { column, descending } = SORTS[sort]
  return reader.pieces(
    sql`${namedRows(reader, sql`(select r.* from ar.receivables r where ${matching(reader, filter)})`)} order by ${column} ${descending ? sql`desc` : sql`asc`}, r.id`,
  )
}

export type LedgerSums = {
  readonly currency: string
  readonly count: number
  readonly amount: bigint
  readonly open: bigint
  readonly overdue: bigint
  readonly amountBase: bigint
  readonly openBase: bigint
  readonly overdueBase: bigint
}
/** Count and sums of the whole filter, per currency, with their base amounts. */
export function ledgerSums(reader: Reader, filter: LedgerFilter): Promise<LedgerSums[]> {
  const overdue = sql`filter (where r.due_on < ${reader.today}::date)`
  return reader.report(sql`select r.currency, count(*)::int as count, sum(r.amount)::bigint as amount, sum(r.open)::bigint as open, coalesce(sum(r.open) ${overdue}, 0)::bigint as overdue,
    sum(r.amount_base)::bigint as amount_base, sum(r.open_base)::bigint as open_base, coalesce(sum(r.open_base) ${overdue}, 0)::bigint as overdue_base
    from ar.receivables r where ${matching(reader, filter)} group by r.currency order by r.currency`)
}

/** The row of one receivable, or none. */
export function ledgerRow(reader: Reader, id: string): Promise<LedgerRow | undefined> {
  return reader.maybe(
    namedRows(reader, sql`(select r.* from ar.receivables r where r.tenant_id = ${reader.caller.tenantId} and r.id = ${id})`),
  )
}

function matching(reader: Reader, filter: LedgerFilter): Sql {
  const equal = (column: Sql, value: unknown): Sql | undefined => (value === undefined ? undefined : sql`${column} = ${value}`)
  const from = (column: Sql, value: unknown): Sql | undefined => (value === undefined ? undefined : sql`${column} >= ${value}`)
  const until = (column: Sql, value: unknown): Sql | undefined => (value === undefined ? undefined : sql`${column} <= ${value}`)
  return and(
    sql`r.tenant_id = ${reader.caller.tenantId}`,
    equal(sql`r.customer_id`, filter.customerId),
    equal(sql`r.salesperson_id`, filter.salespersonId),
    equal(sql`r.region_id`, filter.regionId),
    equal(sql`r.order_id`, filter.orderId),
    equal(sql`r.entity_id`, filter.entityId),
    equal(sql`r.currency`, filter.currency),
    filter.kind === undefined ? undefined : sql`r.kind = any(${filter.kind}::text[])`,
    from(sql`r.due_on`, filter.dueFrom),
    until(sql`r.due_on`, filter.dueUntil),
    from(sql`r.issued_on`, filter.issuedFrom),
    until(sql`r.issued_on`, filter.issuedUntil),
    from(sql`r.amount`, filter.least),
    until(sql`r.amount`, filter.most),
    filter.status === undefined
      ? sql`r.voided_on is null`
      : sql`(${sql.join(
          filter.status.map((status) => inStatus(reader, status)),
          sql` or `,
        )})`,
    ...bucket(reader, filter),
    expectedWithin(reader, filter),
    ...ofOthers(reader, filter),
    filter.search === undefined || filter.search === '' ? undefined : searched(reader, filter.search),
  )
}

function inStatus({ today }: Reader, status: LedgerStatus): Sql {
  const conditions: Readonly<Record<LedgerStatus, Sql>> = {
    open: sql`r.open <> 0`,
    partly: sql`(r.open <> 0 and r.open < r.amount)`,
    overdue: sql`(r.open <> 0 and r.due_on < ${today}::date)`,
    notDue: sql`(r.open <> 0 and r.due_on >= ${today}::date)`,
    settled: sql`(r.open = 0 and r.voided_on is null)`,
    voided: sql`r.voided_on is not null`,
    disputed: sql`(r.open <> 0 and r.disputed)`,
  }
  return conditions[status]
}

/** Open items whose age in days lies in [bucketFrom, bucketTo). */
function bucket({ today }: Reader, { basis, bucketFrom, bucketTo }: LedgerFilter): (Sql | undefined)[] {
  const day = basis === 'due' ? sql`r.due_on` : sql`r.issued_on`
  return [
    bucketFrom === undefined && bucketTo === undefined ? undefined : sql`r.open <> 0`,
    bucketFrom === undefined ? undefined : sql`${day} <= ${today}::date - ${bucketFrom}::int`,
    bucketTo === undefined ? undefined : sql`${day} > ${today}::date - ${bucketTo}::int`,
  ]
}

/** Open items whose expected payment day (the due day and the customer's habit: expectedPaymentDay) lies within the days, both included. */
function expectedWithin(reader: Reader, { expectedFrom, expectedUntil }: LedgerFilter): Sql | undefined {
  if (expectedFrom === undefined && expectedUntil === undefined) return undefined
  const expectedOn = sql`x.due_on + coalesce(h.days, 0)`
  return sql`r.open <> 0 and r.id in (select x.id from ar.receivables x left join (${habitDays(reader, reader.today)}) h on h.customer_id = x.customer_id
    where ${and(
      sql`x.tenant_id = ${reader.caller.tenantId}`,
      sql`x.open <> 0`,
      expectedFrom === undefined ? undefined : sql`${expectedOn} >= ${expectedFrom}::date`,
      expectedUntil === undefined ? undefined : sql`x.due_on <= ${expectedUntil}::date and ${expectedOn} <= ${expectedUntil}::date`,
    )})`
}

/** Conditions on what the receivable belongs to. */
function ofOthers(reader: Reader, { groupId, teamId, productId, industry, customerClass }: LedgerFilter): (Sql | undefined)[] {
  const t = reader.caller.tenantId
  const ofCustomers = (condition: Sql): Sql =>
    sql`r.customer_id in (select c.id from ar.customers c where c.tenant_id = ${t} and ${condition})`
  return [
    groupId === undefined
      ? undefined
      : sql`r.customer_id in (select a.customer_id from ar.credit_accounts a where a.tenant_id = ${t} and ${groupId}::uuid = any(a.ancestors))`,
    teamId === undefined
      ? undefined
      : sql`r.salesperson_id in (select p.id from ar.people p where p.tenant_id = ${t} and p.team_id = ${teamId})`,
    productId === undefined
      ? undefined
      : sql`exists (select 1 from ar.receivable_lines l where l.tenant_id = ${t} and l.receivable_id = r.id and l.product_id = ${productId})`,
    industry === undefined ? undefined : ofCustomers(sql`c.industry = ${industry}`),
    customerClass === undefined ? undefined : ofCustomers(sql`c.class = ${customerClass}`),
  ]
}

/** A number of the receivable or its order, a reference or source number, or a customer's code or name from its beginning. */
function searched(reader: Reader, text: string): Sql {
  const t = reader.caller.tenantId
  const starts = (column: Sql): Sql => sql`(${column} >= ${text} and ${column} < ${`${text}\u{10ffff}`})`
  const no = /^([A-Z]{1,4}-\d{4})-0*(\d{1,9})$/i.exec(text.trim())
  const numbered = no
    ? sql`(select n.document_id from ar.document_numbers n where n.tenant_id = ${t} and n.series = ${no[1]!.toUpperCase()} and n.no = ${no[2]!}::bigint)`
    : undefined
  return sql`(${numbered ? sql`r.id = ${numbered} or r.order_id = ${numbered} or ` : sql``}r.reference = ${text} or r.source_no = ${text} or ${starts(sql`r.reference`)}
    or r.customer_id in (select c.id from ar.customers c where c.tenant_id = ${t} and (${starts(sql`c.name`)} or ${starts(sql`c.code`)})))`
}

function namedRows(reader: Reader, from: Sql): Sql<LedgerRow> {
  const t = reader.caller.tenantId
  const no = (alias: string): Sql => sql`${sql.ref(`${alias}.series`)} || '-' || ar.no_text(${sql.ref(`${alias}.no`)})`
  return sql<LedgerRow>`select r.id, coalesce(${no('n')}, '') as no, r.kind, r.customer_id, c.code as customer_code, c.name as customer_name, r.order_id, ${no('m')} as order_no, r.part_name,
      r.salesperson_id, p.name as salesperson_name, r.region_id, g.name as region_name, r.reference, r.source_no, r.currency, r.amount, r.amount_base, r.open, r.open_base,
      r.issued_on, r.due_on, r.contract_due_on, r.settled_on, r.voided_on, r.disputed, r.version
    from ${from} r
      join ar.customers c on c.tenant_id = ${t} and c.id = r.customer_id
      left join ar.document_numbers n on n.tenant_id = ${t} and n.document_id = r.id
      left join ar.document_numbers m on m.tenant_id = ${t} and m.document_id = r.order_id
      left join ar.people p on p.tenant_id = ${t} and p.id = r.salesperson_id
      left join ar.regions g on g.tenant_id = ${t} and g.id = r.region_id`
}
