import { Agent, request } from 'node:http'
import { uuid } from '../../src/kernel/uuid.ts'
import { quantile } from './measure.ts'

export type MixedTenant = { readonly makerKey: string; readonly checkerKey: string; readonly customers: readonly string[] }
export type MixedWork = {
  readonly port: number
  readonly tenants: readonly MixedTenant[]
  readonly writesPerSecond: number
  readonly readsPerSecond: number
  readonly seconds: number
}
type Figures = {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly failures: number
}
export type MixedDone = { readonly writes: Figures; readonly reads: Figures }

/** Requests of one sequence: a receivable opened, a receipt recorded, confirmed, allocated. */
const WRITES_A_SEQUENCE = 4
const TODAY = '2026-11-21'
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** A process of its own that calls at a fixed rate; a sequence begins when its time has come, whether or not the ones before have ended. */
process.once('message', async (work: MixedWork) => {
  process.send!(await drive(work), () => process.exit(0))
})

type Kept = { readonly latencies: number[]; failures: number }

async function drive(work: MixedWork): Promise<MixedDone> {
  const writes: Kept = { latencies: [], failures: 0 }
  const reads: Kept = { latencies: [], failures: 0 }
  const from = performance.now()
  await Promise.all([
    atRate(work.writesPerSecond / WRITES_A_SEQUENCE, work.seconds, (turn) => sequence(work, turn, writes)),
    atRate(work.readsPerSecond, work.seconds, (turn) => read(work, turn, reads)),
  ])
  const seconds = (performance.now() - from) / 1_000
  return { writes: figures(writes, seconds), reads: figures(reads, seconds) }
}

async function atRate(perSecond: number, seconds: number, begin: (turn: number) => Promise<void>): Promise<void> {
  const from = performance.now()
  const running = new Set<Promise<void>>()
  for (let turn = 0; turn < perSecond * seconds; turn += 1) {
    const wait = from + (turn * 1_000) / perSecond - performance.now()
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
    const one = begin(turn).finally(() => running.delete(one))
    running.add(one)
  }
  await Promise.all(running)
}

async function sequence({ port, tenants }: MixedWork, turn: number, kept: Kept): Promise<void> {
  const { makerKey, checkerKey, customers } = tenants[turn % tenants.length]!
  const customerId = customers[Math.floor(turn / tenants.length) % customers.length]!
  const amount = `${100 + (turn % 900)}.${String(turn % 100).padStart(2, '0')}`
  const post = (key: string, path: string, body: object) => timed(kept, port, key, 'POST', path, body)
  const receivables = [{ customerId, amount, issuedOn: TODAY, dueOn: '2026-12-31' }]
  const opened = await post(makerKey, '/api/receivables', { receivables })
  const receipts = [{ customerId, amount, receivedOn: TODAY }]
  const recorded = await post(makerKey, '/api/receipts', { receipts, acceptDuplicates: true })
  const [receivableId, receiptId] = [opened?.ids[0], recorded?.ids[0]]
  if (!(receivableId && receiptId)) return
  await post(checkerKey, '/api/receipts/confirmations', { receipts: [{ id: receiptId, version: 1 }] })
  await post(checkerKey, '/api/allocations', { lines: [{ receiptId, receivableId, amount }] })
}

async function read({ port, tenants }: MixedWork, turn: number, kept: Kept): Promise<void> {
  const { checkerKey, customers } = tenants[turn % tenants.length]!
  const id = customers[turn % customers.length]!
  const paths = [
    `/api/customers/${id}/overview`,
    '/api/receivables?status=open',
    '/api/ageing?by=customer',
    '/api/receipts',
    `/api/credit/${id}`,
  ]
  await timed(kept, port, checkerKey, 'GET', paths[turn % paths.length]!, undefined)
}

function timed(
  kept: Kept,
  port: number,
  key: string,
  method: string,
  path: string,
  body: object | undefined,
): Promise<{ ids: string[] } | undefined> {
  const began = performance.now()
  return new Promise((resolve) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${key}`,
      'idempotency-key': uuid(),
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    }
    const end = (answer: { ids: string[] } | undefined): void => {
      kept.latencies.push(performance.now() - began)
      if (answer === undefined) kept.failures += 1
      resolve(answer)
    }
    const call = request({ host: '127.0.0.1', port, agent, method, path, headers }, (answer) => {
      let all = ''
      answer.setEncoding('utf8').on('data', (piece) => {
        all += piece
      })
      answer.on('end', () => {
        if (answer.statusCode! >= 300 && kept.failures < 3) console.error(method, path, answer.statusCode, all.slice(0, 300))
        end(answer.statusCode! < 300 ? JSON.parse(all) : undefined)
      })
    })
    call.on('error', () => end(undefined))
    call.end(text)
  })
}

function figures({ latencies, failures }: Kept, seconds: number): Figures {
  const at = (share: number): number => quantile(latencies, share)
  return { perSecond: latencies.length / seconds, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), failures }
}
