import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callerOf } from '../../test/harness/callers.ts'
import { createEmptyDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { openDatabase } from './db.ts'
import { openInstallation } from './installation.ts'
import { findProblems, selfCheck } from './self-check.ts'
import { issueSetupToken, takeSetupToken } from './setup-token.ts'

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await createEmptyDatabase()
  folder = mkdtempSync(join(tmpdir(), 'installation-'))
})
const logins = new Set<string>()
afterEach(async () => {
  for (const login of logins) await database.pool.query(`drop owned by ${login}; drop role ${login}`)
  logins.clear()
  await database.drop()
  rmSync(folder, { recursive: true })
})

async function open(dataDir = folder) {
  const installation = await openInstallation({ dataDir, databaseUrl: database.ownerUrl }, () => undefined)
  logins.add(new URL(installation.appUrl).username)
  return installation
}

describe('a PostgreSQL of the operator', () => {
  it('is made ready once, by several processes at the same time, with a login that row security binds', async () => {
    const processes = await Promise.all([open(), open(), open()])
    const ran = await Promise.all(processes.map((process) => process.prepare()))
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1)
    expect(await findProblems({ appUrl: processes[0].appUrl, withoutDurability: true })).toEqual([])
    await expect(selfCheck({ appUrl: processes[0].appUrl })).rejects.toThrow('The server runs with fsync = off')
  })

  it('refuses another secret key than it was begun with', async () => {
    await (await open()).prepare()
    const other = await open(join(folder, 'other'))
    await expect(other.prepare()).rejects.toThrow('is not the one this database was used with')
  })

  it('gives its login a new password when somebody has changed it', async () => {
    const installation = await open()
    await installation.prepare()
    await database.pool.query(`alter role ${new URL(installation.appUrl).username} password 'another'`)
    await installation.prepare()
    const client = new Client({ connectionString: installation.appUrl })
    await client.connect()
    await client.end()
  })

  it('must let its role make tables and roles', async () => {
    const login = `huikuan_weak_${process.pid}`
    await database.pool.query(`create role ${login} login password 'x'`)
    logins.add(login)
    const weak = database.ownerUrl.replace(/\/\/[^@]*@/, `//${login}:x@`)
    await expect(openInstallation({ dataDir: folder, databaseUrl: weak }, () => undefined)).rejects.toThrow(
      `The role ${login} of DATABASE_URL must be a superuser`,
    )
  })
})

describe('the set-up link', () => {
  it('works once, for one company, and not at all once there is one', async () => {
    const installation = await open()
    await installation.prepare()
    const [token, other] = [await issueSetupToken(installation.ownerUrl), await issueSetupToken(installation.ownerUrl)]
    const stored = await database.pool.query('select encode(s.token_hash, $1) as hash from public.huikuan_setup s', ['escape'])
    expect(JSON.stringify(stored.rows)).not.toContain(token)
    const db = await openDatabase({ url: installation.appUrl, clock: () => new Date() })
    const take = (given = '') => db.transaction(callerOf(1), (tx) => takeSetupToken(tx, given))
    expect(await take('wrong')).toBe(false)
    expect((await Promise.all([take(token), take(token), take(other)])).filter((taken) => taken)).toHaveLength(1)
    expect(await take(other)).toBe(false)
    await db.close()
    await database.pool.query(
      `insert into ar.tenants (tenant_id, name, base_currency, time_zone, language) values (1, 'x', 'CNY', 'UTC', 'en')`,
    )
    expect(await issueSetupToken(installation.ownerUrl)).toBeUndefined()
  })
})
