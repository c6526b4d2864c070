import { assert } from '../../kernel/assert.ts'

/**
 * What a column holds, and so how its cells are given: text as text; amount as decimal text ('-1234.50'); integer as number, bigint
 * or text; day as 'YYYY-MM-DD'; percent as a rate ('0.13' is 13 %); instant as wall-clock text 'YYYY-MM-DD HH:MM:SS' in the
 * zone that the caller chose. null and undefined are empty cells everywhere.
 */
export type ColumnKind = 'text' | 'amount' | 'integer' | 'day' | 'percent' | 'instant'

export type ExportColumn = {
  readonly title: string
  readonly kind: ColumnKind
  /** In characters, as Excel counts; without it, a width that fits the kind. */
  readonly width?: number
  /** Decimals shown, for amount (2 without it) and percent (2 without it). The cell keeps every digit it was given. */
  readonly decimals?: number
}

export type Cell = string | number | bigint | null | undefined

export type ExportRows = AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>

const NUMBER = /^-?\d{1,400}(\.\d{1,400})?$/
const NUMERIC: ReadonlySet<ColumnKind> = new Set(['amount', 'integer', 'percent'])

export function isNumeric(kind: ColumnKind): boolean {
  return NUMERIC.has(kind)
}

/** The decimal text of a numeric cell. Anything but a plain decimal is a bug of the caller, not of the user. */
export function numericText(cell: string | number | bigint): string {
  const text = String(cell)
  assert(NUMBER.test(text), `a numeric cell is a plain decimal, not ${JSON.stringify(text.slice(0, 40))}`)
  return text
}
