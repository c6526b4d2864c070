import type { readReport } from '../../../modules/reports/reports.api.ts'
import type { Answer } from '../../api.ts'
import type { Filters, Widened } from '../../filters.ts'

/** Everything that a report can be asked for from its address. Empty = as the report has it by itself. */
export const reportDefaults = {
  from: '',
  to: '',
  asOf: '',
  by: '',
  compare: '',
  currency: '',
  sort: '',
  customer: '',
  group: '',
  salesperson: '',
  team: '',
  region: '',
  product: '',
  industry: '',
  class: '',
  entity: '',
  inCurrency: '',
  method: '',
  bankAccount: '',
  reason: '',
} as const
export type ReportValues = Widened<typeof reportDefaults>
export type ReportFilterValues = Filters<ReportValues>
export type Report = Answer<typeof readReport>
export type ReportItem = Report['items'][number]
export type ReportColumn = Report['columns'][number]

/** What is asked of the server: what is chosen, nothing else. */
export function reportQuery({ sort, ...values }: ReportValues, withSort = true): Record<string, string> {
  const chosen = Object.entries(withSort ? { ...values, sort } : values).filter(([, value]) => value !== '')
  return Object.fromEntries(chosen)
}

/** One figure: of a row, or of the totals where `row` is undefined. */
export type Figure = {
  readonly row: string | undefined
  readonly name: string
  readonly column: string
  readonly title: string
  readonly value: string | number | null
}

/** '0.344' → '34.4%', as text: no rate becomes a float. */
export function percentText(rate: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(rate) ?? []
  const digits = `${whole}${fraction.padEnd(2, '0')}`
  const at = whole.length + 2
  const rest = digits.slice(at)
  return `${sign === '-' ? '\u2212' : ''}${digits.slice(0, at).replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}%`
}
