import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import type { LeftOutReason } from './left-out.ts'
import { noCounts, type RunCounts } from './run-counts.ts'
import type { LeftOutShown } from './run-result.ts'
import { stepsWhere } from './steps.query.ts'

type Result = {
  readonly counts?: RunCounts
  readonly leftOut?: readonly { readonly reason: LeftOutReason; readonly customers: number }[]
  readonly notPlanned?: readonly LeftOutShown[]
  readonly problem?: string
}
type RunRow = {
  readonly id: string
  readonly onDay: Day
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly startedBy: string | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
  readonly done: bigint
  readonly total: bigint | null
  readonly result: Result | null
}

const columns = sql`r.id, r.business_key as on_day, r.status, p.name as started_by, r.created_at, r.finished_at, r.done, r.total, r.result`
const from = sql`ar.runs r left join ar.people p on p.tenant_id = r.tenant_id and p.id = r.created_by`

/** A run that says nothing for longer does not go on by itself any more. */
const SILENT_MINUTES = 15
/** A run that was not finished on its day is told of for so many days. */
const TOLD_DAYS = 7

/** Condition on `r`: a run of these days that was not finished on its own day, failed, or stands still. Its customers are judged again by the next run. */
export function isUnfinished(reader: Reader): Sql {
  return sql`r.tenant_id = ${reader.caller.tenantId} and r.kind = 'dunning' and r.created_at >= ${reader.today}::date - ${TOLD_DAYS}::int and (r.status = 'failed'
    or (r.status = 'cancelled' and r.result ->> 'problem' = 'dunning.dayIsOver')
    or (r.status in ('waiting', 'running') and r.heartbeat_at < ${reader.at}::timestamptz - make_interval(mins => ${SILENT_MINUTES})))`
}

export type RunsWanted = { readonly unfinished?: boolean | undefined; readonly cursor?: string | undefined; readonly limit: number }

/** Runs, newest first; `unfinished`: those only that somebody should look at. */
export async function listRuns(reader: Reader, { unfinished, cursor, limit }: RunsWanted) {
  const all = unfinished === true ? isUnfinished(reader) : sql`r.tenant_id = ${reader.caller.tenantId} and r.kind = 'dunning'`
  const after: Sql | undefined = cursor === undefined ? undefined : sql`r.id < ${readCursor(cursor, 1)[0]}::uuid`
  const [rows, { total }] = await Promise.all([
    reader.all<RunRow>(sql`select ${columns} from ${from} where ${and(all, after)} order by r.id desc limit ${limit + 1}`),
    reader.one<{ total: number }>(sql`select count(*)::int as total from ar.runs r where ${all}`),
  ])
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id])
  return { items: items.map(shown), nextCursor, total }
}

/** One run with its steps page by page. Whoever sees some customers only is shown theirs. Throws platform.notFound. */
export async function readRun(
  reader: Reader,
  id: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const row = await reader.maybe<RunRow>(
    sql`select ${columns} from ${from} where r.tenant_id = ${reader.caller.tenantId} and r.kind = 'dunning' and r.id = ${id}`,
  )
  if (row === undefined) throw missing('dunningRun')
  const after = cursor === undefined ? undefined : sql`s.id > ${readCursor(cursor, 1)[0]}::uuid`
  const steps = await stepsWhere(reader, and(sql`s.run_id = ${id}`, after), limit + 1)
  const { items, nextCursor } = cutPage(steps, limit, (step) => [step.id])
  return {
    ...shown(row),
    currency: reader.caller.baseCurrency,
    notPlanned: await ownOnly(reader, row.result?.notPlanned ?? []),
    items,
    nextCursor,
  }
}

/** The result was written by the system, which sees everybody. */
async function ownOnly(reader: Reader, rows: readonly LeftOutShown[]): Promise<LeftOutShown[]> {
  if (reader.caller.scope.kind === 'all' || rows.length === 0) return [...rows]
  const seen = await reader.all<{ id: string }>(
    sql`select c.id from ar.customers c where c.tenant_id = ${reader.caller.tenantId} and c.id = any(${rows.map(({ customerId }) => customerId)}::uuid[])`,
  )
  const ids = new Set(seen.map(({ id }) => id))
  return rows.filter(({ customerId }) => ids.has(customerId))
}

function shown({ result, done, total, createdAt, finishedAt, ...row }: RunRow) {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    done: Number(done),
    total: total === null ? null : Number(total),
    counts: result?.counts === undefined ? null : { ...noCounts, ...result.counts }, // early runs did not count everything
    leftOut: result?.leftOut === undefined ? null : [...result.leftOut],
    problem: result?.problem ?? null,
  }
}
