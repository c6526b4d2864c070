import type { Day } from '../../kernel/day.ts'

/** One dated limit as set and approved. Minor units of the base currency; `limit` undefined = unlimited from that day on. */
export type DatedLimit = {
  readonly kind: 'standard' | 'temporary'
  readonly limit: bigint | undefined
  readonly effectiveFrom: Day
  /** Last day, included. A standard limit normally has none: the next one ends it. */
  readonly effectiveUntil?: Day | undefined
}
/** `none`: nobody has set a limit for this day; what that means is a setting of the credit check. */
export type EffectiveLimit =
  | { readonly kind: 'none' }
  | { readonly kind: 'unlimited'; readonly until?: Day }
  | { readonly kind: 'limited'; readonly limit: bigint; readonly temporary: boolean; readonly until?: Day }

/** 信用额度 on a day: a temporary limit stands in place of the standard one while it runs; of two of a kind the later start wins. */
export function effectiveLimit(limits: readonly DatedLimit[], on: Day): EffectiveLimit {
  const running = limits.filter((limit) => limit.effectiveFrom <= on && (limit.effectiveUntil === undefined || on <= limit.effectiveUntil))
  const chosen =
    latest(running.filter((limit) => limit.kind === 'temporary')) ?? latest(running.filter((limit) => limit.kind === 'standard'))
  if (chosen === undefined) return { kind: 'none' }
  const until = chosen.effectiveUntil === undefined ? {} : { until: chosen.effectiveUntil }
  return chosen.limit === undefined
    ? { kind: 'unlimited', ...until }
    : { kind: 'limited', limit: chosen.limit, temporary: chosen.kind === 'temporary', ...until }
}

/** Of two limits from the same day the one that was recorded later (further back in the list) wins. */
function latest(limits: readonly DatedLimit[]): DatedLimit | undefined {
  return limits.reduce<DatedLimit | undefined>(
    (best, limit) => (best && best.effectiveFrom > limit.effectiveFrom ? best : limit),
    undefined,
  )
}
