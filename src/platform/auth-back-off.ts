import type { Pool } from 'pg'
import { Problem } from '../kernel/problem.ts'

/** Wrong tries in a row that cost nothing: of one account, and of one address (an office shares one). */
const FREE_OF_ACCOUNT = 5
const FREE_OF_ADDRESS = 50
const FIRST_PAUSE_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 900
/** After so long without a try, counting starts afresh. */
const FORGET_HOURS = 24

/**
 * Counts a try before it is judged, so that a thousand at once are a thousand; refuses (people.tooManyTries, 429) while a pause runs. The pause doubles
 * with every further try. Accounts that do not exist are counted just the same: the answer tells nobody who exists.
 */
export async function countTry(pool: Pool, account: string, address: string): Promise<void> {
  for (const [key, free] of [
    [`address:${address}`, FREE_OF_ADDRESS],
    [`account:${account}`, FREE_OF_ACCOUNT],
  ] as const) {
    const { rows } = await pool.query<{ seconds: number | null }>(COUNT, [
      key,
      free,
      FIRST_PAUSE_SECONDS,
      LONGEST_PAUSE_SECONDS,
      FORGET_HOURS,
    ])
    if (rows.length === 0) {
      const { rows: waiting } = await pool.query<{ seconds: number }>(
        'select greatest(1, ceil(extract(epoch from a.blocked_until - now())))::int seconds from sign_in_attempts a where a.key = $1',
        [key],
      )
      throw new Problem('people.tooManyTries', { seconds: waiting[0]?.seconds ?? 1 }, { kind: 'tooMany' })
    }
  }
}

/** The right password clears the account; the address gets this one try back. */
export async function forgiveTries(pool: Pool, account: string, address: string): Promise<void> {
  await pool.query(
    `with gone as (delete from sign_in_attempts a where a.key = $1 or a.last_at < now() - make_interval(hours => $3))
     update sign_in_attempts a set failures = greatest(0, a.failures - 1), blocked_until = null where a.key = $2`,
    [`account:${account}`, `address:${address}`, FORGET_HOURS],
  )
}

const COUNT = `insert into sign_in_attempts as a (key, failures) values ($1, 1)
 on conflict (key) do update set
   failures = case when a.last_at < now() - make_interval(hours => $5) then 1 else a.failures + 1 end, last_at = now(),
   blocked_until = case when a.last_at >= now() - make_interval(hours => $5) and a.failures + 1 >= $2::int
     then now() + make_interval(secs => least($4::int, $3::int * 2 ^ least(20, a.failures + 1 - $2::int))) end
 where a.blocked_until is null or a.blocked_until <= now()
 returning a.failures`
