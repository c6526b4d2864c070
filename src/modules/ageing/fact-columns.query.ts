import { and, type Sql, sql } from '../../platform/sql.ts'
import type { AgeingQuestion, FactColumns } from './ageing-filters.query.ts'
import type { Start } from './month-ends.query.ts'

/** What a fact carries and the statement groups by. Every dimension is one of these or is looked up from one (see ageing-dimensions.query.ts). */
export type FactKey = 'customer' | 'salesperson' | 'region' | 'currency' | 'entity' | 'product' | 'item'
export type FactShape = {
  readonly keys: readonly FactKey[]
  /** If nothing was entered after the day, what is open now was open then, and one index answers. */
  readonly start: Start
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

/** What stands in a month end. */
export const monthEndColumns: FactColumns & { readonly item: Sql } = {
  customer: sql`m.customer_id`,
  salesperson: sql`m.salesperson_id`,
  region: sql`m.region_id`,
  currency: sql`m.currency`,
  entity: sql`m.entity_id`,
  product: sql`m.product_id`,
  item: sql`m.receivable_id`,
}
