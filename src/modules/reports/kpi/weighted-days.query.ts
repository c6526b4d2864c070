import { type Sql, sql } from '../../../platform/sql.ts'

/** weightedDays in SQL: a numeric of amount times days over an amount, to a tenth, halves away from zero; null where there is no amount. A test holds both to the same answer. */
export function daysBy(weighted: Sql, amount: Sql): Sql {
  return sql`case when ${amount} > 0 then round(${weighted} / ${amount}, 1) end`
}
