import type { Writable } from 'node:stream'
import { type Cell, type ExportColumn, type ExportRows, isNumeric, numericText } from './export-table.ts'
import { neutraliseText } from './formula-text.ts'
import { bufferedWriter, wholeOrBroken } from './stream-writer.ts'

const BYTE_ORDER_MARK = '\ufeff'
const NEEDS_QUOTES = /[",;\t\r\n]|^[ ']|[ ]$/

/**
 * Writes a CSV that Excel opens correctly: UTF-8 with byte order mark, commas, CRLF, a header row. Texts that would become formulas
 * are neutralised (read back unchanged by `readTable`); numbers stay bare, negative ones too. Ends the stream.
 */
export async function writeCsv(
  output: Writable,
  table: { readonly columns: readonly ExportColumn[]; readonly rows: ExportRows },
): Promise<void> {
  await wholeOrBroken(output, async () => {
    const writer = bufferedWriter(output)
    await writer.write(BYTE_ORDER_MARK + csvLine(table.columns.map((column) => textField(column.title))))
    for await (const row of table.rows) await writer.write(csvLine(table.columns.map((column, index) => field(row[index], column))))
    await writer.end()
  })
}

function csvLine(fields: readonly string[]): string {
  return `${fields.join(',')}\r\n`
}

function field(cell: Cell, column: ExportColumn): string {
  if (cell === null || cell === undefined || cell === '') return ''
  return isNumeric(column.kind) ? numericText(cell) : textField(String(cell))
}

function textField(text: string): string {
  const safe = neutraliseText(text)
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
