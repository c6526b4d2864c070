import type { ProblemParams } from '../../kernel/problem.ts'
import { type NamedField, namedFields } from './import-options.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'

/** One kind of warning or remark and how many rows have it: a sentence of imports.groups. */
export type FindingGroup = {
  readonly severity: 'warned' | 'noted'
  readonly code: string
  readonly rows: number
  readonly lines: readonly number[]
  readonly params: ProblemParams
}
/** A word that names nobody here, or that somebody has decided on. */
export type NameCount = { readonly field: NamedField; readonly value: string; readonly rows: number }

export type CheckCounts = {
  readonly rows: number
  /** All that can come in, with or without something said about it. */
  readonly accepted: number
  /** Of those: rows to be looked at first. */
  readonly warned: number
  /** Of those: rows about which there is only something to know. */
  readonly noted: number
  readonly refused: number
  readonly already: number
  /** Rows whose due day is empty, whether terms are known that fill it or not. */
  readonly dueFromTerms: number
}

/** Rows of each list that the answer carries; the download has all of them. */
const LISTED_MOST = 500
const LINES_NAMED_MOST = 5
const NAMES_MOST = 200
const NAME_CODES = new Set([
  ...namedFields.map((field) => `imports.${field}Unknown`),
  'imports.salespersonAmbiguous',
  'imports.nameLeftBlank',
])

/** Counts judged rows: a refused row is refused whatever else is said of it, a warning counts before a remark. */
export class CheckCounter {
  readonly #counts = { rows: 0, accepted: 0, warned: 0, noted: 0, refused: 0, already: 0, dueFromTerms: 0 }
  readonly #refused: JudgedRow[] = []
  readonly #already: JudgedRow[] = []
  readonly #warned: JudgedRow[] = []
  readonly #accepted: JudgedRow[] = []
  readonly #groups = new Map<string, { severity: 'warned' | 'noted'; code: string; rows: number; lines: number[]; params: ProblemParams }>()
  readonly #names = new Map<string, { field: NamedField; value: string; rows: number }>()
  readonly #unknownCustomers = new Set<string>()

  add(row: JudgedRow): void {
    const has = (severity: string) => row.findings.some((one) => one.severity === severity)
    this.#counts.rows += 1
    if (row.dueOnEmpty) this.#counts.dueFromTerms += 1
    this.#remember(row, isRefused(row))
    const { input: _, ...shown } = row
    if (has('refused')) this.#count('refused', this.#refused, shown)
    else if (has('already')) this.#count('already', this.#already, shown)
    else {
      this.#counts.accepted += 1
      if (has('warned')) this.#count('warned', this.#warned, shown)
      else {
        if (has('noted')) this.#counts.noted += 1
        if (this.#accepted.length < LISTED_MOST) this.#accepted.push(shown)
      }
    }
  }

  get counts(): CheckCounts {
    return this.#counts
  }

  get lists() {
    return {
      refusedRows: [...this.#refused, ...this.#already].slice(0, LISTED_MOST),
      warnedRows: this.#warned,
      acceptedRows: this.#accepted,
    }
  }

  get groups(): FindingGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.severity === b.severity ? b.rows - a.rows : a.severity === 'warned' ? -1 : 1))
  }

  get names(): NameCount[] {
    return [...this.#names.values()].sort((a, b) => b.rows - a.rows).slice(0, NAMES_MOST)
  }

  get unknownCustomers(): number {
    return this.#unknownCustomers.size
  }

  #count(what: 'refused' | 'already' | 'warned', list: JudgedRow[], row: JudgedRow): void {
    this.#counts[what] += 1
    if (list.length < LISTED_MOST) list.push(row)
  }

  /** What is said once a kind is said of the rows that come in; a refused row has its own reason. Names are counted over the whole file. */
  #remember({ line, findings }: JudgedRow, refused: boolean): void {
    for (const { severity, code, params, field } of findings) {
      if (code === 'imports.customerUnknown' || code === 'imports.customerUnknownSimilar')
        this.#unknownCustomers.add(String(params?.['value']))
      if (NAME_CODES.has(code) || code === 'imports.nameRead') {
        const key = `${field} ${params?.['value']}`
        const name = this.#names.get(key) ?? { field: field as NamedField, value: String(params?.['value']), rows: 0 }
        this.#names.set(key, { ...name, rows: name.rows + 1 })
      }
      if (refused || (severity !== 'warned' && severity !== 'noted')) continue
      const group = this.#groups.get(code) ?? { severity, code, rows: 0, lines: [], params: params ?? {} }
      if (group.lines.length < LINES_NAMED_MOST) group.lines.push(line)
      group.rows += 1
      this.#groups.set(code, group)
    }
  }
}
