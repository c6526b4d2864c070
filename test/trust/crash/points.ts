import { Socket } from 'node:net'

let pointsLeft = Number.POSITIVE_INFINITY
let passed = 0

/** The process ends by signal 9 at the n-th point from now on. */
export function endAtPoint(n: number): void {
  pointsLeft = n
  passed = 0
}

/** Points since the last `endAtPoint`. */
export function pointsPassed(): number {
  return passed
}

function point(): void {
  passed += 1
  pointsLeft -= 1
  if (pointsLeft === 0) process.kill(process.pid, 'SIGKILL')
}

type Wire = { _writeGeneric(...given: unknown[]): unknown; push(chunk: unknown, ...more: unknown[]): boolean }

/** From now on every flight over the process's own wires is a point: before and after it leaves, and when an answer comes. Nothing of the program knows of it. */
export function countPoints(): void {
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
