import { type AmountVotes, countAmount, noAmountVotes } from './read-amount.ts'
import { countDay, type DayVotes, noDayVotes } from './read-day.ts'

/** What one pass over the file learned of a column: enough to say how it will be read, without reading it again when its field changes. */
export type ColumnProfile = {
  readonly header: string
  /** The first filled values, for the page. */
  readonly samples: readonly string[]
  readonly filled: number
  readonly formulas: number
  readonly days: DayVotes
  readonly amounts: AmountVotes
}

const SAMPLES = 5
const SAMPLE_CHARS = 120
/** Longer than any day or amount: not looked at, so that a column of long texts costs nothing. */
const VALUE_CHARS_MOST = 40

/** 2026-07-30 is a day and no amount; 20260730, 46233 and 1.2.2026 may be either. */
function isAlsoAmount(cell: string): boolean {
  return !/^\d{4}-\d{2}-\d{2}/.test(cell)
}

/** Counts row after row; `profiles` may be asked for at the end. */
export class ColumnCounter {
  readonly #headers: readonly string[]
  readonly #columns: { samples: string[]; filled: number; formulas: number; days: DayVotes; amounts: AmountVotes }[]

  constructor(headers: readonly string[]) {
    this.#headers = headers
    this.#columns = headers.map(() => ({ samples: [], filled: 0, formulas: 0, days: noDayVotes, amounts: noAmountVotes }))
  }

  add(cells: readonly string[], formulas: ReadonlySet<number>): void {
    for (let at = 0; at < this.#columns.length; at += 1) {
      const column = this.#columns[at]!
      if (formulas.has(at)) column.formulas += 1
      const cell = cells[at]
      if (cell === undefined || cell === '') continue
      column.filled += 1
      if (column.samples.length < SAMPLES) column.samples.push(cell.slice(0, SAMPLE_CHARS))
      if (cell.length > VALUE_CHARS_MOST || !/\p{Nd}/u.test(cell)) continue
      const { days, amounts } = column
      column.days = countDay(days, cell)
      if (column.days === days || isAlsoAmount(cell)) column.amounts = countAmount(amounts, cell)
    }
  }

  get profiles(): ColumnProfile[] {
    return this.#columns.map((column, at) => ({ header: this.#headers[at]!, ...column }))
  }
}
