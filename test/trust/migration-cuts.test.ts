import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteProof } from '../../scripts/proof/proof-lines.ts'
import { randomOf } from '../../scripts/proof/random.ts'
import { migrate, readMigrations } from '../../src/platform/migrate.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../harness/database.ts'

const SEED = 20_261_122
const CUTS = 20
let whole: TestDatabase
let cut: TestDatabase
beforeAll(async () => {
  whole = await createTestDatabase()
  cut = await createEmptyDatabase()
})
afterAll(async () => {
  await whole.drop()
  await cut.drop()
})

/** Everything that migrations make, as the catalogue tells it. */
const SCHEMA = `
  select format('%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) as is
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname in ('ar', 'auth') and a.attnum > 0 and not a.attisdropped
  union all select format('%s %s %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) from pg_constraint k join pg_namespace n on n.oid = k.connamespace where n.nspname in ('ar', 'auth')
  union all select indexdef from pg_indexes where schemaname in ('ar', 'auth')
  union all select format('%s %s', p.oid::regprocedure, md5(p.prosrc)) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('ar', 'auth')
  union all select format('%s %s %s %s %s', tablename, policyname, roles, qual, with_check) from pg_policies where schemaname in ('ar', 'auth')
  union all select format('%s %s', t.tgrelid::regclass, pg_get_triggerdef(t.oid)) from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and n.nspname in ('ar', 'auth')
  union all select format('%s %s', c.relname, c.relacl) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('ar', 'auth')
  order by 1`
async function schemaOf({ pool }: TestDatabase): Promise<string[]> {
  const { rows } = await pool.query<{ is: string }>(SCHEMA)
  return rows.map(({ is }) => is)
}

/** Waits until somebody else has connected, or until `over` says that nobody will any more. */
async function underWay({ pool }: TestDatabase, over: () => boolean): Promise<void> {
  const others = `select count(*)::int as count from pg_stat_activity a where a.datname = current_database() and a.pid <> pg_backend_pid() and a.xact_start is not null`
  for (let found = 0; found === 0 && !over(); ) {
    found = (await pool.query<{ count: number }>(others)).rows[0]!.count
    if (found === 0) await sleep(1)
  }
}

/** Ends every connection of the one who migrates, as the end of its process does. */
async function cutOff({ pool }: TestDatabase): Promise<void> {
  await pool.query(
    `select pg_terminate_backend(a.pid) from pg_stat_activity a where a.datname = current_database() and a.pid <> pg_backend_pid()`,
  )
}

test(`S22, T105: migrations whose process is killed again and again leave, at the end, the schema that undisturbed ones make (seed ${SEED})`, async () => {
  const random = randomOf(SEED)
  // Every statement that makes something takes a little longer, so that there is a middle to be cut in.
  await cut.pool.query(`create function public.slow_down() returns event_trigger language plpgsql as $$ begin perform pg_sleep(0.005); end $$;
    create event trigger slow_down on ddl_command_end execute function public.slow_down()`)
  let cuts = 0
  let isOver = false
  while (!isOver) {
    let hasEnded = false
    const migrating = migrate(cut.owner)
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        hasEnded = true
      })
    if (cuts < CUTS) {
      await underWay(cut, () => hasEnded)
      await sleep(random.whole(1, 60))
      await cutOff(cut)
    }
    isOver = await migrating
    if (!isOver) cuts += 1
  }
  await cut.pool.query('drop event trigger slow_down')
  const { rows } = await cut.pool.query<{ name: string }>('select m.name from public.huikuan_migrations m order by 1')
  expect(rows.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name))
  const [made, expected] = await Promise.all([schemaOf(cut), schemaOf(whole)])
  expect(expected.length).toBeGreaterThan(1_000)
  expect(made).toEqual(expected)
  noteProof({ proof: 'migrations cut at random moments', ids: ['S22', 'T105'], cuts, migrations: rows.length, seed: SEED })
  expect(cuts).toBe(CUTS)
}, 120_000)
