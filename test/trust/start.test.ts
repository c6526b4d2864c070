import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { COMPILED } from '../harness/program.ts'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const STARTED_MS = 60_000

let folder: string
let running: ChildProcess[]
/** One folder: it is empty for the first that starts; whoever comes later finds what was there before. */
beforeAll(() => {
  folder = mkdtempSync('/tmp/huikuan-start-')
})
beforeEach(() => {
  running = []
})
afterEach(async () => {
  for (const child of running) await end(child, 'SIGTERM')
})
afterAll(() => {
  const away = join(folder, 'data/postgres-is-in')
  if (existsSync(away)) rmSync(readFileSync(away, 'utf8').trim(), { recursive: true })
  rmSync(folder, { recursive: true, force: true })
})

type Program = { child: ChildProcess; said: () => string; logged: () => string; address: () => string }

/** The program as an operator starts it; port 0 lets the system choose. */
function start(environment: Record<string, string> = {}, args: string[] = []): Program {
  const env = { HUIKUAN_DATA_DIR: join(folder, 'data'), HUIKUAN_PORT: '0', NODE_COMPILE_CACHE: COMPILED, ...environment }
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env })
  running.push(child)
  let said = ''
  let logged = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  child.stdout.on('data', (chunk) => (logged += chunk))
  return { child, said: () => said, logged: () => logged, address: () => /http:\/\/localhost:\d+/.exec(said)?.[0] ?? '' }
}

async function ready(environment?: Record<string, string>, args?: string[]): Promise<Program> {
  const program = start(environment, args)
  await expect
    .poll(() => program.said() + String(program.child.exitCode), { timeout: STARTED_MS, interval: 50 })
    .toMatch(/Huikuan (is ready|works)|[01]$/)
  if (program.child.exitCode !== null) throw new Error(program.said())
  return program
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return child.exitCode
}

async function exitOf(program: Program): Promise<[number | null, string]> {
  if (program.child.exitCode === null) await once(program.child, 'close')
  return [program.child.exitCode, program.said()]
}

const status = async (address: string) => (await fetch(`${address}/readyz`)).status

describe('the program', () => {
  it('starts on an empty folder that user postgres cannot enter, prints a set-up link, answers, and ends at SIGTERM', async () => {
    const program = await ready()
    expect(program.said()).toMatch(
      /Set up your company \(this link works once, for 24 hours\):\n {2}http:\/\/localhost:\d+\/setup#token=[\w-]{32}\n/,
    )
    expect(program.logged()).not.toContain('token')
    expect(await status(program.address())).toBe(200)
    expect(await end(program.child, 'SIGTERM')).toBe(0)
    for (const line of program.logged().trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ level: 'info' })
    expect(await ready().then((again) => status(again.address()))).toBe(200)
  })

  it('starts again after kill -9, and beside itself on another port; each ends alone', async () => {
    const killed = await ready()
    await end(killed.child, 'SIGKILL')
    const first = await ready()
    const second = await ready({}, ['--role', 'api'])
    expect(await end(second.child, 'SIGINT')).toBe(0)
    expect(await status(first.address())).toBe(200)
    expect(await end(first.child, 'SIGINT')).toBe(0)
  })

  it('takes Ctrl-C that arrives twice (terminal and npm) as one', async () => {
    const program = await ready()
    program.child.kill('SIGINT')
    program.child.kill('SIGINT')
    expect((await exitOf(program))[0]).toBe(0)
  })

  it('works as a worker without a port', async () => {
    const program = await ready({}, ['--role', 'worker'])
    expect(program.said()).toContain('works in the background')
    expect(await end(program.child, 'SIGTERM')).toBe(0)
  })

  it('says in one sentence that the port is taken, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const [code, said] = await exitOf(start({ HUIKUAN_PORT: String(port) }))
    other.close()
    expect(code).toBe(1)
    expect(said).toContain(`Port ${port} is in use by another program: stop that one, or set HUIKUAN_PORT to another port.`)
    expect(said).not.toContain('    at ')
  })

  it.each([
    [{ HUIKUAN_PORT: 'x' }, 'Wrong setting: HUIKUAN_PORT must be a number from 0 to 65535.'],
    [{ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' }, 'The database cannot be reached'],
  ])('refuses %o in one sentence without the password', async (environment, sentence) => {
    const [code, said] = await exitOf(start(environment))
    expect(code).toBe(1)
    expect(said).toContain(sentence)
    expect(said).not.toMatch(/secret@| {4}at /)
  })

  it('refuses to go on with another secret key than the database was begun with', async () => {
    await end((await ready()).child, 'SIGTERM')
    rmSync(join(folder, 'data/secret.key'))
    const [code, said] = await exitOf(start())
    expect(code).toBe(1)
    expect(said).toMatch(/The secret key in .* is not the one this database was used with/)
  })
})
