import { Problem } from '../../kernel/problem.ts'
import { decodeEscapes, detached } from './cell-text.ts'
import { type Calendar, serialText } from './excel-day.ts'
import { CELL_CHARS_MAX, COLUMNS_MAX, ROWS_MAX } from './limits.ts'
import { plainDecimal } from './number-text.ts'
import type { TableRow } from './table.ts'
import { feedXml } from './xml-part.ts'
import { attribute, decodeXmlText } from './xml-tokens.ts'
import type { ZipArchive } from './zip-archive.ts'

export type SheetContext = { readonly strings: readonly string[]; readonly styles: readonly Calendar[]; readonly is1904: boolean }

/** The rows of one sheet that hold anything, as they unpack. What follows the data (merged cells …) is not looked at. */
export async function* sheetRows(zip: ZipArchive, part: string, context: SheetContext): AsyncGenerator<TableRow> {
  const sheet = new SheetListener(context)
  for await (const _ of feedXml(zip, part, undefined, sheet)) {
    yield* sheet.ready
    sheet.ready = []
  }
}

const NO_FORMULAS: ReadonlySet<number> = new Set()

class SheetListener {
  ready: TableRow[] = []
  isDone = false
  private readonly context: SheetContext
  private line = 0
  private rows = 0
  private cells: string[] = []
  private formulas: Set<number> | undefined
  private column = -1
  private type = ''
  private style = 0
  private value = ''
  private isFormula = false
  private isInCell = false
  private isValue = false
  private isPhonetic = false

  constructor(context: SheetContext) {
    this.context = context
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.openCell(attributes)
    else if (name === 'v' || name === 't') this.isValue = this.isInCell && !this.isPhonetic
    else if (name === 'f') this.isFormula = this.isInCell
    else if (name === 'rPh') this.isPhonetic = true
    else if (name === 'row') this.openRow(attributes)
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isValue = false
    else if (name === 'c') this.closeCell()
    else if (name === 'row') this.closeRow()
    else if (name === 'rPh') this.isPhonetic = false
    else if (name === 'sheetData') this.isDone = true
  }

  text(raw: string): void {
    if (!this.isValue) return
    this.value = this.value === '' ? raw : this.value + raw
    if (this.value.length > CELL_CHARS_MAX * ESCAPED_CHARS_MAX) throw this.tooLong()
  }

  private openRow(attributes: string): void {
    const given = Number(attribute(attributes, 'r') ?? this.line + 1)
    this.rows++
    if (given > ROWS_MAX || this.rows > ROWS_MAX) throw new Problem('files.tooManyRows', { limit: ROWS_MAX }, { kind: 'tooLarge' })
    this.line = Number.isInteger(given) && given > 0 ? given : this.line + 1
    this.cells = []
    this.formulas = undefined
    this.column = -1
  }

  private openCell(attributes: string): void {
    const reference = attribute(attributes, 'r')
    this.column = reference === undefined ? this.column + 1 : columnIndex(reference, this.column + 1)
    this.type = attribute(attributes, 't') ?? 'n'
    const style = this.type === 'n' ? attribute(attributes, 's') : undefined
    this.style = style === undefined ? 0 : Number(style)
    this.value = ''
    this.isFormula = false
    this.isInCell = true
  }

  private closeCell(): void {
    this.isInCell = false
    this.isValue = false
    const text = this.cellText()
    if (text === '' && !this.isFormula) return
    if (this.column >= COLUMNS_MAX) throw new Problem('files.tooManyColumns', { line: this.line, limit: COLUMNS_MAX })
    if (text.length > CELL_CHARS_MAX) throw this.tooLong()
    while (this.cells.length < this.column) this.cells.push('')
    this.cells[this.column] = text
    if (this.isFormula) {
      this.formulas ??= new Set()
      this.formulas.add(this.column)
    }
  }

  private closeRow(): void {
    if (this.cells.length === 0) return
    this.ready.push({ line: this.line, cells: this.cells, formulas: this.formulas ?? NO_FORMULAS })
    this.cells = []
  }

  private cellText(): string {
    const { value } = this
    if (value === '') return ''
    switch (this.type) {
      case 's':
        return this.sharedString(value)
      case 'n':
        return this.numberText(value)
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : 'FALSE'
      case 'd':
        return isoText(value)
      default:
        return detached(decodeEscapes(decodeXmlText(value)))
    }
  }

  private sharedString(index: string): string {
    const text = this.context.strings[Number(index)]
    if (text === undefined) throw new Problem('files.damaged', { part: 'sharedStrings' })
    return text
  }

  private numberText(value: string): string {
    const calendar = this.style === 0 ? 'number' : (this.context.styles[this.style] ?? 'number')
    const dayText = calendar === 'number' ? undefined : serialText(Number(value), calendar, this.context.is1904)
    return dayText ?? detached(plainDecimal(value))
  }

  private tooLong(): Problem {
    return new Problem('files.cellTooLong', { line: this.line, limit: CELL_CHARS_MAX })
  }
}

/** `&#x1F600;` or `_x000D_`: the most that one character of a cell may take in the file. */
const ESCAPED_CHARS_MAX = 10

/** 'AB12' → 27. Anything that is no reference counts as the next column. */
function columnIndex(reference: string, next: number): number {
  let index = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code < 0x41 || code > 0x5a) return index === 0 ? next : index - 1
    index = index * 26 + code - 0x40
    if (index > COLUMNS_MAX) return COLUMNS_MAX
  }
  return next
}

/** `2026-01-31T00:00:00` (cells of type d) in the form that all other dates come in. */
function isoText(value: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?Z?$/.exec(value)
  if (found === null) return decodeXmlText(value)
  return found[2] === '00:00:00' ? found[1]! : `${found[1]} ${found[2]}`
}
