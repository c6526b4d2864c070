import type { Pool } from 'pg'

/** So long after the password or a code was shown, steps that move money or open doors are taken without asking again (OWASP ASVS 5.0, 7.5.3). */
const FRESH_MINUTES = 15

/** Whether the person of this session signed in or confirmed lately. */
export async function isFresh(pool: Pool, sessionId: string): Promise<boolean> {
  const { rows } = await pool.query<{ fresh: boolean }>(
    'select greatest(s.created_at, s.confirmed_at) > now() - make_interval(mins => $2) fresh from sessions s where s.id = $1',
    [sessionId, FRESH_MINUTES],
  )
  return rows[0]?.fresh === true
}

export async function markConfirmed(pool: Pool, sessionId: string): Promise<void> {
  await pool.query('update sessions s set confirmed_at = now() where s.id = $1', [sessionId])
}
