import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const CLI = join(import.meta.dirname, '../../scripts/huikuan.ts')
/** Compiled code of programs that ended in good order: the next start takes half the time. */
export const COMPILED = join(import.meta.dirname, '../../.cache/node')
const STARTS_WITHIN_MS = 90_000

/** The whole program as an operator starts it, on a folder of its own and a free port. */
export type RunningProgram = {
  readonly address: string
  readonly pid: number
  /** Empty where there is a company already. */
  readonly setUpLink: string
  readonly folder: string
  /** What the command line needs to reach it. */
  readonly environment: Record<string, string>
  said(): string
  logged(): string
  /** `npm run huikuan -- …` typed in `folder`. */
  huikuan(args: readonly string[], environment?: Record<string, string>): Promise<Said>
  kill(signal: NodeJS.Signals): Promise<void>
  stop(): Promise<void>
}
export type Said = { readonly code: number; readonly out: string; readonly err: string }

/** `folder`: a data folder of before; the one who gives it removes it. */
export type ProgramOptions = { readonly folder?: string; readonly environment?: Record<string, string>; readonly args?: readonly string[] }

export async function startProgram(options: ProgramOptions = {}): Promise<RunningProgram> {
  const folder = options.folder ?? openFolder('huikuan-program-')
  const port = await freePort()
  const environment = { HUIKUAN_DATA_DIR: join(folder, 'data'), HUIKUAN_PORT: String(port), ...options.environment }
  const child = spawn(process.execPath, [MAIN, ...(options.args ?? [])], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: COMPILED, ...environment },
  })
  let [said, logged] = ['', '']
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => (logged += chunk.toString()))
  await waitFor(
    child,
    () => /Huikuan (is ready|works)[^\n]*\n/.test(said),
    () => said,
  ).catch((error: unknown) => {
    child.kill('SIGKILL')
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    throw error
  })
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return {
    address: `http://localhost:${port}`,
    pid: child.pid!,
    setUpLink: /http:\/\/localhost:\d+\/setup#token=[\w-]+/.exec(said)?.[0] ?? '',
    folder,
    environment,
    said: () => said,
    logged: () => logged,
    huikuan: (args, more = {}) => huikuan(args, { INIT_CWD: folder, ...environment, ...more }),
    kill,
    stop: async () => {
      await kill('SIGTERM')
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A temporary folder that the user of the embedded database can enter, so that all of it lies there and goes with it. */
export function openFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o755)
  return folder
}

/** The command line with this environment and no other. */
export async function huikuan(args: readonly string[], environment: Record<string, string>): Promise<Said> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { NODE_COMPILE_CACHE: COMPILED, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

/** A port of its own rather than 0: the links that the program gives out must lead to it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function waitFor(child: ChildProcess, isReady: () => boolean, said: () => string): Promise<void> {
  const until = Date.now() + STARTS_WITHIN_MS
  while (!isReady()) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the program did not start: ${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
