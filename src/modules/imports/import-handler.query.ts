import type { Reader, Tx } from '../../platform/db.ts'
import type { NewCustomer } from '../customers/new-customer.ts'
import type { ImportOptions } from './import-options.ts'
import type { JudgedRow } from './judged-row.ts'
import type { Finding, ReadRow } from './read-row.ts'

/** What rows of one file must know of each other, over all chunks. Judging a row again changes nothing: a transaction may run twice. */
export type ImportContext = {
  readonly options: ImportOptions
  /** Line on which a source number stood first. */
  readonly seen: Map<string, number>
  /** Customers and regions that the file brings with it, with the ids they will have. */
  readonly newCustomers: Map<string, NewCustomer & { readonly id: string }>
  readonly newRegions: Map<string, string>
  /** New customers by what their names have in common: the first of them, and the line on which each stood first. */
  readonly looksLike: Map<string, { readonly key: string; readonly name: string; readonly lines: Map<string, number> }>
  /** Customers that an import which was taken back had made, and that this one brings back: version by id. */
  readonly revived: Map<string, number>
}

/** Ids of what a chunk has made, kept with it so that the import can be taken back. */
export type Made = { readonly [kind in MadeKind]?: readonly string[] }
export const madeKinds = ['customers', 'products', 'orders', 'receivables', 'receipts'] as const
export type MadeKind = (typeof madeKinds)[number]

/** One kind of document: judges rows in sets (no question is asked once per row) and saves those without a refusal. */
export type ImportHandler = {
  readonly judge: (reader: Reader, rows: readonly ReadRow[], context: ImportContext) => Promise<JudgedRow[]>
  /** Saves rows that `judge` let through in this same transaction. */
  readonly save: (tx: Tx, rows: readonly JudgedRow[], context: ImportContext) => Promise<Made>
  /** Rows of one key belong to one document and are never cut apart. */
  readonly groupKey?: (row: ReadRow) => string
}

export function newContext(options: ImportOptions): ImportContext {
  return { options, seen: new Map(), newCustomers: new Map(), newRegions: new Map(), looksLike: new Map(), revived: new Map() }
}

/** The finding for a number that stood on an earlier line of the same file; remembers it otherwise. */
export function seenBefore(context: ImportContext, no: string | undefined, line: number, field = 'sourceNo'): Finding[] {
  if (no === undefined) return []
  const first = context.seen.get(no)
  if (first === undefined) context.seen.set(no, line)
  return first === undefined || first === line
    ? []
    : [{ severity: 'refused', field, code: 'imports.twiceInFile', params: { value: no, line: first }, fix: 'removeOne' }]
}

/** A row that an earlier worker has dealt with: later rows may not repeat its number. */
export function rememberRow({ seen }: ImportContext, { values, line }: ReadRow): void {
  const no = values['sourceNo'] ?? values['code']
  if (no !== undefined && !seen.has(no)) seen.set(no, line)
}
