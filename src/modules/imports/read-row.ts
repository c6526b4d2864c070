import type { Day } from '../../kernel/day.ts'
import { isRate } from '../../kernel/percent.ts'
import type { ProblemParams } from '../../kernel/problem.ts'
import type { ColumnReading } from './column-reading.ts'
import { readAmount, readPercent } from './read-amount.ts'
import { readDay } from './read-day.ts'
import { readCurrency, readFlag } from './read-words.ts'

/**
 * Why a row, or one field of it, cannot go in (`refused`), goes in with something to look at first (`warned`) or merely to know (`noted`), or is there already
 * (`already`: not brought in again). `code` is a sentence of <module>.problems; `fix` names what to do (imports.fixes).
 */
export type Finding = {
  readonly severity: 'refused' | 'warned' | 'noted' | 'already'
  readonly field: string
  readonly code: string
  readonly params?: ProblemParams
  readonly fix?: string
}

/** One row as it was read: plain values by field (days 'YYYY-MM-DD', amounts and rates as decimals, flags 'true'/'false'), empty cells left out. */
export type ReadRow = {
  readonly line: number
  readonly values: Readonly<Record<string, string>>
  readonly marks: Readonly<Record<string, string>>
  readonly findings: readonly Finding[]
}

export type Cells = { readonly line: number; readonly cells: readonly string[]; readonly formulas: ReadonlySet<number> }

/** Reads the mapped cells of one row. Every cell that cannot be read is named with what it said. */
export function readRow({ line, cells, formulas }: Cells, readings: readonly ColumnReading[]): ReadRow {
  const values: Record<string, string> = {}
  const marks: Record<string, string> = {}
  const findings: Finding[] = []
  for (const reading of readings) {
    const refuse = (code: string, fix: string, value = cells[reading.column] ?? '') =>
      findings.push({ severity: 'refused', field: reading.field, code: `imports.${code}`, params: { value: value.slice(0, 40) }, fix })
    if (formulas.has(reading.column)) {
      refuse('formulaCell', 'pasteValues')
      continue
    }
    const text = cells[reading.column]?.trim() ?? ''
    if (text === '') continue
    const read = readCell(text, reading)
    if ('value' in read) {
      values[reading.field] = read.value
      if (read.mark !== undefined) marks[reading.field] = read.mark
    } else refuse(read.problem, read.fix)
  }
  return { line, values, marks, findings }
}

type CellRead = { readonly value: string; readonly mark?: string } | { readonly problem: string; readonly fix: string }

function readCell(text: string, reading: ColumnReading): CellRead {
  switch (reading.type) {
    case 'day': {
      const read = readDay(text, reading.order)
      return 'day' in read ? { value: read.day satisfies Day } : { problem: read.problem, fix: 'fixDay' }
    }
    case 'amount':
    case 'decimal': {
      const read = readAmount(text, reading.sign)
      if ('problem' in read) return { problem: read.problem, fix: read.problem === 'amountInTenThousands' ? 'writeOut' : 'fixAmount' }
      if (reading.field === 'rate' && !isRate(read.decimal)) return { problem: 'notAnExchangeRate', fix: 'giveRate' }
      return { value: read.decimal, ...(read.mark === undefined ? {} : { mark: read.mark }) }
    }
    case 'percent': {
      const value = readPercent(text)
      return value === undefined ? { problem: 'notAPercent', fix: 'fixPercent' } : { value }
    }
    case 'currency': {
      const value = readCurrency(text)
      return value === undefined ? { problem: 'unknownCurrency', fix: 'fixCurrency' } : { value }
    }
    case 'flag': {
      const value = readFlag(text)
      return value === undefined ? { problem: 'notAFlag', fix: 'fixFlag' } : { value: String(value) }
    }
    case 'text':
      return readText(text, reading.most)
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** Text in one line: line breaks and tabs inside a cell become blanks, other control characters are refused. */
function readText(text: string, most: number): CellRead {
  if (CONTROL.test(text)) return { problem: 'controlCharacters', fix: 'retype' }
  const value = text.normalize('NFC').replace(/\s+/g, ' ')
  return value.length > most ? { problem: 'textTooLong', fix: 'shorten' } : { value }
}
