/** Rows of cells as lines of a table for a terminal: figures at the right, Chinese characters as wide as two. The first row is the head. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, width(cell))), [])
  const isFigure = widths.map((_, at) => rows.slice(1).every((row) => /^-?[\d.,]*$/.test(row[at] ?? '')))
  return rows.map((row) =>
    row
      .map((cell, at) => padded(cell, widths[at]!, isFigure[at]!))
      .join('  ')
      .trimEnd(),
  )
}

function padded(cell: string, to: number, right: boolean): string {
  const blanks = ' '.repeat(to - width(cell))
  return right ? blanks + cell : cell + blanks
}

function width(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(char) ? 2 : 1), 0)
}
