import { drive, print } from './measure.ts'
import type { World } from './world.ts'

const SECONDS = 4

/** Pages through HTTP, one caller after the other: `pages` says, by what is measured, the addresses asked for at once in each turn. Prints the p95 beside the one to reach. */
export async function measurePages(
  world: World,
  size: string,
  limitMs: number,
  pages: Readonly<Record<string, (turn: number) => readonly string[]>>,
): Promise<void> {
  const server = await world.serve()
  const ask = async (path: string) => {
    const answer = await fetch(`${server.url}${path}`, { headers: server.headers(world.maker) })
    if (answer.status !== 200) throw new Error(await answer.text())
    await answer.arrayBuffer()
  }
  for (const [what, pathsOf] of Object.entries(pages)) {
    const measured = await drive(1, SECONDS, async (_, turn) => {
      await Promise.all(pathsOf(turn).map(ask))
      return true
    })
    print({
      what,
      size,
      ...measured,
      limitSeconds: limitMs / 1_000,
      ratioToLimit: measured.p95Ms / limitMs,
      note: 'limit is the p95 to reach',
    })
  }
  await server.close()
}
