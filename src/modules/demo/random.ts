/** Numbers that look like chance and are the same at every run with the same seed. */
export type Random = {
  /** 0 (included) to 1 (excluded). */
  next(): number
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
  /** Around `mean`, seldom further away than two `spread`s; a whole number. */
  around(mean: number, spread: number): number
}

/** A stream of its own for each `name`: what one part draws does not shift what another one gets. (mulberry32 over an FNV-1a hash.) */
export function randomFor(seed: number, name: string): Random {
  let state = (seed ^ hashOf(name)) | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    pick: (list) => list[int(0, list.length - 1)]!,
    chance: (probability) => next() < probability,
    weighted: (weights) => weightedKey(weights, next()),
    around: (mean, spread) => Math.round(mean + spread * (next() + next() + next() + next() - 2) * 1.73),
  }
}

function weightedKey<K extends string>(weights: Readonly<Record<K, number>>, share: number): K {
  const entries = Object.entries(weights) as [K, number][]
  let left = share * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [key, weight] of entries) {
    left -= weight
    if (left < 0) return key
  }
  return entries.at(-1)![0]
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193)
  return hash
}
