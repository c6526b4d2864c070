import { Problem } from '../../kernel/problem.ts'
import { delimitedRows } from './delimited-rows.ts'
import { restoreText } from './formula-text.ts'
import type { FileSource, ReadTableOptions, Separator, Table, TableRow } from './table.ts'
import { decodedText, detectEncoding } from './text-encoding.ts'

const SAMPLE_CHARS = 64 * 1024
const SAMPLE_ROWS = 20
const SEPARATORS: readonly Separator[] = [',', ';', '\t']
const NO_FORMULAS: ReadonlySet<number> = new Set()

/** Opens a .csv, .tsv or .txt; see `readTable`. */
export async function openDelimited(source: FileSource, options: ReadTableOptions): Promise<Table> {
  const encoding = await detectEncoding(source.path, options.encoding)
  const sample = await firstText(source.path, encoding)
  if (sample.trim() === '') throw new Problem('files.empty')
  const declared = declaredSeparator(sample)
  const separator = options.separator ?? declared ?? likelySeparator(sample)
  const name = source.name.replace(/\.[^.]{1,10}$/, '')
  return {
    kind: 'text',
    encoding,
    separator,
    sheets: [{ name, isHidden: false }],
    async *rows(sheet): AsyncGenerator<TableRow> {
      if (sheet !== undefined && sheet !== name) throw new Problem('files.sheetMissing', { sheet })
      let isFirst = declared !== undefined
      for await (const { line, cells } of delimitedRows(decodedText(source.path, encoding), separator)) {
        if (!isFirst) yield { line, cells: cells.map(restoreText), formulas: NO_FORMULAS }
        isFirst = false
      }
    },
    async close() {},
  }
}

async function firstText(path: string, encoding: NonNullable<Table['encoding']>): Promise<string> {
  let text = ''
  for await (const piece of decodedText(path, encoding)) {
    text += piece
    if (text.length >= SAMPLE_CHARS && text.trim() !== '') break
  }
  return text.slice(0, SAMPLE_CHARS)
}

/** Excel's own first line `sep=;`. */
function declaredSeparator(sample: string): Separator | undefined {
  const char = /^"?sep=([,;\t])"?[\r\n]/i.exec(sample)?.[1]
  return SEPARATORS.find((separator) => separator === char)
}

/** The separator by which most of the first rows have as many cells as the header; with equal counts, the one that gives more cells. */
function likelySeparator(sample: string): Separator {
  const scores = SEPARATORS.map((separator) => {
    const counts = cellCounts(sample, separator)
    const width = counts[0] ?? 1
    const alike = width > 1 ? counts.filter((count) => count === width).length : 0
    return { separator, alike, width }
  })
  return scores.reduce((best, next) => (next.alike > best.alike || (next.alike === best.alike && next.width > best.width) ? next : best))
    .separator
}

/** Number of cells of the sample's first rows; quotes count, but nothing is refused here. */
function cellCounts(sample: string, separator: Separator): number[] {
  const counts: number[] = []
  let count = 1
  let isQuoted = false
  let isBlank = true
  for (const char of sample) {
    if (char === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (char === separator) count++
    else if (char === '\n' || char === '\r') {
      if (!isBlank) counts.push(count)
      if (counts.length === SAMPLE_ROWS) return counts
      count = 1
      isBlank = true
      continue
    }
    isBlank = false
  }
  // The last row of the sample is cut off, unless it is the only one.
  return counts.length === 0 ? [count] : counts
}
