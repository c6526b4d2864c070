import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { findBinaries, mayEnter } from './postgres-binaries.ts'

const IS_ROOT = process.getuid?.() === 0
const NOBODY = { uid: 65_534, gid: 65_534 }
const RUNNER = join(import.meta.dirname, '../../test/harness/run-postgres.ts')

let folder: string
let undo: (() => unknown)[]
beforeEach(() => {
  folder = mkdtempSync('/tmp/huikuan-embedded-')
  chmodSync(folder, 0o755)
  undo = []
})
afterEach(async () => {
  for (const step of undo.reverse()) await step()
  rmSync(folder, { recursive: true, force: true })
})

async function start(dataDir = folder, say: (line: string) => void = () => undefined): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, say, throwAway: true })
  undo.push(() => server.stop())
  return server
}

/** Another process of the same kind; `kill` ends it and waits. */
async function startElsewhere(dataDir: string, user: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [RUNNER, dataDir], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], env: {}, ...user })
  undo.push(() => kill(child, 'SIGTERM'))
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'exit').then(() => [''])])) as [string]
  if (line === '') throw new Error(complaint)
  return { ...(JSON.parse(line) as { url: string; adopted: boolean }), kill: (signal: NodeJS.Signals) => kill(child, signal) }
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

describe('the embedded PostgreSQL', () => {
  it('starts empty, and again on the same port and with what was in it', async () => {
    const first = await start()
    await ask(first.url('postgres'), `create table kept as select '客户' name`)
    expect(await ask(first.url('postgres'), 'show data_checksums')).toEqual(['on'])
    expect(await ask(first.url('postgres'), 'show server_encoding')).toEqual(['UTF8'])
    await first.stop()
    const second = await start()
    expect(second).toMatchObject({ adopted: false, address: first.address })
    expect(await ask(second.url('postgres'), 'select name from kept')).toEqual(['客户'])
    expect(statSync(join(folder, 'access.json')).mode & 0o777).toBe(0o600)
  })

  it('is safe by default: fsync is off for throw-away servers alone', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folder, say: () => undefined })
    undo.push(() => server.stop())
    const settings = ['fsync', 'full_page_writes', 'synchronous_commit', 'jit', 'listen_addresses', 'password_encryption']
    expect(await ask(server.url('postgres'), `select ${settings.map((name) => `current_setting('${name}')`).join()}`)).toEqual([
      'on',
      'on',
      'on',
      'off',
      '127.0.0.1',
      'scram-sha-256',
    ])
  })

  it('adopts the server that runs on after kill -9 of the program', async () => {
    const killed = await startElsewhere(folder)
    await ask(killed.url, 'create table kept as select 1 one')
    await killed.kill('SIGKILL')
    const server = await start()
    expect(server.adopted).toBe(true)
    expect(await ask(server.url('postgres'), 'select one from kept')).toEqual([1])
  })

  it('runs until the last of two programs has stopped', async () => {
    const first = await startElsewhere(folder)
    const second = await start()
    expect([first.adopted, second.adopted]).toEqual([false, true])
    await second.stop()
    expect(await ask(first.url, 'select 1')).toEqual([1])
    await first.kill('SIGTERM')
    await expect(ask(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  })

  it('lets two first starts at the same moment share one server', async () => {
    const both = await Promise.all([startElsewhere(folder), startElsewhere(folder)])
    expect(both.map((server) => server.adopted).sort()).toEqual([false, true])
    expect(both[0].url).toBe(both[1].url)
  })

  it('starts although postmaster.pid names a process that lives and is another', async () => {
    const first = await start()
    await first.stop()
    const data = join(folder, 'postgres', '18')
    const owner = { uid: statSync(data).uid, gid: statSync(data).gid }
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', cwd: '/', ...(IS_ROOT ? owner : {}) })
    undo.push(() => kill(stranger, 'SIGKILL'))
    writeFileSync(
      join(data, 'postmaster.pid'),
      `${stranger.pid}\n${data}\n1700000000\n${first.address.port}\n\n127.0.0.1\n        0         0\nready   \n`,
    )
    chownSync(join(data, 'postmaster.pid'), owner.uid, owner.gid)
    expect((await start()).adopted).toBe(false)
  })

  it('takes another port when the remembered one is taken', async () => {
    const first = await start()
    await first.stop()
    const { createServer } = await import('node:net')
    const other = createServer().listen(first.address.port, '127.0.0.1')
    undo.push(() => other.close())
    await once(other, 'listening')
    expect((await start()).address.port).not.toBe(first.address.port)
  })

  it('starts a server again that was killed, on the same port and with what was committed', async () => {
    const said: string[] = []
    const server = await startEmbeddedPostgres({ dataDir: folder, say: (line) => said.push(line) })
    undo.push(() => server.stop())
    await ask(server.url('postgres'), 'create table kept as select 1 one')
    process.kill(Number(readFileSync(join(folder, 'postgres/18/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
    await expect.poll(() => ask(server.url('postgres'), 'select one from kept').catch(() => []), { timeout: 25_000 }).toEqual([1])
    expect(said).toContain('PostgreSQL has ended unexpectedly and is started again.')
  })

  it('starts over when the very first start was interrupted', async () => {
    mkdirSync(join(folder, 'postgres/18.new/base'), { recursive: true })
    expect(await ask((await start()).url('postgres'), 'select 1')).toEqual([1])
  })

  it('says in one sentence that the password file is gone or another', async () => {
    await (await start()).stop()
    writeFileSync(join(folder, 'access.json'), JSON.stringify({ password: 'another' }))
    await expect(start()).rejects.toThrow('restore that file')
    rmSync(join(folder, 'access.json'))
    await expect(start()).rejects.toThrow('restore that file')
    expect(existsSync(join(folder, 'postgres/18/postmaster.pid'))).toBe(false)
  })
})

describe.skipIf(!IS_ROOT)('started by root', () => {
  it('keeps the database elsewhere when its user cannot enter the data folder, says so, and finds it again', async () => {
    chmodSync(folder, 0o700)
    const said: string[] = []
    const first = await start(join(folder, 'data'), (line) => said.push(line))
    expect(said).toEqual([expect.stringMatching(/^The database is kept in \/var\/lib\/huikuan\/databases\/\w+, because/)])
    const home = readFileSync(join(folder, 'data/postgres-is-in'), 'utf8').trim()
    undo.unshift(() => rmSync(home, { recursive: true }))
    await ask(first.url('postgres'), 'create table kept as select 1 one')
    await first.stop()
    expect(await ask((await start(join(folder, 'data'), (line) => said.push(line))).url('postgres'), 'select one from kept')).toEqual([1])
    expect(said).toHaveLength(1)
  })

  it('copies the programs out of a closed folder and makes the links that npm left out', () => {
    const native = dirname(dirname(findBinaries(undefined, folder).postgres))
    mkdirSync(join(folder, 'closed'), { mode: 0o700 })
    spawnSync('cp', ['-r', native, join(folder, 'closed/native')])
    spawnSync('find', [join(folder, 'closed/native/lib'), '-type', 'l', '-delete'])
    const found = findBinaries(NOBODY, join(folder, 'copies'), { native: join(folder, 'closed/native'), version: '1' })
    expect(dirname(found.postgres)).toBe(join(folder, 'copies/postgresql-1/native/bin'))
    expect(mayEnter(dirname(found.postgres), NOBODY)).toBe(true)
    expect(existsSync(join(folder, 'copies/postgresql-1/native/lib/libpq.so.5'))).toBe(true)
    expect(spawnSync(found.initdb, ['--version'], { cwd: '/', ...NOBODY }).status).toBe(0)
  })

  it.skipIf(!mayEnter(import.meta.dirname, NOBODY))('works for an ordinary user as well', async () => {
    chownSync(folder, NOBODY.uid, NOBODY.gid)
    const server = await startElsewhere(join(folder, 'data'), NOBODY)
    expect(await ask(server.url, 'select 1')).toEqual([1])
    expect(statSync(join(folder, 'data/postgres/18')).uid).toBe(NOBODY.uid)
  })
})
