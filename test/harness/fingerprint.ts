import type { TestApp } from './app.ts'

/** Tables that may change without a business change: what was refused leaves a trace there. */
const TRACES = new Set(['security_events'])

/** One hash a table (of one company, or of all): equal before and after means that nothing was written. */
export async function fingerprint(app: TestApp, tenantId?: number): Promise<Record<string, string>> {
  const { rows: tables } = await app.database.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'ar' and c.relkind = 'r' order by 1`,
  )
  const hashes: Record<string, string> = {}
  for (const { name } of tables) {
    if (TRACES.has(name)) continue
    const { rows } = await app.database.pool.query<{ hash: string }>(
      `select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash from ar.${name} t ${tenantId === undefined ? '' : 'where t.tenant_id = $1'}`,
      tenantId === undefined ? [] : [tenantId],
    )
    hashes[name] = rows[0]!.hash
  }
  return hashes
}
