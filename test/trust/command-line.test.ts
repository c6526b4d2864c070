import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openInstallation } from '../../src/platform/installation.ts'
import { huikuan as run } from '../harness/program.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync('/tmp/huikuan-cli-')
  chmodSync(folder, 0o755)
  const installation = await openInstallation({ dataDir: join(folder, 'old'), databaseUrl: undefined }, () => undefined)
  await installation.prepare()
  const client = new Client({ connectionString: installation.ownerUrl })
  await client.connect()
  await client.query(
    `insert into ar.tenants (tenant_id, name, base_currency, time_zone, language, sending_enabled) values (1, '甲公司', 'CNY', 'Asia/Shanghai', 'zh-CN', true)`,
  )
  await client.end()
  await installation.stop()
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const huikuan = (args: string[], environment: Record<string, string> = {}) => run(args, { INIT_CWD: folder, ...environment })
const old = () => ({ HUIKUAN_DATA_DIR: join(folder, 'old') })
const fresh = () => ({ HUIKUAN_DATA_DIR: join(folder, 'new') })

type Case = readonly [args: readonly string[], environment: Record<string, string>, sentence: string]
const KEY = { HUIKUAN_API_KEY: `hk_1_${'x'.repeat(43)}` }
const misunderstood: readonly Case[] = [
  [['bakcup', 'x'], {}, 'There is no command bakcup.'],
  [['backup'], {}, 'backup takes FILE.\nUsage: backup FILE\n'],
  [['backup', 'x', '--fast'], {}, "Unknown option '--fast'"],
  [['import', 'open-items'], KEY, 'import takes KIND and FILE.'],
  [['import', 'opening', 'x.csv'], KEY, 'There is no kind opening: customers, products'],
  [['import', 'open-items', 'none.csv'], KEY, 'There is no file '],
  [['ageing', '--as-of', '31.10.2026'], KEY, '--as-of takes a day of the calendar as YYYY-MM-DD, like 2026-10-31, not 31.10.2026.'],
  [['ageing', '--as-of', '2026-02-31'], KEY, 'not 2026-02-31.'],
  [['ageing', '--by', 'country'], KEY, '--by takes one or two of customer, group, product, region'],
  [['ageing', '--by', 'region,region'], KEY, '--by takes one or two of'],
  [['ageing', '--by', 'customer,region,team'], KEY, '--by takes one or two of'],
  [['ageing', '--basis', 'invoice'], KEY, '--basis is due or issued.'],
  [['setup'], {}, 'setup needs --company, --name, --email.'],
  [['setup', '--company', 'c', '--name', 'n', '--email', 'e@example.com'], {}, 'in HUIKUAN_ADMIN_PASSWORD'],
  [['ageing'], {}, 'ageing needs an API key: set HUIKUAN_API_KEY. An administrator makes one in the web app under Settings'],
  [['verify'], { HUIKUAN_API_KEY: '' }, 'verify needs an API key'],
  [['open-items'], { HUIKUAN_API_KEY: '钥匙' }, 'The API key is not a key of Huikuan: one begins with hk_.'],
  [['verify', '--url', 'localhost:8080'], KEY, 'take an address like http://localhost:8080, not localhost:8080.'],
]
const helps = [
  ['setup', '--company NAME', 'HUIKUAN_ADMIN_PASSWORD'],
  ['import', '--map NAME', 'ibm-ar (invoices)', 'kingdee-ar (openItems)', '--dry-run', '--key KEY'],
  ['ageing', '--as-of DAY', 'customer, group, product, region, salesperson', '--basis due|issued'],
  ['open-items', '--customer CODE'],
  ['verify', '--url URL'],
  ['backup', 'backup FILE'],
  ['restore', 'restore FILE'],
] as const

describe('huikuan on the command line', () => {
  it('backs up here and restores there, given the key', async () => {
    const made = await huikuan(['backup', 'one.huikuan', '--json'], old())
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(made.out)).toMatchObject({ file: join(folder, 'one.huikuan'), rows: expect.stringMatching(/^\d+$/) })
    expect(statSync(join(folder, 'one.huikuan')).size).toBeGreaterThan(1000)
    expect(await huikuan(['backup', 'one.huikuan'], old())).toMatchObject({
      code: 1,
      err: `${join(folder, 'one.huikuan')} exists already: name another file.\n`,
    })

    const keyless = await huikuan(['restore', 'one.huikuan'], fresh())
    expect(keyless).toMatchObject({ code: 1, out: '' })
    expect(keyless.err).toContain('copy secret.key of the old data folder to')
    expect(existsSync(join(folder, 'new')), 'no other key was made first').toBe(false)
    mkdirSync(join(folder, 'new'))
    copyFileSync(join(folder, 'old/secret.key'), join(folder, 'new/secret.key'))
    const restored = await huikuan(['restore', 'one.huikuan'], fresh())
    expect(restored).toMatchObject({ code: 0 })
    expect(restored.out).toContain('Sending is switched off in every company')
    expect((await huikuan(['restore', 'one.huikuan'], fresh())).err).toContain('The database is not empty: ar.tenants has rows')
  })

  it('says what it does not understand, and exits with 2', async () => {
    for (const [args, environment, sentence] of misunderstood) {
      const said = await huikuan([...args], environment)
      expect(said, args.join(' ')).toMatchObject({ code: 2, out: '' })
      expect(said.err, args.join(' ')).toContain(sentence)
      expect(said.err).not.toMatch(/^ {4}at /m)
    }
  })

  it('explains itself, every command', async () => {
    const all = await huikuan(['help'])
    expect(all).toMatchObject({ code: 0, err: '' })
    expect((await huikuan(['help', 'verify'])).out).toContain('every invariant of the books')
    for (const [command, ...wanted] of helps) {
      expect(all.out).toContain(`  ${command} `.trimEnd())
      const own = await huikuan([command, '--help'])
      expect(own, command).toMatchObject({ code: 0, err: '' })
      for (const words of ['--json', 'Exit code: 0 done; 1 refused', ...wanted]) expect(own.out, command).toContain(words)
    }
  })

  it('says in a sentence where a file cannot be', async () => {
    const backedUp = await huikuan(['backup', 'no/such/folder/one.huikuan'], old())
    expect(backedUp).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/no\/such\/folder.* cannot be used: ENOENT/) })
    mkdirSync(join(folder, 'keyed'), { recursive: true })
    copyFileSync(join(folder, 'old/secret.key'), join(folder, 'keyed/secret.key'))
    const restored = await huikuan(['restore', 'none'], { HUIKUAN_DATA_DIR: join(folder, 'keyed') })
    expect(restored).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot be opened: there is no such file.') })
  })

  it('has nothing to back up before the program was started', async () => {
    const result = await huikuan(['backup', 'none'], { HUIKUAN_DATA_DIR: join(folder, 'new', 'never') })
    expect(result).toMatchObject({ code: 1, err: expect.stringContaining('There is nothing to back up') })
  })
})
