import type pg from 'pg'

/** How often a worker says of each of its jobs that it works on it. */
const BEAT_MS = 5_000
/** A job of which nobody has said so for this long is given back: its worker was killed, or lost the database between taking the job and hearing of it. */
const SILENT_MS = 30_000

export type LockOptions = { readonly beatMs?: number; readonly silentMs?: number }
/** The jobs that this process works on at this moment. */
export type JobsAtWork = {
  readonly begin: (jobId: string) => void
  readonly end: (jobId: string) => void
  readonly stop: () => Promise<void>
}

/**
 * Keeps the locks of jobs true while a worker runs: those at work are renewed, those of silent workers are opened, so that the job is done by whoever is free. (The queue by
 * itself would leave them shut for four hours, and the queue of a company's long work with them.) A job may therefore run twice, which is what every job is made for.
 */
export function keepLocksTrue(pool: pg.Pool, { beatMs = BEAT_MS, silentMs = SILENT_MS }: LockOptions = {}): JobsAtWork {
  const atWork = new Set<string>()
  let beating: Promise<void> | undefined
  const beat = () => {
    beating ??= renewAndOpen(pool, [...atWork], silentMs)
      .catch(() => undefined) // the database is away: the next beat finds the same
      .finally(() => {
        beating = undefined
      })
  }
  beat()
  const timer = setInterval(beat, beatMs)
  return {
    begin: (jobId) => void atWork.add(jobId),
    end: (jobId) => void atWork.delete(jobId),
    stop: async () => {
      clearInterval(timer)
      await beating
    },
  }
}

async function renewAndOpen(pool: pg.Pool, atWork: readonly string[], silentMs: number): Promise<void> {
  if (atWork.length > 0)
    await pool.query('update graphile_worker._private_jobs set locked_at = now() where id = any($1::bigint[])', [atWork])
  await pool.query(
    `update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = greatest(run_at, now())
     where locked_at < now() - make_interval(secs => $1)`,
    [silentMs / 1_000],
  )
  await pool.query(
    `update graphile_worker._private_job_queues q set locked_at = null, locked_by = null
     where q.locked_at < now() - make_interval(secs => $1) and not exists (select from graphile_worker._private_jobs j where j.job_queue_id = q.id and j.locked_at is not null)`,
    [silentMs / 1_000],
  )
}
