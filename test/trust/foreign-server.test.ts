import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { openFolder, type ProgramOptions, type RunningProgram, startProgram } from '../harness/program.ts'

/** A PostgreSQL that somebody else runs: durable, with a role that owns one database and is no superuser. */
let foreign: EmbeddedPostgres
let home: string
let api: RunningProgram
let worker: RunningProgram
const key: Record<string, string> = {}
beforeAll(async () => {
  home = openFolder('huikuan-foreign-')
  foreign = await startEmbeddedPostgres({ dataDir: join(home, 'server'), say: () => undefined })
  await asSuperuser(`create role erp login password 'erp secret' bypassrls createrole; create role plain login password 'plain'`)
  await asSuperuser('create database erp owner erp template template0')
  await asSuperuser('create database plain owner plain template template0')
}, 120_000)
afterAll(async () => {
  await worker?.stop()
  await api?.stop()
  await foreign?.stop()
  rmSync(home, { recursive: true, force: true })
})

async function asSuperuser(statement: string): Promise<void> {
  const client = new Client({ connectionString: foreign.url('postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
const urlOf = (role: string, password: string, database: string) => {
  const url = new URL(foreign.url(database))
  url.username = role
  url.password = encodeURIComponent(password)
  return url.href
}
const start = (options: ProgramOptions = {}) =>
  startProgram({ folder: home, ...options, environment: { DATABASE_URL: urlOf('erp', 'erp secret', 'erp'), ...options.environment } })

describe('a PostgreSQL of the user’s own', () => {
  test('an API and a worker as two processes: set up, a file comes in through both, the books are true', async () => {
    api = await start({ args: ['--role', 'api'] })
    const { DATABASE_URL } = api.environment
    const made = await api.huikuan(['setup', '--company', '宁波海晟', '--name', '王敏', '--email', 'wang@example.com', '--json'], {
      HUIKUAN_ADMIN_PASSWORD: 'four words of mine',
    })
    expect(made.code, made.err).toBe(0)
    key['HUIKUAN_API_KEY'] = JSON.parse(made.out).apiKey
    writeFileSync(join(home, 'open.csv'), '客户,单据编号,业务日期,到期日,金额\n宁波海晟,A-1,2024-08-01,2024-08-31,100.10\n')

    const coming = api.huikuan(['import', 'open-items', 'open.csv', '--create-customers', '--json'], key)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    worker = await start({ args: ['--role', 'worker'] })
    const came = await coming
    expect(came.code, came.err + api.logged() + worker.logged()).toBe(0)
    expect(JSON.parse(came.out)).toMatchObject({ status: 'done', imported: 1 })
    expect((await api.huikuan(['verify'], key)).out).toMatch(/invariants hold/)
    expect(DATABASE_URL).toContain('erp%20secret')
    for (const said of [api.said(), api.logged(), worker.said(), worker.logged()]) expect(said).not.toMatch(/erp(%20| )secret/)
  }, 240_000)

  test('a worker that is killed in the middle is followed by another; the API answers meanwhile', async () => {
    await worker.kill('SIGKILL')
    expect((await fetch(`${api.address}/readyz`)).status).toBe(200)
    worker = await start({ args: ['--role', 'worker'] })
    writeFileSync(join(home, 'more.csv'), '客户,单据编号,业务日期,到期日,金额\n宁波海晟,A-2,2024-08-01,2024-08-31,7.00\n')
    const came = await api.huikuan(['import', 'open-items', 'more.csv', '--json'], key)
    expect(JSON.parse(came.out), came.err).toMatchObject({ status: 'done', imported: 1 })
  }, 240_000)

  test('backed up from here, restored into an embedded one; not into a database that is in use', async () => {
    const made = await api.huikuan(['backup', 'one.huikuan', '--json'])
    expect(made.code, made.err).toBe(0)
    mkdirSync(join(home, 'elsewhere'))
    copyFileSync(join(home, 'data/secret.key'), join(home, 'elsewhere/secret.key'))
    const restored = await api.huikuan(['restore', 'one.huikuan', '--json'], {
      DATABASE_URL: '',
      HUIKUAN_DATA_DIR: join(home, 'elsewhere'),
    })
    expect(restored.code, restored.err).toBe(0)
    expect(JSON.parse(restored.out).rows).toBe(JSON.parse(made.out).rows)
    const full = await api.huikuan(['restore', 'one.huikuan'])
    expect(full).toMatchObject({ code: 1, out: '', err: expect.stringContaining('The database is not empty') })
  }, 240_000)

  test('a role that may not make what is needed is told so, before anything is written', async () => {
    const refused = startProgram({ environment: { DATABASE_URL: urlOf('plain', 'plain', 'plain') } })
    await expect(refused).rejects.toThrow(
      'The role plain of DATABASE_URL must be a superuser, or have BYPASSRLS and CREATEROLE and own the database',
    )
  }, 60_000)

  test('a server that may forget what it confirmed is refused', async () => {
    await asSuperuser(`alter database erp set synchronous_commit = off`)
    try {
      await expect(start()).rejects.toThrow(/synchronous_commit = off/)
    } finally {
      await asSuperuser('alter database erp reset synchronous_commit')
    }
  }, 60_000)

  test('an application login that has become a superuser, or may see through row security, is refused', async () => {
    const login = await appLogin()
    for (const [give, take] of [
      ['superuser', 'nosuperuser'],
      ['bypassrls', 'nobypassrls'],
    ] as const) {
      await asSuperuser(`alter role ${login} ${give}`)
      await expect(start()).rejects.toThrow(/The database is not safe to work on:\n {2}- The application signs in as huikuan_app_/)
      await asSuperuser(`alter role ${login} ${take}`)
    }
  }, 120_000)
})

async function appLogin(): Promise<string> {
  const client = new Client({ connectionString: foreign.url('postgres') })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select r.rolname as name from pg_roles r where r.rolname like 'huikuan\\_app\\_%'`,
    )
    expect(rows).toHaveLength(1)
    return rows[0]!.name
  } finally {
    await client.end()
  }
}
