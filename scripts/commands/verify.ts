import type { Command } from './command.ts'

type Invariant = { id: string; sentence: string; holds: boolean; count: number; rows: unknown[] }
type Verified = { holds: boolean; asOf: string; seconds: number; invariants: Invariant[] }

/** Every invariant of the books, on one snapshot: exit 1 and the rows where one does not hold. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: 'proves every invariant of the books; shows the rows where one does not hold (exit 1)',
  args: [],
  needsKey: true,
  options: {},
  run: async ({ api }) => {
    const verified = await api.get<Verified>('/api/verify', {})
    const { invariants, holds, seconds } = verified
    const failing = invariants.filter((one) => !one.holds).length
    const last = holds
      ? `${invariants.length} invariants hold (${seconds.toFixed(1)} s)`
      : `${failing} of ${invariants.length} invariants do not hold`
    return { lines: [...invariants.flatMap(linesOf), last], data: verified, failed: !holds }
  },
}

function linesOf({ id, sentence, holds, count, rows }: Invariant): string[] {
  return [
    `${holds ? 'ok  ' : 'FAIL'} ${id.padEnd(8)} ${sentence}`,
    ...(holds ? [] : [`     ${count} rows, the first:`, ...rows.map((row) => `     ${JSON.stringify(row)}`)]),
  ]
}
