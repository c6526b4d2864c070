/** A source of chance that one seed drives, so that what it did can be done again (mulberry32). */
export type Random = {
  /** 0 ≤ value < 1 */
  next(): number
  /** A whole number, both ends included. */
  whole(least: number, most: number): number
  oneOf<T>(values: readonly T[]): T
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return { next, whole, oneOf: (values) => values[whole(0, values.length - 1)]! }
}
