import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openInstallation } from '../../src/platform/installation.ts'

const CLI = join(import.meta.dirname, '../../scripts/huikuan.ts')

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

/** As `npm run huikuan -- …` runs it from `folder`. */
async function huikuan(args: string[], environment: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { env: { INIT_CWD: folder, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}
const old = () => ({ HUIKUAN_DATA_DIR: join(folder, 'old') })
const fresh = () => ({ HUIKUAN_DATA_DIR: join(folder, 'new') })

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
    expect(keyless.err).toContain('copy secret.key of the old data folder into the new one first')
    copyFileSync(join(folder, 'old/secret.key'), join(folder, 'new/secret.key'))
    const restored = await huikuan(['restore', 'one.huikuan'], fresh())
    expect(restored).toMatchObject({ code: 0 })
    expect(restored.out).toContain('Sending is switched off in every company')
    expect((await huikuan(['restore', 'one.huikuan'], fresh())).err).toContain('The database is not empty: ar.tenants has rows')
  })

  it('says what it does not understand, and exits with 2', async () => {
    expect(await huikuan(['bakcup', 'x'])).toMatchObject({ code: 2, err: expect.stringContaining('There is no command bakcup.') })
    expect(await huikuan(['backup'])).toMatchObject({ code: 2, err: 'backup takes FILE.\nUsage: backup FILE\n' })
    expect(await huikuan(['backup', 'x', '--fast'])).toMatchObject({ code: 2, err: expect.stringContaining("Unknown option '--fast'") })
    expect(await huikuan([])).toMatchObject({ code: 0, out: expect.stringContaining('restore FILE') })
  })

  it('has nothing to back up before the program was started', async () => {
    const result = await huikuan(['backup', 'none'], { HUIKUAN_DATA_DIR: join(folder, 'new', 'never') })
    expect(result).toMatchObject({ code: 1, err: expect.stringContaining('There is nothing to back up') })
  })
})
