import { assert } from '../../kernel/assert.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { dimensions as ageingDimensions } from '../ageing/ageing-dimensions.query.ts'
import { isTime, periodKey } from './report-dimensions.query.ts'
import type { ReportFacts } from './report-question.query.ts'
import type { DimensionName } from './reports.api.ts'

/** The key of a dimension over facts, and the join that finds it (group, team, industry and class are looked up). `on`: the day that counts for times. */
export function cutBy(tenantId: number, by: DimensionName, facts: ReportFacts, on: Sql): { readonly key: Sql; readonly join: Sql } {
  if (isTime(by)) return { key: periodKey(by, on), join: sql`` }
  if (by === 'group' || by === 'team' || by === 'industry' || by === 'class') {
    const { fact, lookUp } = ageingDimensions[by]
    const found = lookUp!(tenantId, 'cut', fact === 'customer' ? facts.customer : facts.salesperson)
    return { key: found.value, join: found.join }
  }
  const key = by === 'receipt' || by === 'receivable' || by === 'order' ? facts.document : facts[by as 'customer']
  assert(key !== undefined, `these facts know no ${by}`)
  return { key, join: sql`` }
}
