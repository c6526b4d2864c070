import type { TextEncoding } from './text-encoding.ts'

/** Where the bytes are and what the user called the file; only the last part of the name, its ending, is looked at. */
export type FileSource = { readonly path: string; readonly name: string }

export type TableRow = {
  /** The row number that Excel shows, or the number of the text line on which the row begins; from 1. */
  readonly line: number
  /** One exact text per column, '' for an empty cell; trailing empty cells are left out. */
  readonly cells: readonly string[]
  /** Indexes into `cells` of formula cells (their last computed value is in `cells`): an importer may refuse them. */
  readonly formulas: ReadonlySet<number>
}

export type TableSheet = { readonly name: string; readonly isHidden: boolean }

export type Table = {
  readonly kind: 'xlsx' | 'text'
  /** For text: what was recognised (or asked for), to be shown before an import; undefined for a workbook. */
  readonly encoding?: TextEncoding
  readonly separator?: Separator
  /** In the workbook's order; a text file has one sheet, named as the file. */
  readonly sheets: readonly TableSheet[]
  /** Rows that hold anything, in file order; may be called again. Without a name: the first sheet that is not hidden. */
  rows(sheet?: string): AsyncGenerator<TableRow>
  close(): Promise<void>
}

export type Separator = ',' | ';' | '\t'
export type ReadTableOptions = { readonly encoding?: TextEncoding; readonly separator?: Separator }
