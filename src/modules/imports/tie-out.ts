/** One currency of a file, in minor units. `file` = `toImport` + `refused`: the difference is what no row explains, and it is 0. */
export type TieOut = {
  readonly currency: string
  readonly rows: number
  readonly file: bigint
  readonly toImport: bigint
  readonly refused: bigint
  readonly importRows: number
}

/** Adds up the rows of a file by currency, once for the file and once by what becomes of each row: two sums that must meet. */
export class TieOutCounter {
  readonly #sums = new Map<string, { rows: number; file: bigint; toImport: bigint; refused: bigint; importRows: number }>()

  add(currency: string, amount: bigint, isImported: boolean): void {
    const sum = this.#sums.get(currency) ?? { rows: 0, file: 0n, toImport: 0n, refused: 0n, importRows: 0 }
    sum.rows += 1
    sum.file += amount
    if (isImported) {
      sum.toImport += amount
      sum.importRows += 1
    } else sum.refused += amount
    this.#sums.set(currency, sum)
  }

  get sums(): TieOut[] {
    return [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, sum]) => ({ currency, ...sum }))
  }
}

/** What neither goes in nor was refused; anything but 0 is our own fault. */
export function difference({ file, toImport, refused }: TieOut): bigint {
  return file - toImport - refused
}
