import { and, type Sql, sql } from '../../platform/sql.ts'
import type { AgeingQuestion } from './ageing-filters.query.ts'

/** What a fact carries and the statement groups by. Every dimension is one of these or is looked up from one (see ageing-dimensions.query.ts). */
export type FactKey = 'customer' | 'salesperson' | 'region' | 'currency' | 'entity' | 'product' | 'item'
export type FactShape = {
  readonly keys: readonly FactKey[]
  /** Whether anything was entered after the day. If not, what is open now was open then, and one index answers. */
  readonly entriesAfter: boolean
}

/** `<expression> as k_<key>` for each key. */
export function keyColumns(keys: readonly FactKey[], columns: { readonly [key in FactKey]?: Sql }): Sql {
  return sql.join(keys.map((key) => sql`${columns[key] ?? sql`null::uuid`} as ${sql.ref(`k_${key}`)}`))
}

/** Due and issue day; the issue day only where it is asked for, so that the smaller index entries suffice. */
export function days(question: AgeingQuestion, shape: FactShape, alias: string): Sql {
  const issued = question.basis === 'issued' || shape.keys.includes('item')
  return sql`${sql.ref(`${alias}.due_on`)} as due_on, ${issued ? sql.ref(`${alias}.issued_on`) : sql`null::date`} as issued_on`
}

export function overdue({ overdueOnly, asOf }: AgeingQuestion, alias: string): Sql {
  return overdueOnly ? sql`${sql.ref(`${alias}.due_on`)} < ${asOf}::date` : and()
}
