import { type Sql, snakeCase, sql } from '../../../platform/sql.ts'
import { type KpiFigureName, kpiFigures } from './kpi-facts.ts'

/** What a fact of the figures carries. */
export type KpiKey = 'customer' | 'salesperson' | 'region'
export type KpiColumns = Readonly<Record<KpiKey, Sql>>

/** One row of facts: its period, what it carries, and the figures it adds to; the others are nothing. Amounts times days are numeric: they may pass a bigint. */
export function factRow(
  place: Sql,
  keys: readonly KpiKey[],
  columns: KpiColumns,
  figures: { readonly [name in KpiFigureName]?: Sql },
): Sql {
  const carried = keys.map((key) => sql`${columns[key]} as ${sql.ref(`k_${key}`)}`)
  const added = kpiFigures.map(
    (name) => sql`${figures[name] ?? (isWeighted(name) ? sql`0::numeric` : sql`0::bigint`)} as ${sql.ref(snakeCase(name))}`,
  )
  return sql.join([sql`${place} as place`, ...carried, ...added])
}

/** The sums of the facts `f`. Only `wanted` figures are added up: over a year of customers each sum costs a tenth of the time; the others are nothing. */
export function factSums(wanted: readonly KpiFigureName[] = kpiFigures): Sql {
  return sql.join(kpiFigures.map((name) => sql`${wanted.includes(name) ? sumOf(name) : sql`0::bigint`} as ${sql.ref(snakeCase(name))}`))
}

function sumOf(name: KpiFigureName): Sql {
  const column = sql.ref(`f.${snakeCase(name)}`)
  return isWeighted(name) ? sql`coalesce(sum(${column}), 0)` : sql`coalesce(ar.total(${column}), 0)`
}

function isWeighted(name: KpiFigureName): boolean {
  return name === 'waited' || name === 'late'
}
