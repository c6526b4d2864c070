import { type ImportField, type ImportKind, importForms } from './import-fields.ts'

/** Rows of a file in which its header may stand: above it are titles and filters of the other system. */
export const HEADER_WITHIN_ROWS = 20

/** '客户名称（必填）*' and 'Customer  Name' as they are compared: width, case, blanks, brackets with their content and punctuation do not matter. */
export function headerKey(header: string): string {
  const folded = header.normalize('NFKC').toLowerCase()
  const bare = folded.replace(/[([{【][^)\]}】]{0,40}[)\]}】]/g, '').replace(/[^\p{L}\p{N}]/gu, '')
  return bare === '' ? folded.replace(/[^\p{L}\p{N}]/gu, '') : bare
}

/** What remembers a mapping: the same headers, in whatever order. */
export function headersKey(headers: readonly string[]): string {
  return headers
    .map(headerKey)
    .filter((key) => key !== '')
    .sort()
    .join('|')
}

const EXACT = 100
const FEWEST_CHARS_INSIDE = 2

/** The field that each column most likely is, or null. No field twice; an exact name beats one that merely contains it, the longer word beats the shorter. */
export function guessFields(kind: ImportKind, headers: readonly string[]): (string | null)[] {
  const keys = headers.map(headerKey)
  const wishes = keys.flatMap((key, column) =>
    importForms[kind].fields.map((field) => ({ column, field: field.key, score: scoreOf(key, field) })),
  )
  const guessed: (string | null)[] = headers.map(() => null)
  for (const { column, field } of wishes.filter((wish) => wish.score > 0).sort((a, b) => b.score - a.score || a.column - b.column)) {
    if (guessed[column] === null && !guessed.includes(field)) guessed[column] = field
  }
  return guessed
}

function scoreOf(key: string, field: ImportField): number {
  if (key === '') return 0
  const scores = field.names.map((name, place) => {
    const wanted = headerKey(name)
    if (key === wanted) return EXACT + 20 - Math.min(place, 19)
    return isInside(wanted, key) ? wanted.length : 0
  })
  return Math.max(0, ...scores)
}

/** Words that make another thing of the word beside them: '不含税金额' is no '金额' with tax, '审核日期' no day of issue. */
const TURNING =
  /不含|未税|未稅|已|折扣|优惠|優惠|折让|累计|累計|本位币|本位幣|预计|預計|预期|最近|最后|最後|上次|上期|审核|審核|录入|錄入|创建|建立|修改|更新|打印|列印|收款|付款|到账/g

/** A Chinese word may stand inside a longer header ('销售业务员') that says nothing else; a Latin one must be most of it, else 'date' would be in 'update'. */
function isInside(wanted: string, key: string): boolean {
  if (wanted.length < FEWEST_CHARS_INSIDE || !key.includes(wanted)) return false
  if (key.match(TURNING)?.some((word) => !wanted.includes(word))) return false
  return /\p{Script=Han}/u.test(wanted) || wanted.length * 4 >= key.length * 3
}

/** The place of the header among the first rows: where most cells are names we know; with none, the first row that is all words and at least half as wide as the widest. */
export function headerPlace(kind: ImportKind, rows: readonly (readonly string[])[]): number | undefined {
  const candidates = rows.slice(0, HEADER_WITHIN_ROWS).map((cells, place) => ({
    place,
    cells,
    known: isTitles(cells) ? guessFields(kind, cells).filter((field) => field !== null).length : 0,
  }))
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (found, next) => (next.known > (found?.known ?? 0) ? next : found),
    undefined,
  )
  if (best !== undefined) return best.place
  const widest = Math.max(0, ...candidates.map(({ cells }) => cells.length))
  return candidates.find(({ cells }) => isTitles(cells) && cells.filter((cell) => cell.trim() !== '').length * 2 >= widest)?.place
}

/** Titles are words: a cell of digits alone belongs to the data. */
function isTitles(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '')
  return filled.length > 0 && filled.every((cell) => /\p{L}/u.test(cell))
}
