import { Problem } from '../../kernel/problem.ts'
import { detached } from './cell-text.ts'
import { CELL_CHARS_MAX, COLUMNS_MAX, ROWS_MAX } from './limits.ts'

export type DelimitedRow = { readonly line: number; readonly cells: string[] }

/**
 * Cuts text that arrives in pieces into rows of cells (RFC 4180; lines may end in LF, CRLF or CR, also mixed). Rows without any text
 * are left out, `line` counts all text lines. Quotes must be balanced: a quote that is never closed would swallow the rest of the file.
 * @throws Problem `files.unbalancedQuotes`, `files.brokenQuotes`, `files.cellTooLong`, `files.tooManyColumns`, `files.tooManyRows`
 */
export async function* delimitedRows(text: AsyncIterable<string>, separator: string): AsyncGenerator<DelimitedRow> {
  const scanner = new RowScanner(separator)
  for await (const piece of text) {
    scanner.push(piece)
    yield* scanner.ready
    scanner.ready = []
  }
  scanner.end()
  yield* scanner.ready
}

const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** start: nothing of the cell yet; plain: unquoted; quoted: between quotes; closing: after a quote that ends the cell or is doubled. */
type State = 'start' | 'plain' | 'quoted' | 'closing'

class RowScanner {
  ready: DelimitedRow[] = []
  private readonly separator: number
  private state: State = 'start'
  private cell = ''
  private cells: string[] = []
  private line = 1
  private rowLine = 1
  private quoteLine = 1
  private rows = 0
  private isAfterReturn = false

  constructor(separator: string) {
    this.separator = separator.charCodeAt(0)
  }

  push(piece: string): void {
    let from = 0
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      const isLineFeedOfPair = this.isAfterReturn && code === LINE_FEED
      this.isAfterReturn = code === CARRIAGE_RETURN
      if (this.state === 'quoted') {
        if (!isLineFeedOfPair && (code === LINE_FEED || code === CARRIAGE_RETURN)) this.line++
        if (code !== QUOTE) continue
        this.take(piece, from, at)
        this.state = 'closing'
      } else if (code === this.separator || code === LINE_FEED || code === CARRIAGE_RETURN) {
        if (!isLineFeedOfPair) {
          this.take(piece, from, at)
          this.endCell()
          if (code !== this.separator) this.endRow()
        }
        from = at + 1
      } else if (code === QUOTE && this.state !== 'plain') {
        // In `closing`, this is the second of a doubled quote, and stays part of the cell.
        from = this.state === 'closing' ? at : at + 1
        if (this.state === 'start') this.quoteLine = this.line
        this.state = 'quoted'
      } else if (this.state === 'closing') throw new Problem('files.brokenQuotes', { line: this.quoteLine })
      else if (this.state === 'start') {
        from = at
        this.state = 'plain'
      }
    }
    this.take(piece, from, piece.length)
  }

  end(): void {
    if (this.state === 'quoted') throw new Problem('files.unbalancedQuotes', { line: this.quoteLine, limit: CELL_CHARS_MAX })
    this.endCell()
    this.endRow()
  }

  private take(piece: string, from: number, to: number): void {
    if (this.state !== 'plain' && this.state !== 'quoted') return
    this.cell += piece.slice(from, to)
    if (this.cell.length <= CELL_CHARS_MAX) return
    const isQuoted = this.state === 'quoted'
    throw new Problem(isQuoted ? 'files.unbalancedQuotes' : 'files.cellTooLong', {
      line: isQuoted ? this.quoteLine : this.line,
      limit: CELL_CHARS_MAX,
    })
  }

  private endCell(): void {
    if (this.cell !== '') {
      if (this.cells.length >= COLUMNS_MAX) throw new Problem('files.tooManyColumns', { line: this.rowLine, limit: COLUMNS_MAX })
      this.cells.push(detached(this.cell))
    } else if (this.cells.length < COLUMNS_MAX) this.cells.push('')
    this.cell = ''
    this.state = 'start'
  }

  private endRow(): void {
    let width = this.cells.length
    while (width > 0 && this.cells[width - 1] === '') width--
    if (width > 0) {
      this.rows++
      if (this.rows > ROWS_MAX) throw new Problem('files.tooManyRows', { limit: ROWS_MAX }, { kind: 'tooLarge' })
      this.cells.length = width
      this.ready.push({ line: this.rowLine, cells: this.cells })
    }
    this.cells = []
    this.line++
    this.rowLine = this.line
  }
}
