import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { AgeingDimension } from './ageing.api.ts'
import type { FactKey } from './fact-columns.query.ts'

/** How a dimension is found: the key that facts carry, or what is looked up from it once the facts have been added up. */
export type Dimension = {
  readonly fact: FactKey
  readonly type: 'uuid' | 'text'
  /** A join of one row (alias as given) and the expression of the dimension's value, from the fact key `k`. */
  readonly lookUp?: (tenantId: number, alias: string, k: Sql) => { readonly join: Sql; readonly value: Sql }
  /** id, name and code of the values; undefined where the value is its own name. */
  readonly names?: (tenantId: number) => Sql
}

const customers = (t: number) =>
  sql`select c.id, coalesce(c.short_name, c.name) as name, c.code from ar.customers c where c.tenant_id = ${t}`
const people = (t: number) => sql`select p.id, p.name, null::text as code from ar.people p where p.tenant_id = ${t}`

/** One line a dimension. Master data (group, team, industry, class) are those of today, also for a past day; the rest is what the entries say. */
export const dimensions: Readonly<Record<AgeingDimension, Dimension>> = {
  customer: { fact: 'customer', type: 'uuid', names: customers },
  group: {
    fact: 'customer',
    type: 'uuid',
    names: customers,
    lookUp: fromOne('credit_accounts', 'customer_id', (row) => sql`${sql.ref(`${row}.ancestors`)}[1]`),
  },
  product: { fact: 'product', type: 'uuid', names: (t) => sql`select p.id, p.name, p.code from ar.products p where p.tenant_id = ${t}` },
  region: {
    fact: 'region',
    type: 'uuid',
    names: (t) => sql`select g.id, g.name, null::text as code from ar.regions g where g.tenant_id = ${t}`,
  },
  salesperson: { fact: 'salesperson', type: 'uuid', names: people },
  team: {
    fact: 'salesperson',
    type: 'uuid',
    names: (t) => sql`select m.id, m.name, null::text as code from ar.teams m where m.tenant_id = ${t}`,
    lookUp: fromOne('people', 'id', (row) => sql.ref(`${row}.team_id`)),
  },
  industry: { fact: 'customer', type: 'text', lookUp: fromOne('customers', 'id', (row) => sql.ref(`${row}.industry`)) },
  class: { fact: 'customer', type: 'text', lookUp: fromOne('customers', 'id', (row) => sql.ref(`${row}.class`)) },
  currency: { fact: 'currency', type: 'text' },
  entity: { fact: 'entity', type: 'uuid', names: (t) => sql`select n.id, n.name, n.code from ar.entities n where n.tenant_id = ${t}` },
}

/** What stands for a missing value where one is compared or ordered. */
export const NOTHING = { uuid: '00000000-0000-0000-0000-000000000000', text: '' } as const

/** Money is not received for a product. */
export function cutsMoney(by: readonly AgeingDimension[]): boolean {
  return !by.includes('product')
}

function fromOne(table: string, key: string, value: (alias: string) => Sql): NonNullable<Dimension['lookUp']> {
  return (t, alias, k) => ({
    join: sql`left join ${sql.table(`ar.${table}`)} ${sql.ref(alias)} on ${sql.ref(`${alias}.tenant_id`)} = ${t} and ${sql.ref(`${alias}.${key}`)} = ${k}`,
    value: value(alias),
  })
}

export type Named = { readonly id: string; readonly name: string; readonly code: string | null }

/** Names of the values that a page shows. */
export async function namesOf(reader: Reader, dimension: AgeingDimension, keys: readonly (string | null)[]): Promise<Map<string, Named>> {
  const { names } = dimensions[dimension]
  const known = [...new Set(keys.filter((key) => key !== null))]
  if (!names || known.length === 0) return new Map()
  const rows = await reader.all<Named>(
    sql`select n.id, n.name, n.code from (${names(reader.caller.tenantId)}) n where n.id = any(${known}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}
