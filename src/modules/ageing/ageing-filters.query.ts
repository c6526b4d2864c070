import type { Day } from '../../kernel/day.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { NONE } from './ageing.api.ts'

/** What an ageing is asked about. `currency`: only that currency, in its own amounts; absent: everything, in base currency. */
export type AgeingQuestion = {
  readonly asOf: Day
  readonly basis: 'due' | 'issued'
  readonly currency?: string | undefined
  readonly overdueOnly: boolean
  readonly filters: AgeingFilters
}
/** Values of one filter are alternatives, filters add up. The value 'none' finds what has none. */
export type AgeingFilters = { readonly [name in FilterName]?: readonly string[] | undefined }
export const filterNames = [
  'customer',
  'group',
  'product',
  'region',
  'salesperson',
  'team',
  'industry',
  'class',
  'entity',
  'inCurrency',
] as const
export type FilterName = (typeof filterNames)[number]

/** The expressions of one source of facts (open items, entries, receipts) for what facts carry. */
export type FactColumns = { readonly [column in 'customer' | 'salesperson' | 'region' | 'currency' | 'entity']: Sql } & {
  readonly product?: Sql
}

/** The conditions of the question's filters on one source. A source without products is not asked for them. */
export function filtered(tenantId: number, { filters, currency }: AgeingQuestion, columns: FactColumns): Sql {
  const { customer, salesperson } = columns
  const conditions = filterNames.map((name) => {
    const values = filters[name]
    if (values === undefined) return undefined
    // Money of nobody (不明来款) is in no group, industry or class.
    const orNobody = (found: Sql): Sql => (values.includes(NONE) ? sql`(${customer} is null or ${found})` : found)
    const own = (column: string) =>
      orNobody(
        sql`${customer} in (select c.id from ar.customers c where c.tenant_id = ${tenantId} and ${oneOf(sql.ref(`c.${column}`), values, sql`text`)})`,
      )
    if (name === 'product') return columns.product && oneOf(columns.product, values)
    if (name === 'industry' || name === 'class') return own(name)
    if (name === 'group')
      return orNobody(
        sql`${customer} in (select a.customer_id from ar.credit_accounts a where a.tenant_id = ${tenantId} and a.ancestors[1] = any(${ids(values)}::uuid[]))`,
      )
    if (name === 'inCurrency') return oneOf(columns.currency, values, sql`text`)
    if (name === 'team') return inTeams(tenantId, salesperson, values)
    return oneOf(columns[name], values)
  })
  return and(...conditions, currency === undefined ? undefined : sql`${columns.currency} = ${currency}`)
}

function inTeams(tenantId: number, salesperson: Sql, values: readonly string[]): Sql {
  const members = sql`${salesperson} in (select p.id from ar.people p where p.tenant_id = ${tenantId} and ${oneOf(sql`p.team_id`, values)})`
  return values.includes(NONE) ? sql`(${salesperson} is null or ${members})` : members
}

function oneOf(column: Sql, values: readonly string[], type: Sql = sql`uuid`): Sql {
  const found = sql`${column} = any(${ids(values)}::${type}[])`
  return values.includes(NONE) ? sql`(${found} or ${column} is null)` : found
}

function ids(values: readonly string[]): string[] {
  return values.filter((value) => value !== NONE)
}
