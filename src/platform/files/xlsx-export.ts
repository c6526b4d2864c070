import type { Writable } from 'node:stream'
import { assert } from '../../kernel/assert.ts'
import { Problem } from '../../kernel/problem.ts'
import { serialOf } from './excel-day.ts'
import { type Cell, type ExportColumn, type ExportRows, isNumeric, numericText } from './export-table.ts'
import { CELL_CHARS_MAX, COLUMNS_MAX, ROWS_MAX, SHEETS_MAX } from './limits.ts'
import { wholeOrBroken } from './stream-writer.ts'
import * as parts from './xlsx-parts.ts'
import { type ZipWriter, zipWriter } from './zip-writer.ts'

export type ExportSheet = { readonly name: string; readonly columns: readonly ExportColumn[]; readonly rows: ExportRows }

/**
 * Writes a workbook row by row, in flat memory, and ends the stream. Header bold and frozen; texts are always typed as text, never as
 * formula; numbers are written digit by digit as given, and as text where Excel's 15 digits would round them.
 * @throws Problem `files.tooManyRows`, `files.cellTooLong`: more than Excel can hold
 */
export async function writeXlsx(output: Writable, table: { readonly sheets: readonly ExportSheet[] }): Promise<void> {
  const { sheets } = table
  assert(sheets.length > 0 && sheets.length <= SHEETS_MAX, 'a workbook has 1 to 200 sheets')
  const styles = parts.styleSheet(sheets.flatMap((sheet) => sheet.columns))
  await wholeOrBroken(output, async () => {
    const zip = zipWriter(output)
    await writeContents(zip, sheets, styles.xml)
    for (const [at, sheet] of sheets.entries()) await zip.add(`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet, styles))
    await zip.end()
  })
}

async function writeContents(zip: ZipWriter, sheets: readonly ExportSheet[], styles: string): Promise<void> {
  await zip.add('[Content_Types].xml', [parts.contentTypes(sheets.length)])
  await zip.add('_rels/.rels', [parts.packageRelationships()])
  await zip.add('xl/workbook.xml', [parts.workbook(sheetNames(sheets.map((sheet) => sheet.name)))])
  await zip.add('xl/_rels/workbook.xml.rels', [parts.workbookRelationships(sheets.length)])
  await zip.add('xl/styles.xml', [styles])
}

const SHEET_NAME_CHARS_MAX = 31

/** Names as Excel allows them: no `[]:*?/\`, no apostrophe at the ends, 31 characters, no two alike. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name, at) => {
    const base =
      cut(
        name
          .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
          .trim()
          .replace(/^'|'$/g, ' ')
          .trim(),
        SHEET_NAME_CHARS_MAX,
      ) || `Sheet${at + 1}`
    let unique = base
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${cut(base, SHEET_NAME_CHARS_MAX - String(n).length - 1)} ${n}`
    taken.add(unique.toLowerCase())
    return unique
  })
}

function cut(text: string, chars: number): string {
  return text
    .slice(0, chars)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()
}

const PIECE_CHARS = 64 * 1024

async function* sheetXml(sheet: ExportSheet, styles: parts.StyleSheet): AsyncGenerator<string> {
  assert(sheet.columns.length <= COLUMNS_MAX, 'a sheet has at most 500 columns')
  const cells = sheet.columns.map((column) => cellWriter(column, styles.styleOf(column)))
  let piece = parts.sheetHead(sheet.columns)
  let line = 1
  for await (const row of sheet.rows) {
    line++
    if (line > ROWS_MAX) throw new Problem('files.tooManyRows', { limit: ROWS_MAX })
    piece += rowXml(row, line, cells)
    if (piece.length < PIECE_CHARS) continue
    yield piece
    piece = ''
  }
  yield piece + parts.SHEET_END
}

/** Writes one cell; `reference` is 'B7'. */
type CellWriter = (cell: string | number | bigint, line: number, reference: string) => string

/** Empty cells are left out: a sheet of blanks would look like a zip bomb. Every cell says where it stands, because readers that are common (ExcelJS) read no other. */
function rowXml(row: readonly Cell[], line: number, cells: readonly CellWriter[]): string {
  let xml = `<row r="${line}">`
  for (let at = 0; at < cells.length; at++) {
    const cell = row[at]
    if (cell !== null && cell !== undefined && cell !== '') xml += cells[at]!(cell, line, parts.columnLetters(at) + line)
  }
  return `${xml}</row>`
}

function cellWriter(column: ExportColumn, style: number): CellWriter {
  const isNumber = isNumeric(column.kind)
  return (cell, line, reference) => {
    if (column.kind === 'text') return textCell(String(cell), line, reference)
    const value = isNumber ? exactNumber(numericText(cell)) : serialOf(String(cell))
    return value === undefined ? textCell(String(cell), line, reference) : `<c r="${reference}" s="${style}"><v>${value}</v></c>`
  }
}

function textCell(text: string, line: number, reference: string): string {
  if (text.length > CELL_CHARS_MAX) throw new Problem('files.cellTooLong', { line, limit: CELL_CHARS_MAX })
  return `<c r="${reference}" s="${parts.TEXT_STYLE}" t="inlineStr"><is>${parts.textElement(text)}</is></c>`
}

const EXACT_DIGITS = 15

/** Excel keeps 15 significant digits; a longer amount would silently change, so it is no number for Excel. */
function exactNumber(text: string): string | undefined {
  if (text.length <= EXACT_DIGITS) return text
  const digits = text.replace(/^-|\./g, '').replace(/^0+/, '')
  return digits.length <= EXACT_DIGITS ? text : undefined
}
