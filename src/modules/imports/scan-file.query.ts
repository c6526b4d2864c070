import { Problem } from '../../kernel/problem.ts'
import { readTable } from '../../platform/files/read-table.ts'
import type { Separator, Table, TableRow } from '../../platform/files/table.ts'
import type { TextEncoding } from '../../platform/files/text-encoding.ts'
import { columnLetters } from '../../platform/files/xlsx-parts.ts'
import { ColumnCounter, type ColumnProfile } from './column-profile.ts'
import { guessFields, HEADER_WITHIN_ROWS, headerKey, headerPlace } from './header-match.ts'
import type { ImportKind } from './import-fields.ts'
import { isFooterLine, isTotalLine } from './total-line.ts'

/** Where the table is inside the file; what is left out is found out. */
export type TablePlace = {
  readonly sheet?: string | undefined
  readonly headerLine?: number | undefined
  readonly encoding?: TextEncoding | undefined
  readonly separator?: Separator | undefined
}

/** Everything one pass over a file tells: it was read whole, so a file that is damaged, hostile or in another encoding has been refused before this exists. */
export type FileScan = {
  readonly fileKind: Table['kind']
  readonly encoding?: TextEncoding | undefined
  readonly separator?: Separator | undefined
  readonly sheets: readonly { readonly name: string; readonly isHidden: boolean }[]
  readonly sheet: string
  readonly headerLine: number
  readonly profiles: readonly ColumnProfile[]
  readonly rows: number
  readonly preview: readonly PreviewRow[]
}
export type PreviewRow = { readonly line: number; readonly cells: readonly string[]; readonly formulas: readonly number[] }

const PREVIEW_ROWS = 5
const PREVIEW_CELL_CHARS = 200

/**
 * Reads the whole file once: header, what each column holds, how many rows, the first of them. Throws files.* for what cannot be read, imports.noHeader,
 * imports.noRows (a header and nothing below it), imports.headerTwice.
 */
export async function scanFile(
  source: { readonly path: string; readonly name: string },
  kind: ImportKind,
  place: TablePlace = {},
): Promise<FileScan> {
  const table = await readTable(source, {
    ...(place.encoding ? { encoding: place.encoding } : {}),
    ...(place.separator ? { separator: place.separator } : {}),
  })
  try {
    const sheet = place.sheet ?? (table.sheets.find((one) => !one.isHidden) ?? table.sheets[0]!).name
    const { header, rows } = await afterHeader(table.rows(sheet), kind, place.headerLine)
    const headers = headersOf(header)
    const counter = new ColumnCounter(headers)
    const preview: PreviewRow[] = []
    let count = 0
    for await (const row of rows) {
      count += 1
      counter.add(row.cells, row.formulas)
      if (preview.length < PREVIEW_ROWS)
        preview.push({
          line: row.line,
          cells: headers.map((_, at) => (row.cells[at] ?? '').slice(0, PREVIEW_CELL_CHARS)),
          formulas: [...row.formulas],
        })
    }
    if (count === 0) throw new Problem('imports.noRows', { line: header.line })
    return {
      fileKind: table.kind,
      encoding: table.encoding,
      separator: table.separator,
      sheets: table.sheets.map(({ name, isHidden }) => ({ name, isHidden })),
      sheet,
      headerLine: header.line,
      profiles: counter.profiles,
      rows: count,
      preview,
    }
  } finally {
    await table.close()
  }
}

/** The rows below the header of a table that was scanned before, for the run itself. */
export async function* rowsBelow(table: Table, sheet: string, headerLine: number): AsyncGenerator<TableRow> {
  for await (const row of table.rows(sheet)) if (row.line > headerLine && isDocument(row)) yield row
}

type Found = { readonly header: TableRow; readonly rows: AsyncGenerator<TableRow> }

async function afterHeader(rows: AsyncGenerator<TableRow>, kind: ImportKind, wantedLine: number | undefined): Promise<Found> {
  const first: TableRow[] = []
  while (first.length < HEADER_WITHIN_ROWS) {
    const next = await rows.next()
    if (next.done === true) break
    first.push(next.value)
  }
  if (first.length === 0) throw new Problem('files.empty')
  const place =
    wantedLine === undefined
      ? headerPlace(
          kind,
          first.map((row) => row.cells),
        )
      : first.findIndex((row) => row.line === wantedLine)
  const header = place === undefined ? undefined : first[place]
  if (header === undefined) throw new Problem('imports.noHeader', { rows: HEADER_WITHIN_ROWS })
  const [above, below] = [first[place! - 1], first[place! + 1]]
  if (below !== undefined && isSecondHeader(kind, header, below))
    return { header: withCellsAbove(below, header), rows: documents(chained(first.slice(place! + 2), rows)) }
  return { header: withCellsAbove(header, above), rows: documents(chained(first.slice(place! + 1), rows)) }
}

/** The lower row of a header: right below, its first cell empty (merged with the one above), all words, and some of them names we know. */
function isSecondHeader(kind: ImportKind, { line }: TableRow, below: TableRow): boolean {
  const filled = below.cells.filter((cell) => cell.trim() !== '')
  const isWords = filled.length > 0 && filled.every((cell) => /\p{L}/u.test(cell)) && (below.cells[0] ?? '').trim() === ''
  return isWords && below.line === line + 1 && guessFields(kind, below.cells).some((field) => field !== null)
}

/** A header of two rows: what is merged over both stands in the upper one. A title above the table is one cell, and is none of it. */
function withCellsAbove(header: TableRow, above: TableRow | undefined): TableRow {
  const isHeader = above !== undefined && above.line === header.line - 1 && above.cells.filter((cell) => cell.trim() !== '').length > 1
  if (!isHeader || !above.cells.every((cell) => cell.trim() === '' || /\p{L}/u.test(cell))) return header
  const width = Math.max(header.cells.length, above.cells.length)
  const cells = Array.from({ length: width }, (_, at) => (header.cells[at]?.trim() || above.cells[at]) ?? '')
  return { ...header, cells }
}

/** Lines that only add up the others, and the foot of a printed list, are left out, when the file is looked at and when it comes in. */
async function* documents(rows: AsyncGenerator<TableRow>): AsyncGenerator<TableRow> {
  for await (const row of rows) if (isDocument(row)) yield row
}

function isDocument({ cells }: TableRow): boolean {
  return !isTotalLine(cells) && !isFooterLine(cells)
}

async function* chained(first: readonly TableRow[], rest: AsyncGenerator<TableRow>): AsyncGenerator<TableRow> {
  yield* first
  yield* rest
}

const HEADER_CHARS_MOST = 200

/** A column without a title gets the letter that Excel shows. Two columns of one title could be mixed up, so they are refused. */
function headersOf({ cells, line }: TableRow): string[] {
  const headers = cells.map(
    (cell, at) => cell.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, HEADER_CHARS_MOST) || columnLetters(at),
  )
  const seen = new Set<string>()
  for (const header of headers) {
    const key = headerKey(header) || header
    if (seen.has(key)) throw new Problem('imports.headerTwice', { header, line })
    seen.add(key)
  }
  return headers
}
