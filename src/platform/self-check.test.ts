import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { checkVersion, findProblems, selfCheck } from './self-check.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())
const problems = (appUrl = database.appUrl) => findProblems({ appUrl, withoutDurability: true })

describe('the check at start', () => {
  it('finds nothing wrong with what the migrations make', async () => {
    expect(await problems()).toEqual([])
    await expect(checkVersion(database.ownerUrl)).resolves.toBeUndefined()
  })

  it('refuses the superuser', async () => {
    const found = await problems(database.ownerUrl)
    expect(found[0]).toMatch(/The application signs in as \w+, which/)
    await expect(selfCheck({ appUrl: database.ownerUrl, withoutDurability: true })).rejects.toThrow('not safe to work on')
  })

  it.each([
    [
      'alter table ar.receivables no force row level security',
      'The table ar.receivables holds data of companies without forced row security.',
    ],
    [
      'alter table ar.receivables disable row level security',
      'The table ar.receivables holds data of companies without forced row security.',
    ],
    ['drop policy tenant on ar.receivables', 'The table ar.receivables holds data of companies without forced row security.'],
    ['create table ar.forgotten (tenant_id int)', 'The table ar.forgotten holds data of companies without forced row security.'],
    ['alter table ar.posting_rules rename to rules', 'The table ar.posting_rules, part of the books, is missing.'],
    ['grant update on ar.vouchers to app_rw', 'The role app_rw may change rows of ar.vouchers, which are part of the books.'],
    [
      'grant update (amount) on ar.allocations to app_scoped',
      'The role app_scoped may change rows of ar.allocations, which are part of the books.',
    ],
    [
      'grant delete, truncate on ar.receipts to app_rw',
      'The role app_rw may delete, empty rows of ar.receipts, which are part of the books.',
    ],
    ['grant delete on ar.audit_log to huikuan_app', 'The role huikuan_app may delete rows of ar.audit_log, which are part of the books.'],
  ])('refuses after: %s', async (change, sentence) => {
    await database.pool.query(change)
    expect(await problems()).toEqual([sentence])
  })

  it('refuses a right given to everybody', async () => {
    await database.pool.query('grant delete on ar.voucher_lines to public')
    expect(await problems()).toContain('The role app_rw may delete rows of ar.voucher_lines, which are part of the books.')
  })

  it('refuses a server that may forget what it confirmed', async () => {
    await database.pool.query(`alter database ${database.name} set synchronous_commit = off`)
    const found = await findProblems({ appUrl: database.appUrl })
    expect(found).toContain(
      'The server runs with synchronous_commit = off: a payment that was confirmed could be gone after a crash. Set it right in postgresql.conf.',
    )
  })

  it('refuses a throw-away server without fsync unless the harness says so', async () => {
    const { rows } = await database.pool.query<{ fsync: string }>('show fsync')
    const found = await findProblems({ appUrl: database.appUrl })
    expect(found.some((sentence) => sentence.startsWith('The server runs with fsync = off'))).toBe(rows[0]?.fsync === 'off')
  })
})

describe('a login', () => {
  const login = `huikuan_check_${process.pid}`
  const signedIn = () => database.ownerUrl.replace(/\/\/[^@]*@/, `//${login}:x@`)
  beforeEach(() => database.pool.query(`create role ${login} login noinherit password 'x'; grant app_rw, app_scoped to ${login}`))
  afterEach(() => database.pool.query(`drop owned by ${login}; drop role ${login}`).catch(() => undefined))

  it.each([
    [`alter role ${login} bypassrls`, `The application signs in as ${login}, which bypasses row security.`],
    [`alter role ${login} createrole`, `The application signs in as ${login}, which may make roles.`],
    [
      `grant pg_read_all_data to ${login}`,
      `The application signs in as ${login}, which can become pg_read_all_data, which has rights over the whole server.`,
    ],
    [`create table public.mine (); alter table public.mine owner to ${login}`, `The application signs in as ${login}, which owns tables.`],
  ])('is refused after: %s', async (change, sentence) => {
    expect(await problems(signedIn())).toEqual([])
    await database.pool.query(change)
    expect(await problems(signedIn())).toContain(sentence)
    await database.pool.query(`drop owned by ${login}; drop role ${login}`)
  })
})
