import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts'
import { migrate } from '../migrate.ts'
import { backup } from './backup.ts'
import { checkBackup } from './manifest.ts'
import { restore } from './restore.ts'

const NOW = new Date('2026-11-21T08:00:00Z')
const TABLES = `
  create schema ar;
  create table ar.tenants (tenant_id int primary key, name text not null, sending_enabled boolean not null);
  create table ar.odd (
    id bigint generated always as identity primary key, tenant_id int not null references ar.tenants, next_id bigint references ar.odd,
    t text, j jsonb, b bytea, u uuid[], n numeric, d date, at timestamptz, twice numeric generated always as (n * 2) stored, f float8, a text[]);
  create table ar.none (tenant_id int);
  create sequence ar.numbers;`
/** Rows point forward to rows that come later, so a restore in table order with keys on would fail. */
const ROWS = `
  insert into ar.tenants values (1, '回款', true), (2, '', true);
  insert into ar.odd (tenant_id, next_id, t, j, b, u, n, d, at, f, a)
  select 1, case when g < 5000 then g + 1 end,
    (array[null, '', E'a\\tb\\nc\\r\\\\d\\\\N', '\\N', '\\.', '客户 🏢 "q" ''s''', repeat('长', 3000), U&'\\FEFF\\200B'])[1 + g % 8],
    (array[null, '{"客户": [1, "\\u0001\\n", null]}', '12345678901234567890.123456789'])[1 + g % 3]::jsonb,
    (array[null, '\\x', '\\x00ff5c0a'])[1 + g % 3]::bytea,
    (array[null, '{}', '{01912345-6789-7123-8456-123456789012,NULL}'])[1 + g % 3]::uuid[],
    (array[0.10, -99999999999999999999.000000001, 'NaN', null])[1 + g % 4],
    (array['infinity', '0001-01-01 BC', '2026-02-28'])[1 + g % 3]::date, timestamptz '2026-11-21 00:00:00.123456+08',
    (array['-0', '1e-320', 'Infinity'])[1 + g % 3]::float8, array[null, '', '{', '"']
  from generate_series(1, 5000) g;
  select setval('ar.numbers', 4711);`
const DIGEST = `select count(*)::int n, md5(string_agg(o::text, '|' order by o.id)) digest from ar.odd o`

let folder: string
let file: string
let origin: TestDatabase
const databases: TestDatabase[] = []
const empty = async () => {
  databases.push(await createEmptyDatabase())
  return databases.at(-1)!
}
const backupOf = (database: TestDatabase, to: string) =>
  backup(to, { ownerUrl: database.ownerUrl, program: '0.1.0', keyId: 'key-1', now: NOW })
const restoreTo = (database: TestDatabase, from: string, keyId = 'key-1') =>
  restore(from, { ownerUrl: database.ownerUrl, keyId, folder: join(folder, 'migrations') })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'))
  const migrations = mkdtempSync(join(folder, 'm'))
  writeFileSync(join(migrations, '0001-odd.sql'), TABLES)
  const { renameSync } = await import('node:fs')
  renameSync(migrations, join(folder, 'migrations'))
  origin = await empty()
  await migrate(origin.owner, { folder: join(folder, 'migrations') })
  await origin.pool.query(ROWS)
  file = join(folder, 'one.huikuan')
  await backupOf(origin, file)
})
afterAll(async () => {
  for (const database of databases) await database.drop()
  rmSync(folder, { recursive: true })
})

describe('a backup', () => {
  it('S17, T103, T104: comes back elsewhere exactly, with sending switched off', async () => {
    const target = await empty()
    const manifest = await restoreTo(target, file)
    expect(manifest).toMatchObject({ program: '0.1.0', createdAt: NOW.toISOString(), keyId: 'key-1' })
    expect(manifest.tables.map((table) => [table.name, table.rows])).toEqual([
      ['none', '0'],
      ['odd', '5000'],
      ['tenants', '2'],
    ])
    expect((await target.pool.query(DIGEST)).rows).toEqual((await origin.pool.query(DIGEST)).rows)
    expect((await target.pool.query('select t.name, t.sending_enabled from ar.tenants t order by 1')).rows).toEqual([
      { name: '', sending_enabled: false },
      { name: '回款', sending_enabled: false },
    ])
    expect((await origin.pool.query('select t.sending_enabled from ar.tenants t')).rows.every((row) => row.sending_enabled === true)).toBe(
      true,
    )
    const { rows } = await target.pool.query(
      `insert into ar.odd (tenant_id, n) values (2, 1.5) returning id::int, twice::text, nextval('ar.numbers')::int number`,
    )
    expect(rows).toEqual([{ id: 5001, twice: '3.0', number: 4712 }])
    await expect(target.pool.query('insert into ar.odd (tenant_id) values (99)')).rejects.toThrow('foreign key')
  })

  it('T103: shows one instant, although rows are written meanwhile', async () => {
    const writing = (async () => {
      for (let at = 0; at < 40; at++)
        await origin.pool.query('with t as (insert into ar.tenants values ($1, $2, true) returning tenant_id) select * from t', [
          1000 + at,
          'later',
        ])
      for (let at = 0; at < 40; at++) await origin.pool.query('insert into ar.odd (tenant_id, t) values ($1, $2)', [1000 + at, 'later'])
    })()
    const taken = await Promise.all([0, 1, 2].map((at) => backupOf(origin, join(folder, `busy-${at}`))))
    await writing
    for (const at of taken.keys()) await restoreTo(await empty(), join(folder, `busy-${at}`))
    await origin.pool.query('delete from ar.odd where tenant_id >= 1000; delete from ar.tenants where tenant_id >= 1000')
  })

  it('is readable by its owner only, leaves nothing else behind and is never overwritten', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await expect(backupOf(origin, file)).rejects.toThrow('exists already')
    await expect(backupOf(origin, join(folder, 'nowhere/x'))).rejects.toThrow('ENOENT')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('of the whole schema comes back as well, and older tables are brought up to date', async () => {
    const whole = await createTestDatabase()
    databases.push(whole)
    await whole.pool.query(
      `insert into ar.tenants (tenant_id, name, base_currency, time_zone, language, sending_enabled) values (1, '甲', 'CNY', 'Asia/Shanghai', 'zh-CN', true)`,
    )
    const to = join(folder, 'whole')
    const made = await backupOf(whole, to)
    expect(made.tables.find((table) => table.name === 'tenants')).toMatchObject({ schema: 'ar', rows: '1' })
    const target = await createTestDatabase()
    databases.push(target)
    await restore(to, { ownerUrl: target.ownerUrl, keyId: 'key-1' })
    expect((await target.pool.query('select t.name, t.sending_enabled from ar.tenants t')).rows).toEqual([
      { name: '甲', sending_enabled: false },
    ])
    writeFileSync(join(folder, 'migrations/0002-later.sql'), 'alter table ar.tenants add later int not null default 5')
    const older = await empty()
    await restoreTo(older, file)
    rmSync(join(folder, 'migrations/0002-later.sql'))
    expect((await older.pool.query('select distinct t.later from ar.tenants t')).rows).toEqual([{ later: 5 }])
  })
})

describe('a restore refuses', () => {
  it('S17, T103: a file with one changed bit, wherever it is', async () => {
    const bytes = readFileSync(file)
    const damaged = join(folder, 'damaged')
    const places = [
      0,
      10,
      15,
      17,
      18,
      22,
      bytes.length - 1,
      bytes.length - 33,
      bytes.length - 40,
      ...Array.from({ length: 60 }, () => Math.floor(Math.random() * bytes.length)),
    ]
    for (const place of places) {
      const copy = Buffer.from(bytes)
      copy[place] = copy[place]! ^ (1 << Math.floor(Math.random() * 8))
      writeFileSync(damaged, copy)
      await expect(checkBackup(damaged), `byte ${place}`).rejects.toThrow(/is damaged|is not a backup|backup format/)
    }
  })

  it('S17, T103: a file that is cut short or has something behind it, and leaves the database empty', async () => {
    const target = await empty()
    const size = statSync(file).size
    for (const length of [0, 5, 18, 19, 100, Math.floor(size / 2), size - 37, size - 1]) {
      copyFileSync(file, join(folder, 'short'))
      truncateSync(join(folder, 'short'), length)
      await expect(restoreTo(target, join(folder, 'short')), `${length} bytes`).rejects.toThrow(/is damaged|is not a backup/)
    }
    writeFileSync(join(folder, 'long'), Buffer.concat([readFileSync(file), Buffer.from('x')]))
    await expect(restoreTo(target, join(folder, 'long'))).rejects.toThrow('is damaged')
    expect((await target.pool.query(`select count(*)::int n from pg_class c where c.relnamespace = to_regnamespace('ar')`)).rows).toEqual([
      { n: 0 },
    ])
  })

  it('a newer file, a file of another kind, and none', async () => {
    const target = await empty()
    const bytes = readFileSync(file)
    writeFileSync(join(folder, 'newer'), Buffer.concat([Buffer.from('HUIKUAN-BACKUP-02\n'), bytes.subarray(18)]))
    await expect(restoreTo(target, join(folder, 'newer'))).rejects.toThrow('has backup format 2')
    await expect(restore(file, { ownerUrl: target.ownerUrl, keyId: 'key-1' })).rejects.toThrow(
      'made by a newer or another Huikuan (it has 0001-odd.sql)',
    )
    writeFileSync(join(folder, 'other'), 'a spreadsheet, perhaps')
    await expect(restoreTo(target, join(folder, 'other'))).rejects.toThrow('is not a backup of Huikuan')
    await expect(restoreTo(target, join(folder, 'missing'))).rejects.toThrow('there is no such file')
  })

  it('T103: another secret key', async () => {
    await expect(restoreTo(await empty(), file, 'key-2')).rejects.toThrow('needs the secret key key-1, and this installation has key-2')
  })

  it('a database that is not empty, and changes nothing in it', async () => {
    await expect(restoreTo(origin, file)).rejects.toThrow('The database is not empty: ar.odd has rows')
    expect((await origin.pool.query(DIGEST)).rows[0]).toMatchObject({ n: 5000 })
    const foreign = await empty()
    await foreign.pool.query('create table public.theirs (x int)')
    await expect(restoreTo(foreign, file)).rejects.toThrow('it has the tables public.theirs')
    expect(existsSync(file)).toBe(true)
  })
})
