import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '../../src/main.ts')
const STARTS_WITHIN_MS = 90_000

/** The whole program as an operator starts it, on a folder of its own and a free port. */
export type RunningProgram = { readonly address: string; readonly setUpLink: string; said(): string; stop(): Promise<void> }

export async function startProgram(): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'huikuan-program-'))
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HUIKUAN_DATA_DIR: join(folder, 'data'), HUIKUAN_PORT: String(await freePort()) },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const setUpLink = await waitFor(
    child,
    () => /http:\/\/localhost:\d+\/setup#token=[\w-]+/.exec(said)?.[0],
    () => said,
  )
  return {
    address: new URL(setUpLink).origin,
    setUpLink,
    said: () => said,
    stop: async () => {
      if (child.exitCode === null) {
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        await ended
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
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

async function waitFor(child: ChildProcess, find: () => string | undefined, said: () => string): Promise<string> {
  const until = Date.now() + STARTS_WITHIN_MS
  for (;;) {
    const found = find()
    if (found) return found
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the program did not start: ${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
