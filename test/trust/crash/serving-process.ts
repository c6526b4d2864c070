import { type AddressInfo, Socket } from 'node:net'
import { routes } from '../../../src/app.ts'
import type { Caller } from '../../../src/platform/caller.ts'
import { openDatabase } from '../../../src/platform/db.ts'
import { createServer } from '../../../src/platform/server.ts'

/**
 * A process that serves the API and ends by signal 9 at the n-th point of the next call, as counted on its own wires: before and after each flight to the database leaves, when each answer
 * comes, before and after the response is written. Nothing of the program knows of it. Messages: first what to serve, then at which point to end.
 */
export type ToServe = { readonly url: string; readonly now: string; readonly callers: readonly Caller[] }
export type Armed = { readonly crashAt: number }

let pointsLeft = Number.POSITIVE_INFINITY
function point(): void {
  pointsLeft -= 1
  if (pointsLeft === 0) process.kill(process.pid, 'SIGKILL')
}

type Wire = { _writeGeneric(...given: unknown[]): unknown; push(chunk: unknown, ...more: unknown[]): boolean }
function countPoints(): void {
  const wire = Socket.prototype as unknown as Wire
  const { _writeGeneric: writes, push } = wire
  wire._writeGeneric = function (this: Wire, ...given) {
    point()
    const written = writes.apply(this, given)
    point()
    return written
  }
  wire.push = function (this: Wire & { server?: unknown }, chunk, ...more) {
    if (chunk !== null && !this.server) point() // what comes from the database; a request is not a point
    return push.call(this, chunk, ...more)
  }
}

process.once('message', async ({ url, now, callers }: ToServe) => {
  const db = await openDatabase({ url, clock: () => new Date(now), poolSize: 1 })
  const byId = new Map(callers.map((caller) => [caller.actorId, caller]))
  const server = await createServer({
    db,
    routes,
    authenticate: async (request) => byId.get(String(request.headers['x-test-caller'])),
    log: { error: (fields) => console.error(fields), info: () => undefined },
  })
  await db.transaction(callers[0]!, async () => undefined) // the connection is there: opening it is no point of the call
  await server.listen({ host: '127.0.0.1', port: 0 })
  countPoints()
  process.on('message', (armed: Armed) => {
    pointsLeft = armed.crashAt
    process.send!('armed')
  })
  process.send!((server.server.address() as AddressInfo).port)
})
process.once('disconnect', () => process.exit(0))
