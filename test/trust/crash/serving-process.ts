import { flushCompileCache } from 'node:module'
import type { AddressInfo } from 'node:net'
import { flow } from '../../../src/flow.ts'
import { allocationsHttp } from '../../../src/modules/allocations/allocations.http.ts'
import { ordersHttp } from '../../../src/modules/orders/orders.http.ts'
import { receiptsHttp } from '../../../src/modules/receipts/receipts.http.ts'
import { receivablesHttp } from '../../../src/modules/receivables/receivables.http.ts'
import { vouchersHttp } from '../../../src/modules/vouchers/vouchers.http.ts'
import type { Caller } from '../../../src/platform/caller.ts'
import { openDatabase } from '../../../src/platform/db.ts'
import { startFlow } from '../../../src/platform/events.ts'
import { createServer } from '../../../src/platform/server.ts'
import { countPoints, endAtPoint } from './points.ts'

/** Only what is crashed: loading the whole program would take most of the time of each of the many processes. */
const routes = [...ordersHttp, ...receiptsHttp, ...allocationsHttp, ...receivablesHttp, ...vouchersHttp]
startFlow(flow)

/**
 * A process that serves the API and ends by signal 9 at the n-th point of the next call, as counted on its own wires: before and after each flight to the database leaves, when each answer
 * comes, before and after the response is written. Nothing of the program knows of it. Messages: first what to serve, then at which point to end.
 */
export type ToServe = { readonly url: string; readonly now: string; readonly callers: readonly Caller[] }
export type Armed = { readonly crashAt: number }

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
  flushCompileCache() // it ends by signal 9 and would leave nothing
  countPoints()
  process.on('message', (armed: Armed) => {
    endAtPoint(armed.crashAt)
    process.send!('armed')
  })
  process.send!((server.server.address() as AddressInfo).port)
})
process.once('disconnect', () => process.exit(0))
