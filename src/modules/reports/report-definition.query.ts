import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import type { Sql } from '../../platform/sql.ts'
import type { AgeingFilters } from '../ageing/ageing-filters.query.ts'
import type { KpiFigure } from './kpi/formula.ts'
import type { DimensionName, ReportFilter, ReportGroup } from './reports.api.ts'

/** A value as a statement gives it: minor units as bigint, counts as number or bigint, days 'YYYY-MM-DD', decimals as text ('0.344', '42.5'). */
export type Part = bigint | number | string | null
/** The values of one row, or of the totals, under the keys of their columns. */
export type Parts = Readonly<Record<string, Part>>

/** Days are included at both ends. A report as of a day has `from` = `to` = that day. */
export type DayRange = { readonly from: Day; readonly to: Day }
export type ReportFilters = AgeingFilters & {
  readonly [name in 'method' | 'bankAccount' | 'terms' | 'reason' | 'document']?: readonly string[]
}
/** What a report is asked. `currency`: only that currency, in its own amounts; absent: everything, in base currency at booked amounts. */
export type ReportQuestion = DayRange & {
  readonly by: DimensionName
  readonly currency: string | undefined
  readonly filters: ReportFilters
  /** The period beside which the rows are put. */
  readonly compared: DayRange | undefined
}

export type ReportColumn = {
  /** The statement's column in snake case, and the word `reports.columns.<key>`, or `reports.definitions.<report>.columns.<key>` where that is there. */
  readonly key: string
  /**
   * money: minor units of the report's currency; ownMoney: of the row's `currency`; days: text or number; percent: rate as text ('0.344'); ratio: decimal text;
   * named: an id of the dimension `of`, shown by name; word: a key of `reports.<words>`; link: as text, opened by the page.
   */
  readonly kind: 'money' | 'ownMoney' | 'count' | 'days' | 'percent' | 'ratio' | 'text' | 'day' | 'named' | 'word'
  readonly of?: DimensionName
  readonly words?: string
  /**
   * Over the whole filter. Without it money and counts are added up, `value` is computed of the totals of its parts, and the rest has none. own: `totals` of the definition gives it. A statement: of
   * the rows `x` of the definition's statement, which may have more columns for it than are shown.
   */
  readonly total?: 'sum' | 'min' | 'max' | 'own' | 'none' | Sql
  /** Computed of the other values of the row, or of the totals, by one and the same rule. It is then no column of the statement. */
  readonly value?: (parts: Parts, question: ReportQuestion) => Part
  /** Opens its documents: `documents` answers for it, and they add up to the figure. */
  readonly opens?: true
  readonly decimals?: number
  /** Only a part of others: not shown. */
  readonly hidden?: true
  /** Every row has it: where an index holds it, rows come in its order without being sorted. */
  readonly isGiven?: true
  /** Text about a person: shortened, in every form of the report, for who may not see it (customers.viewSensitive); it has no order, which would tell. */
  readonly isSensitive?: true
  /** `details` gives it, for the rows that are shown: it has no order and no total. */
  readonly isDetail?: true
}

export type ReportChart = {
  /** Word `reports.charts.<key>`. */
  readonly key: string
  readonly kind: 'bars' | 'stack' | 'lines'
  /** Keys of columns, or words `reports.columns.<key>`; the first is the main one. */
  readonly series: readonly { readonly key: string; readonly kind: 'money' | 'count' | 'days' | 'percent' }[]
  /** Rows of `x` (text, in order) and the series. Without it: the first rows of the table. */
  readonly points?: (reader: Reader, question: ReportQuestion) => Sql | readonly Parts[] | Promise<Sql | readonly Parts[]>
}

export type RangeName = 'thisMonth' | 'thisYear' | 'lastTwelveMonths' | 'lastThreeMonths'

/**
 * One report, as data. The engine (run-report.query.ts) makes of it the page, the API, Excel, CSV and PDF: there is one answer, so the figures are the same. Words:
 * `reports.definitions.<key>.title`, `.answers` (the question it answers), `.explanation`, and `.formula` where a figure has one.
 */
export type ReportDefinition = {
  readonly key: string
  readonly group: ReportGroup
  /** Needed beside reports.view. */
  readonly permission: string
  /** today: always as of now. */
  readonly time: { readonly kind: 'range'; readonly default: RangeName } | { readonly kind: 'asOf' } | { readonly kind: 'today' }
  /** What rows may be cut by; the first without being asked. */
  readonly by: readonly DimensionName[]
  readonly filters: readonly ReportFilter[]
  /** Totals of the period before and of the year before stand beside those of the range. rows: the rows themselves are put beside another period. */
  readonly compares?: true | 'rows'
  /** Its figures depend on the company's basis (kpiSettings), which is then said. */
  readonly usesBasis?: true
  /** It has a formula, word `.formula`; its parts are columns. */
  readonly hasFormula?: true
  readonly columns: (question: ReportQuestion) => readonly ReportColumn[]
  /** Key of a column of the statement, or 'key'; with a minus downwards. */
  readonly sort: (question: ReportQuestion) => string
  /**
   * One row a value of `by`: `k` (the key: uuid, or text) and the columns. Scope is applied by the database. The statement is put into another, so it has no order and no limit.
   * A few rows that SQL cannot compute (a year of months, say) may come as values, with `k`.
   */
  readonly rows: (reader: Reader, question: ReportQuestion) => Sql | readonly Parts[] | Promise<Sql | readonly Parts[]>
  /** What is looked up only for the rows that are shown (a page, a piece of an export), by their keys. */
  readonly details?: (
    reader: Reader,
    question: ReportQuestion,
    keys: readonly (string | null)[],
  ) => Promise<ReadonlyMap<string | null, Parts>>
  /** The same rows with what `details` looks up, for a report that is read whole (files): one statement then, and no look-up a piece. */
  readonly wholeRows?: ReportDefinition['rows']
  /** One row: the columns whose total is 'own', in the same snapshot. */
  readonly totals?: (reader: Reader, question: ReportQuestion) => Sql | Parts | Promise<Sql | Parts>
  /** Key figures of the whole range with their formulas in numbers, by the columns that they are the totals of. */
  readonly figures?: (reader: Reader, question: ReportQuestion) => Promise<readonly { readonly key: string; readonly figure: KpiFigure }[]>
  /** What a figure is made of: documents that add up to it. The question is already narrowed to the row. */
  readonly documents?: (reader: Reader, question: ReportQuestion, column: string) => Sql<ReportDocument> | Promise<Sql<ReportDocument>>
  readonly charts?: readonly ReportChart[]
}

/** Columns of `documents`. `figure`: what the document adds to the figure, in minor units of the report's currency (a count: 1); `own`: the document's own amount. */
export type ReportDocument = {
  readonly kind: 'receivable' | 'receipt' | 'order'
  readonly id: string
  readonly onDay: Day
  readonly customerId: string | null
  readonly currency: string
  readonly own: bigint
  readonly figure: bigint
}
