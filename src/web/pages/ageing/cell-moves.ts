/** Where an arrow key leads from a cell of a table of `rows` × `columns`; at an edge it stays. Undefined for other keys. */
export function cellAfter(
  key: string,
  at: { row: number; column: number },
  size: { rows: number; columns: number },
): { row: number; column: number } | undefined {
  const step = STEPS[key]
  if (!step) return undefined
  return { row: within(at.row + step[0], size.rows), column: within(at.column + step[1], size.columns) }
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function within(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, place))
}
