import { Problem } from '../../kernel/problem.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { word } from '../../platform/words.ts'
import { invariants } from './invariants/index.ts'
import type { Fault, Invariant } from './invariants/invariant.query.ts'

/** Violating rows that are shown of one invariant; all are counted. */
export const SHOWN_MOST = 20
/** The whole proof of ten million receivables; a statement has no other limit. */
const VERIFY_TIMEOUT_MS = 30 * 60_000

export type Verified = {
  readonly id: string
  readonly sentence: string
  readonly holds: boolean
  readonly count: number
  readonly rows: readonly Fault[]
  readonly seconds: number
}
export type BooksVerified = {
  readonly at: string
  readonly asOf: string
  readonly seconds: number
  readonly holds: boolean
  readonly invariants: readonly Verified[]
}

/**
 * Proves every invariant of the company's books, all of one snapshot, nothing is changed. One run a company at a time: throws reports.verifyRunning (409).
 * `caller` must see the whole company.
 */
export async function verifyBooks(db: Database, caller: Caller): Promise<BooksVerified> {
  if (caller.scope.kind !== 'all') throw new Problem('reports.verifyNeedsAll', {}, { kind: 'forbidden' })
  return db.read(
    caller,
    async (reader) => {
      const { free } = await reader.one<{ free: boolean }>(
        sql`select pg_try_advisory_xact_lock(hashtext('huikuan.verify'), ${caller.tenantId}) as free`,
      )
      if (!free) throw new Problem('reports.verifyRunning', {}, { kind: 'conflict' })
      return verifyIn(reader)
    },
    { timeoutMs: VERIFY_TIMEOUT_MS },
  )
}

/** The same within a snapshot that is open already. */
export async function verifyIn(reader: Reader): Promise<BooksVerified> {
  const from = performance.now()
  const verified: Verified[] = []
  for (const invariant of invariants) verified.push(await verify(reader, invariant))
  return {
    at: reader.at.toISOString(),
    asOf: reader.today,
    seconds: secondsSince(from),
    holds: verified.every(({ holds }) => holds),
    invariants: verified,
  }
}

async function verify(reader: Reader, invariant: Invariant): Promise<Verified> {
  const from = performance.now()
  const { count, rows } = await faultsOf(reader, invariant)
  const sentence = word(reader.caller.language, `reports.invariants.${invariant.id}`) ?? invariant.says
  return { id: invariant.id, sentence, holds: count === 0, count, rows: rows.map(readable), seconds: secondsSince(from) }
}

/** The first violating rows and how many there are. */
export async function faultsOf(reader: Reader, invariant: Invariant): Promise<{ count: number; rows: Fault[] }> {
  if ('check' in invariant) {
    const faults = await invariant.check(reader)
    return { count: faults.length, rows: faults.slice(0, SHOWN_MOST) }
  }
  const rows = await reader.all<Fault & { violationsInAll: bigint }>(
    sql`select v.*, count(*) over () as violations_in_all from (${invariant.violations(reader.caller.tenantId)}) v limit ${SHOWN_MOST}`,
  )
  return { count: Number(rows[0]?.violationsInAll ?? 0n), rows: rows.map(({ violationsInAll: _, ...fault }) => fault) }
}

/** What JSON cannot say becomes text. */
function readable(fault: Fault): Fault {
  return Object.fromEntries(
    Object.entries(fault).map(([name, value]) => [
      name,
      value === null || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : value instanceof Date
          ? value.toISOString()
          : String(value),
    ]),
  )
}

function secondsSince(from: number): number {
  return Math.round(performance.now() - from) / 1000
}
