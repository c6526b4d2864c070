import { addDays, type Day } from '../../src/kernel/day.ts'
import type { AgeingDimension } from '../../src/modules/ageing/ageing.api.ts'
import { ageing } from '../../src/modules/ageing/ageing.query.ts'
import { bucketRanges, collectionBuckets } from '../../src/modules/ageing/ageing-bucket.ts'
import { keepMonthEndsJob } from '../../src/modules/ageing/keep-month-ends.job.ts'
import { tieOut } from '../../src/modules/ageing/tie-out.query.ts'
import { verifyBooks } from '../../src/modules/reports/verify-books.query.ts'
import type { Caller } from '../../src/platform/caller.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { sql } from '../../src/platform/sql.ts'
import { callerOf } from '../../test/harness/callers.ts'
import { loadedWorld } from './facts.ts'
import { print, quantile } from './measure.ts'
import { tenMillion } from './ten-million.ts'

const TURNS = 7
const TIMEOUT_MS = 120_000
const CUTS: readonly (readonly AgeingDimension[])[] = [
  ['customer'],
  ['group'],
  ['salesperson'],
  ['region'],
  ['team'],
  ['industry'],
  ['entity'],
  ['currency'],
  ['product'],
  ['region', 'salesperson'],
  ['region', 'product'],
]
const PAST_DAYS = [0, 30, 90]

/** Ageing by every dimension, today and of past days; the proof against the ledger; every invariant. HUIKUAN_BENCH_URL measures a database that is loaded already, tenant HUIKUAN_BENCH_TENANT. */
export async function ageingBench(size: string): Promise<void> {
  const url = process.env['HUIKUAN_BENCH_URL']
  if (url !== undefined) {
    const db = await openDatabase({ url, clock: () => new Date() })
    await measureAgeing(db, callerOf(Number(process.env['HUIKUAN_BENCH_TENANT'] ?? 1)), size)
    return db.close()
  }
  const world = size === '10m' ? await tenMillion() : await loadedWorld(size)
  await measureAgeing(world.db, world.maker, size)
  await world.close()
}

/** One line a cut, beside its limit in the same run: the same buckets summed by one bare statement over the covering index of the open items. */
export async function measureAgeing(db: Database, caller: Caller, size: string): Promise<void> {
  const today = await db.read(caller, async (reader) => reader.today)
  const limit = await timed(() => db.read(caller, (reader) => reader.all(coveringScan(caller.tenantId, today)), { timeoutMs: TIMEOUT_MS }))
  print({ what: 'limit: buckets by customer over the covering index', size, ...limit })
  if (size === '10m') return measureDays(db, caller, size, limit, [0])
  const kept = performance.now()
  await keepMonthEndsJob.run({ db, caller, log: () => undefined }, {})
  print({ what: 'month ends kept for far days (nothing to do when they are right)', size, seconds: (performance.now() - kept) / 1_000 })
  await measureDays(db, caller, size, limit, PAST_DAYS)
  const proof = await timed(() => db.read(caller, (reader) => tieOut(reader, today), { timeoutMs: TIMEOUT_MS }))
  print({
    what: 'proof: ledger against account 1122',
    size,
    ...proof,
    limitSeconds: limit.seconds,
    ratioToLimit: proof.seconds / limit.seconds,
  })
  const verified = await verifyBooks(db, caller)
  print({
    what: 'verify, every invariant',
    size,
    seconds: verified.seconds,
    note: verified.holds
      ? 'all hold'
      : verified.invariants
          .filter(({ holds }) => !holds)
          .map(({ id }) => id)
          .join(' '),
  })
}

async function measureDays(
  db: Database,
  caller: Caller,
  size: string,
  limit: { seconds: number },
  pastDays: readonly number[],
): Promise<void> {
  const today = await db.read(caller, async (reader) => reader.today)
  for (const past of pastDays)
    for (const by of CUTS) {
      if (size === '10m' && by.includes('product')) continue // no lines there
      const asOf = addDays(today, -past)
      const report = {
        asOf,
        basis: 'due',
        overdueOnly: false,
        filters: {},
        by,
        ranges: bucketRanges(collectionBuckets, asOf),
        sort: '-total',
        limit: 50,
      } as const
      const measured = await timed(() => db.read(caller, (reader) => ageing(reader, report), { timeoutMs: TIMEOUT_MS }))
      print({
        what: `ageing by ${by.join(' x ')}${past === 0 ? '' : ` as of ${past} days ago`}`,
        size,
        ...measured,
        limitSeconds: limit.seconds,
        ratioToLimit: measured.seconds / limit.seconds,
      })
    }
}

/** Best, median and 95th percentile of several runs. */
async function timed(run: () => Promise<unknown>): Promise<{ seconds: number; p50Ms: number; p95Ms: number }> {
  const took: number[] = []
  for (let turn = 0; turn < TURNS; turn += 1) {
    const from = performance.now()
    await run()
    took.push(performance.now() - from)
  }
  return { seconds: Math.min(...took) / 1_000, p50Ms: quantile(took, 0.5), p95Ms: quantile(took, 0.95) }
}

function coveringScan(tenantId: number, asOf: Day) {
  const ranges = bucketRanges(collectionBuckets, asOf)
  const sums = ranges.map(
    ({ from, until }, index) =>
      sql`sum(r.open_base) filter (where r.due_on >= ${from ?? '-infinity'}::date and r.due_on < ${until ?? 'infinity'}::date)::bigint as ${sql.ref(`b${index}`)}`,
  )
  // Added up again, or the planner would leave the sums out.
  const all = ranges.map((_, index) => sql`sum(${sql.ref(`x.b${index}`)})`)
  return sql`select count(*), ${sql.join(all)} from (select r.customer_id, ${sql.join(sums)} from ar.receivables r where r.tenant_id = ${tenantId} and r.open <> 0 group by r.customer_id) x`
}
