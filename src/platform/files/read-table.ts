import { open, stat } from 'node:fs/promises'
import { Problem } from '../../kernel/problem.ts'
import { openDelimited } from './delimited-table.ts'
import { FILE_BYTES_MAX } from './limits.ts'
import type { FileSource, ReadTableOptions, Table, TableRow } from './table.ts'
import { openWorkbook } from './workbook.ts'

/**
 * Opens a .xlsx, .csv, .tsv or .txt file for reading row by row, in bounded memory. Call `close` at the end.
 *
 * Numbers come as plain decimals ('55.94', never '5.594E1'), dates as 'YYYY-MM-DD' with ' HH:MM:SS' if there is a time, booleans as
 * TRUE and FALSE, error cells as '#N/A'; a percentage is the stored number ('0.13'). In text files a leading apostrophe that
 * protects a formula sign is taken off (see `formula-text.ts`); nothing else is interpreted.
 * @throws Problem `files.*`: too large, wrong kind, damaged, hostile, wrong encoding; for rows also while iterating
 */
export async function readTable(source: FileSource, options: ReadTableOptions = {}): Promise<Table> {
  const { size } = await stat(source.path)
  if (size > FILE_BYTES_MAX) throw new Problem('files.fileTooLarge', { limit: FILE_BYTES_MAX / 1024 / 1024 }, { kind: 'tooLarge' })
  if (size === 0) throw new Problem('files.empty')
  const kind = await fileKind(source)
  return kind === 'xlsx' ? openWorkbook(source.path) : openDelimited(source, options)
}

/** The header row (the first row, or the one at `line`) and the rows after it. Throws `files.noHeader`, `files.empty`. */
export async function splitHeader(
  rows: AsyncGenerator<TableRow>,
  line?: number,
): Promise<{ readonly header: TableRow; readonly rows: AsyncGenerator<TableRow> }> {
  let found = await rows.next()
  if (found.done === true) throw new Problem('files.empty')
  while (found.done !== true && line !== undefined && found.value.line < line) found = await rows.next()
  const header = found.done === true ? undefined : found.value
  if (header === undefined || (line !== undefined && header.line !== line) || !header.cells.some(isTitle)) {
    await rows.return(undefined)
    throw new Problem('files.noHeader', { line: line ?? header?.line ?? 1 })
  }
  return { header, rows }
}

/** A column's title is a word: a row of numbers and dates alone is data. */
function isTitle(cell: string): boolean {
  return /\p{L}/u.test(cell)
}

const ZIP_MARK = Buffer.from('PK')
const OLE_MARK = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const TEXT_ENDINGS: ReadonlySet<string> = new Set(['csv', 'tsv', 'txt'])

/** Decided by the first bytes; the name only tells a text file from the many kinds that are neither. */
async function fileKind(source: FileSource): Promise<'xlsx' | 'text'> {
  const ending = source.name.slice(source.name.lastIndexOf('.') + 1).toLowerCase()
  const file = await open(source.path)
  try {
    const head = Buffer.alloc(512)
    await file.read(head, 0, head.length, 0)
    if (head.subarray(0, 2).equals(ZIP_MARK) && (head[2] === 3 || head[2] === 5)) return 'xlsx'
    if (head.subarray(0, 8).equals(OLE_MARK)) {
      const directory = Buffer.alloc(4096)
      const sectorBytes = 2 ** Math.min(head.readUInt16LE(30), 12)
      await file.read(directory, 0, directory.length, (head.readUInt32LE(48) + 1) * sectorBytes)
      const isEncrypted = directory.includes(Buffer.from('EncryptedPackage', 'utf16le'))
      throw new Problem(isEncrypted ? 'files.encrypted' : 'files.oldExcel')
    }
  } finally {
    await file.close()
  }
  if (TEXT_ENDINGS.has(ending)) return 'text'
  if (ending === 'xls') throw new Problem('files.oldExcel')
  throw new Problem(ending === 'xlsx' || ending === 'xlsm' ? 'files.notAWorkbook' : 'files.unsupportedKind')
}
