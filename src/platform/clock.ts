/** The only source of "now". Commands take what they need from it and hand it to the rules as arguments. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

/** A clock that stands still until it is set: for tests. `at` is an instant in ISO 8601, with Z or an offset. */
export function fixedClock(at: string): Clock & { readonly set: (at: string) => void } {
  let now = instant(at)
  const set = (later: string): void => {
    now = instant(later)
  }
  return Object.assign(() => new Date(now), { set })
}

function instant(at: string): number {
  const found = /(Z|[+-]\d\d:\d\d)$/.test(at) ? Date.parse(at) : Number.NaN
  if (Number.isNaN(found)) throw new RangeError(`not an instant: ${at}`)
  return found
}
