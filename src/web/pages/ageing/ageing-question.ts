import type { AgeingDimension, readAgeing } from '../../../modules/ageing/ageing.api.ts'
import type { Answer } from '../../api.ts'
import type { Filters, Widened } from '../../filters.ts'

/** Everything that the page can be asked for from its address. `inner`: the second dimension, shown inside a row of the first. */
export const ageingDefaults = {
  asOf: '',
  by: 'customer',
  inner: 'none',
  scheme: 'collection',
  basis: '',
  currency: '',
  overdueOnly: '',
  least: '',
  sort: '-total',
  customer: '',
  group: '',
  product: '',
  region: '',
  salesperson: '',
  team: '',
  industry: '',
  class: '',
  entity: '',
  inCurrency: '',
} as const
export type AgeingFilters = Filters<Widened<typeof ageingDefaults>>
export type AgeingReport = Answer<typeof readAgeing>
export type AgeingValues = AgeingFilters['values']
export const cutNames = [
  'customer',
  'group',
  'product',
  'region',
  'salesperson',
  'team',
  'industry',
  'class',
  'entity',
  'inCurrency',
] as const

/** The grouping after another first dimension was chosen: below it come the customers, and nothing below the customers. */
export function groupedBy(by: string, { by: before, inner }: Pick<AgeingValues, 'by' | 'inner'>): { by: string; inner: string } {
  if (by === 'customer') return { by, inner: inner === by ? 'none' : inner }
  return { by, inner: before === 'customer' && inner === 'none' ? 'customer' : inner === by ? 'customer' : inner }
}

/** What both the report and its documents are asked with; empty values are left out of the address. */
export function baseQuery(values: AgeingValues): Record<string, string> {
  const names = ['asOf', 'scheme', 'basis', 'currency', 'overdueOnly', ...cutNames] as const
  return Object.fromEntries(names.flatMap((name) => (values[name] === '' ? [] : [[name, values[name]]])))
}

/** The report of the first dimension. */
export function reportQuery(values: AgeingValues): Record<string, string> {
  return { ...baseQuery(values), by: values.by, sort: values.sort, ...(values.least === '' ? {} : { least: values.least }) }
}

/** The filter that finds what a row stands for. */
export function rowFilter(dimension: string, id: string | null): Record<string, string> {
  return { [dimension === 'currency' ? 'inCurrency' : dimension]: id ?? 'none' }
}

/** One figure of the table: its row's filters, and the bucket unless it is the row's total. */
export type Cell = {
  readonly row: string
  readonly name: string
  readonly filter: Record<string, string>
  readonly bucket: string | undefined
  readonly amount: string
}

export type Row = {
  readonly key: string
  readonly id: string | null
  readonly dimension: AgeingDimension
  readonly name: string
  readonly level: 0 | 1
  readonly filter: Record<string, string>
  readonly buckets: readonly string[]
  readonly total: string
  readonly overdue: string
  readonly unallocated: string | null
  readonly own: { readonly currency: string; readonly total: string } | null
  /** Rows of the second dimension that are not shown: their number. */
  readonly others?: number
}
