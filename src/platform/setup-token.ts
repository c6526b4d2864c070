import { createHash, randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { Tx } from './db.ts'
import { sql } from './sql.ts'

const VALID_HOURS = 24

/** Where set-up tokens wait, as hashes. The application may use them up; only the owner makes them. */
export const SETUP_TABLE = `
  create table if not exists public.huikuan_setup (token_hash bytea primary key, expires_at timestamptz not null);
  grant select, delete, update on public.huikuan_setup to app_rw;`

/**
 * A one-time token for the first set-up, while there is no company; undefined when there is one. Only its hash is stored. It is made by whoever
 * can sign in as the owner, that is at the machine itself.
 */
export async function issueSetupToken(ownerUrl: string): Promise<string | undefined> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from ar.tenants t where not t.is_demo limit 1')
    if (rowCount !== 0) return undefined
    const token = randomBytes(24).toString('base64url')
    await client.query('delete from public.huikuan_setup s where s.expires_at < now()')
    await client.query(`insert into public.huikuan_setup (token_hash, expires_at) values ($1, now() + make_interval(hours => $2))`, [
      hashOf(token),
      VALID_HOURS,
    ])
    return token
  } finally {
    await client.end()
  }
}

/** Uses the token up within the transaction that makes the company; with it all others go. False for a wrong, used or expired one. */
export async function takeSetupToken(tx: Tx, token: string): Promise<boolean> {
  const taken = await tx.all(sql`
    with given as (select s.token_hash from public.huikuan_setup s where s.token_hash = ${hashOf(token)} and s.expires_at > now() for update)
    delete from public.huikuan_setup s where exists (select from given) returning s.expires_at`)
  return taken.length > 0
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
