import { addDays, addMonths, type Day, earlierDay, endOfMonth, endOfQuarter, laterDay, parseDay } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { isUuid } from '../../kernel/uuid.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { word } from '../../platform/words.ts'
import type { AgeingDimension } from '../ageing/ageing.api.ts'
import { NONE } from '../ageing/ageing.api.ts'
import { dimensions as ageingDimensions } from '../ageing/ageing-dimensions.query.ts'
import type { DayRange, ReportFilters, ReportQuestion } from './report-definition.query.ts'
import type { DimensionName } from './reports.api.ts'

export type Named = { readonly id: string; readonly name: string; readonly code: string | null }
type Dimension = {
  readonly type: 'uuid' | 'text'
  /** Its rows are documents, not groups of them. */
  readonly isDocument?: true
  /** Its rows have a code beside the name. */
  readonly hasCode?: true
  readonly names?: (tenantId: number) => Sql<Named>
  /** A word of `reports.<words>` is the name. */
  readonly words?: string
  /** Narrows a question to one value of it: the filter, or the range of a time. */
  readonly filter?: keyof ReportFilters
  readonly range?: (key: string) => DayRange | undefined
}

const numbered = (t: number): Sql<Named> =>
  sql<Named>`select n.document_id as id, n.series || '-' || ar.no_text(n.no) as name, null::text as code from ar.document_numbers n where n.tenant_id = ${t}`
const named = (table: string) => (t: number) =>
  sql<Named>`select x.id, x.name, x.code from ${sql.table(`ar.${table}`)} x where x.tenant_id = ${t}`
const uncoded = (table: string) => (t: number) =>
  sql<Named>`select x.id, x.name, null::text as code from ${sql.table(`ar.${table}`)} x where x.tenant_id = ${t}`

export const dimensions: Readonly<Record<DimensionName, Dimension>> = {
  day: { type: 'text', range: (key) => whole(parseDay(key), (from) => from) },
  week: { type: 'text', range: (key) => whole(parseDay(key), (from) => addDays(from, 6)) },
  month: { type: 'text', range: (key) => whole(parseDay(`${key}-01`), endOfMonth) },
  quarter: { type: 'text', range: (key) => whole(quarterStart(key), endOfQuarter) },
  year: { type: 'text', range: (key) => whole(parseDay(`${key}-01-01`), (from) => addDays(addMonths(from, 12), -1)) },
  customer: { ...fromAgeing('customer'), hasCode: true, filter: 'customer' },
  group: { ...fromAgeing('group'), hasCode: true, filter: 'group' },
  salesperson: { ...fromAgeing('salesperson'), filter: 'salesperson' },
  team: { ...fromAgeing('team'), filter: 'team' },
  region: { ...fromAgeing('region'), filter: 'region' },
  product: { ...fromAgeing('product'), hasCode: true, filter: 'product' },
  industry: { type: 'text', filter: 'industry' },
  class: { type: 'text', filter: 'class' },
  currency: { type: 'text', filter: 'inCurrency' },
  entity: { ...fromAgeing('entity'), hasCode: true, filter: 'entity' },
  method: { type: 'uuid', names: named('payment_methods'), hasCode: true, filter: 'method' },
  bankAccount: { type: 'uuid', names: uncoded('bank_accounts'), filter: 'bankAccount' },
  terms: { type: 'uuid', names: named('payment_terms'), hasCode: true, filter: 'terms' },
  kpi: { type: 'text', words: 'kpis' },
  reason: { type: 'text', words: 'reasons', filter: 'reason' },
  receipt: { type: 'uuid', isDocument: true, names: numbered, filter: 'document' },
  receivable: { type: 'uuid', isDocument: true, names: numbered, filter: 'document' },
  order: { type: 'uuid', isDocument: true, names: numbered, filter: 'document' },
}

export function isTime(by: DimensionName): boolean {
  return dimensions[by].range !== undefined
}

/** Key of the period of `by` in which a day of the statement lies, as text. */
export function periodKey(by: DimensionName, on: Sql): Sql {
  const forms: { readonly [name in DimensionName]?: Sql } = {
    day: sql`to_char(${on}, 'YYYY-MM-DD')`,
    week: sql`to_char(date_trunc('week', ${on}::timestamp), 'YYYY-MM-DD')`,
    month: sql`to_char(${on}, 'YYYY-MM')`,
    quarter: sql`to_char(${on}, 'YYYY"-Q"Q')`,
    year: sql`to_char(${on}, 'YYYY')`,
  }
  return forms[by] ?? sql`null::text`
}

/** Names of the values that a page shows, by id; what is not in it is shown as it is, or has no name. */
export async function namesOf(reader: Reader, by: DimensionName, keys: readonly (string | null)[]): Promise<ReadonlyMap<string, Named>> {
  const { names, words } = dimensions[by]
  const known = [...new Set(keys.filter((key) => key !== null))]
  if (words !== undefined) {
    const { language } = reader.caller
    return new Map(known.map((id) => [id, { id, name: word(language, `reports.${words}.${id}`) ?? id, code: null }]))
  }
  if (known.length === 0) return new Map()
  if (names === undefined) return new Map(known.map((id) => [id, { id, name: id, code: null }]))
  const rows = await reader.all<Named>(
    sql`select n.id, n.name, n.code from (${names(reader.caller.tenantId)}) n where n.id = any(${known}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The same question about one row of the report. Throws reports.noSuchRow where no row can have that key. */
export function narrowed(question: ReportQuestion, row: string): ReportQuestion {
  const { filter, range, type } = dimensions[question.by]
  if (range !== undefined) {
    const period = range(row)
    if (period === undefined) throw noSuchRow(row)
    return { ...question, from: laterDay(question.from, period.from), to: earlierDay(question.to, period.to) }
  }
  if (filter === undefined || (type === 'uuid' && row !== NONE && !isUuid(row))) throw noSuchRow(row)
  const before = question.filters[filter]
  const both = before === undefined || before.includes(row) ? [row] : []
  return { ...question, filters: { ...question.filters, [filter]: both } }
}

function noSuchRow(row: string): Problem {
  return new Problem('reports.noSuchRow', { row }, { kind: 'invalid', path: 'row' })
}

function whole(from: Day | undefined, until: (from: Day) => Day): DayRange | undefined {
  return from === undefined ? undefined : { from, to: until(from) }
}
function quarterStart(key: string): Day | undefined {
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(key) ?? []
  return quarter === undefined ? undefined : parseDay(`${year}-${String(Number(quarter) * 3 - 2).padStart(2, '0')}-01`)
}
function fromAgeing(name: AgeingDimension): Dimension {
  const { type, names } = ageingDimensions[name]
  return { type, ...(names ? { names: (t) => names(t) as Sql<Named> } : {}) }
}
