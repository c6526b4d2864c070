import { isCurrency } from '../../kernel/currency.ts'
import { daysBetween } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { isUuid } from '../../kernel/uuid.ts'
import type { Reader } from '../../platform/db.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { NONE } from '../ageing/ageing.api.ts'
import { type FactColumns, filtered } from '../ageing/ageing-filters.query.ts'
import type { DayRange, ReportDefinition, ReportFilters, ReportQuestion } from './report-definition.query.ts'
import { asFarAs, defaultRange, periodBefore, yearBefore } from './report-periods.ts'
import { type DimensionName, overdueReasons, type ReportFilter, type readReport, reportFilters } from './reports.api.ts'

/** Days of the longest range: ten years. */
const DAYS_MOST = 3_660

type Query = NonNullable<(typeof readReport)['types']>['query']
export type Asked = Partial<Omit<Query, 'sort' | 'cursor' | 'limit'>>

/** What a request asks of a report. Throws reports.rangeBackwards, .rangeTooLong, .futureDay, .cannotCut, .filterNotTaken, .unknownValue, .timeNotTaken: each names the field and what would do. */
export function reportQuestion(reader: Reader, definition: ReportDefinition, asked: Asked): ReportQuestion {
  const range = rangeOf(reader, definition, asked)
  return {
    ...range,
    by: byOf(definition, asked.by),
    currency: asked.currency === reader.caller.baseCurrency ? undefined : asked.currency,
    filters: filtersOf(definition, asked),
    compared: comparedWith(reader, definition, asked, range),
  }
}

function rangeOf({ today }: Reader, { time }: ReportDefinition, { from, to, asOf }: Asked): DayRange {
  if (time.kind === 'range') {
    if (asOf !== undefined) throw wrong('timeNotTaken', 'asOf')
    const usual = defaultRange(time.default, today)
    const range = {
      from: from ?? (to !== undefined && to < usual.from ? to : usual.from),
      to: to ?? (from !== undefined && from > usual.to ? from : usual.to),
    }
    if (range.from > range.to) throw wrong('rangeBackwards', 'from', range)
    if (daysBetween(range.from, range.to) >= DAYS_MOST) throw wrong('rangeTooLong', 'from', { years: 10 })
    return range
  }
  if (from !== undefined || to !== undefined) throw wrong('timeNotTaken', from === undefined ? 'to' : 'from')
  if (time.kind === 'today' && asOf !== undefined && asOf !== today) throw wrong('timeNotTaken', 'asOf')
  const on = asOf ?? today
  if (on > today) throw wrong('futureDay', 'asOf', { asOf: on, today })
  return { from: on, to: on }
}

function byOf({ by }: ReportDefinition, asked: string | undefined): DimensionName {
  const found = asked === undefined ? by[0] : by.find((name) => name === asked)
  if (found === undefined) throw wrong('cannotCut', 'by', { by: asked ?? '', known: by.join(', ') })
  return found
}

const TEXTS: ReadonlySet<string> = new Set(['industry', 'class', 'inCurrency', 'reason'])

/** Filters whose values are a fixed list: a mistyped one would say that there is nothing. */
const KNOWN: { readonly [name in ReportFilter]?: { readonly isOne: (value: string) => boolean; readonly said: string } } = {
  reason: { isOne: (value) => overdueReasons.some((one) => one === value), said: overdueReasons.join(', ') },
  inCurrency: { isOne: isCurrency, said: 'CNY, USD, EUR …' },
}

function filtersOf({ filters }: ReportDefinition, asked: Asked): ReportFilters {
  const given = reportFilters.flatMap((name): [ReportFilter, readonly string[]][] => {
    const values = asked[name]
    return values === undefined ? [] : [[name, values]]
  })
  for (const [name, values] of given) {
    if (!filters.includes(name)) throw wrong('filterNotTaken', name, { filter: name })
    if (!TEXTS.has(name) && values.some((value) => value !== NONE && !isUuid(value)))
      throw new Problem('platform.wrongFormat', {}, { kind: 'invalid', path: name })
    const known = KNOWN[name]
    const strange = known === undefined ? undefined : values.find((value) => value !== NONE && !known.isOne(value))
    if (known !== undefined && strange !== undefined) throw wrong('unknownValue', name, { value: strange, known: known.said })
  }
  return Object.fromEntries(given)
}

function comparedWith(
  { today }: Reader,
  { compares }: ReportDefinition,
  { compare = 'none' }: Asked,
  range: DayRange,
): DayRange | undefined {
  if (compare === 'none') return undefined
  if (!compares) throw wrong('filterNotTaken', 'compare', { filter: 'compare' })
  return asFarAs(compare === 'before' ? periodBefore(range) : yearBefore(range), range, today)
}

function wrong(what: string, path: string, params: Record<string, string | number> = {}): Problem {
  return new Problem(`reports.${what}`, params, { kind: 'invalid', path })
}

/** The expressions of one source of facts; `document` is the id of the document itself. */
export type ReportFacts = FactColumns & { readonly [name in 'method' | 'bankAccount' | 'terms' | 'reason' | 'document']?: Sql }

/** The conditions of the question's filters on one source of facts. */
export function matching(reader: Reader, { to, currency, filters }: ReportQuestion, facts: ReportFacts): Sql {
  const { method, bankAccount, terms, reason, document, ...common } = filters
  const one = (values: readonly string[] | undefined, column: Sql | undefined, type: 'uuid' | 'text'): Sql | undefined => {
    if (values === undefined || column === undefined) return undefined
    const known = sql`${column} = any(${values.filter((value) => value !== NONE)}::${sql.raw(type)}[])`
    return values.includes(NONE) ? sql`(${known} or ${column} is null)` : known
  }
  return and(
    filtered(reader.caller.tenantId, { asOf: to, basis: 'due', overdueOnly: false, currency, filters: common }, facts),
    one(method, facts.method, 'uuid'),
    one(bankAccount, facts.bankAccount, 'uuid'),
    one(terms, facts.terms, 'uuid'),
    one(reason, facts.reason, 'text'),
    one(document, facts.document, 'uuid'),
  )
}
