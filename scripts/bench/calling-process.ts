import { connect, type Socket } from 'node:net'
import { uuid } from '../../src/kernel/uuid.ts'
import type { Driven, ToDrive } from './drive-http.ts'
import { quantile } from './measure.ts'

/**
 * A process of its own that calls: callers must not work in the server's thread. Each keeps one connection alive and writes plain HTTP/1.1, the least that a caller can cost.
 * Started by driveHttp, which sends what to call and gets the figures back.
 */
process.once('message', (wanted: ToDrive) => {
  drive(wanted).then(
    (driven) => process.send!(driven, () => process.exit(0)),
    (error: unknown) => process.send!({ failure: String(error) }, () => process.exit(1)),
  )
})

async function drive({ port, key, clients, seconds, calls, expected }: ToDrive): Promise<Driven> {
  const latencies: number[] = []
  let next = 0
  const before = process.cpuUsage()
  const from = performance.now()
  const until = from + seconds * 1_000
  const takeNext = (): string | undefined => {
    const call = calls[next]
    if (call === undefined || performance.now() >= until) return undefined
    next += 1
    return request(port, key, call.path, call.body)
  }
  await Promise.all(Array.from({ length: clients }, () => oneCaller(port, takeNext, expected, latencies)))
  const took = (performance.now() - from) / 1_000
  const used = process.cpuUsage(before)
  return {
    count: latencies.length,
    seconds: took,
    perSecond: latencies.length / took,
    p50Ms: quantile(latencies, 0.5),
    p95Ms: quantile(latencies, 0.95),
    callerCpuMs: (used.user + used.system) / 1_000 / latencies.length,
  }
}

function request(port: number, key: string, path: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${key}\r\nidempotency-key: ${uuid()}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** Calls one after the other on one connection until there is no next. Fails at the first answer that is not the one expected. */
function oneCaller(port: number, takeNext: () => string | undefined, expected: string, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    let began = 0
    let answer = ''
    const send = (): void => {
      const text = takeNext()
      if (text === undefined) {
        socket.end()
        resolve()
        return
      }
      answer = ''
      began = performance.now()
      socket.write(text)
    }
    socket.setEncoding('latin1')
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (piece: string) => {
      answer += piece
      if (!isWhole(answer)) return
      if (!answer.startsWith('HTTP/1.1 201') || !answer.includes(expected)) {
        reject(new Error(answer))
        return
      }
      latencies.push(performance.now() - began)
      send()
    })
  })
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(answer.slice(0, end + 2))?.[1]
  if (length === undefined) throw new Error(`an answer without content-length: ${answer}`)
  return answer.length >= end + 4 + Number(length)
}
