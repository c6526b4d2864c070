import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { MIGRATIONS, migrate, readMigrations } from './migrate.ts'

let database: TestDatabase
let folder: string
const file = (name: string, sql: string) => writeFileSync(join(folder, name), sql)

beforeEach(async () => {
  database = await createEmptyDatabase()
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  file('0001-first.sql', 'create table first (id int primary key);')
})
afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

describe('migrate', () => {
  it('runs what is missing, in order, once', async () => {
    file('0002-second.sql', 'create table second (id int references first); insert into first values (1); insert into second values (1);')
    expect(await migrate(database.owner, { folder })).toEqual(['0001-first.sql', '0002-second.sql'])
    expect(await migrate(database.owner, { folder })).toEqual([])
    expect((await database.pool.query('select id from second')).rows).toEqual([{ id: 1 }])
  })

  it('T105: keeps nothing of a migration that fails, and says the line', async () => {
    file('0002-second.sql', 'create table second (id int);\ninsert into nowhere values (1);')
    await expect(migrate(database.owner, { folder })).rejects.toThrow(
      'The migration 0002-second.sql failed (line 2): relation "nowhere" does not exist',
    )
    const { rows } = await database.pool.query(
      `select to_regclass('second') as gone, (select count(*)::int from public.huikuan_migrations) n`,
    )
    expect(rows).toEqual([{ gone: null, n: 1 }])
  })

  it('refuses a migration that was changed after it ran', async () => {
    await migrate(database.owner, { folder })
    file('0001-first.sql', 'create table first (id bigint primary key);')
    await expect(migrate(database.owner, { folder })).rejects.toThrow('0001-first.sql was changed after it had run')
  })

  it('T105: refuses a database that a newer program has migrated', async () => {
    file('0002-second.sql', 'select 1')
    await migrate(database.owner, { folder })
    rmSync(join(folder, '0002-second.sql'))
    await expect(migrate(database.owner, { folder })).rejects.toThrow('migrated by a newer Huikuan (it has 0002-second.sql)')
  })

  it('refuses a migration that comes too late, a number given twice and a name of another form', async () => {
    file('0003-third.sql', 'select 1')
    await migrate(database.owner, { folder })
    file('0002-second.sql', 'select 1')
    await expect(migrate(database.owner, { folder })).rejects.toThrow('0002-second.sql comes before 0003-third.sql')
    file('0003-again.sql', 'select 1')
    await expect(migrate(database.owner, { folder })).rejects.toThrow('Two migrations carry the number 0003')
    rmSync(join(folder, '0003-again.sql'))
    file('4-four.sql', 'select 1')
    await expect(migrate(database.owner, { folder })).rejects.toThrow('4-four.sql is not named')
  })

  it('T105: runs each migration once when five processes start at once', async () => {
    file('0002-second.sql', 'create table second (id int); select pg_sleep(0.2)')
    const done = await Promise.all(Array.from({ length: 5 }, () => migrate(database.owner, { folder })))
    expect(done.flat().sort()).toEqual(['0001-first.sql', '0002-second.sql'])
  })
})

describe('the template of the tests', () => {
  let clone: TestDatabase
  beforeAll(async () => {
    clone = await createTestDatabase()
  })
  afterAll(() => clone.drop())

  it('carries every migration that ships', async () => {
    const { rows } = await clone.pool.query<{ name: string }>('select m.name from public.huikuan_migrations m order by m.name')
    expect(rows.map((row) => row.name)).toEqual(readMigrations(MIGRATIONS).map((migration) => migration.name))
  })
})
