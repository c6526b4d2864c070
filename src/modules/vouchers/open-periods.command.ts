import { addMonths, type Day, periodOf } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { insertPeriods, keepPeriodsOpen } from './period.store.ts'
import { periodsAsked } from './periods.query.ts'

/** Nobody posts further ahead: a later day is a typing error. */
const MONTHS_AHEAD = 24

/** This month's period, asked for before it is needed. */
const early = new WeakMap<Tx, ReturnType<typeof periodsAsked>>()

/** Asks for this month's period in the flight of the command's own load: most postings are of today. */
export function warmPeriods(tx: Tx): Promise<unknown> {
  const asked = early.get(tx) ?? periodsAsked(tx, [periodOf(tx.today)])
  early.set(tx, asked)
  return asked
}

/** Periods of this transaction that were found open or made. */
const known = new WeakMap<Tx, Set<number>>()

/**
 * The periods of these days are open and stay so until this transaction ends, and so do the months after them that are over: what is posted changes their balances too. A month that
 * has no period yet gets one. Throws vouchers.periodClosed for a closed month and for any before a closed one, vouchers.tooFarAhead for a day years away.
 */
export async function openPeriods(tx: Tx, days: readonly Day[]): Promise<void> {
  const seen = known.get(tx) ?? new Set<number>()
  known.set(tx, seen)
  const periods = [...new Set(days.map(periodOf))].filter((period) => !seen.has(period)).sort((a, b) => a - b)
  if (periods.length === 0) return
  const isThisMonth = periods.length === 1 && periods[0] === periodOf(tx.today)
  const { found, lastClosed } = await ((isThisMonth ? early.get(tx) : undefined) ?? periodsAsked(tx, periods))
  for (const period of periods) {
    const status = period < lastClosed ? 'closed' : (found.get(period) ?? 'absent')
    if (status === 'closed') throw new Problem('vouchers.periodClosed', { period: periodText(period) }, { kind: 'conflict' })
    if (status === 'absent' && period > periodOf(addMonths(tx.today, MONTHS_AHEAD)))
      throw new Problem('vouchers.tooFarAhead', { period: periodText(period) })
    seen.add(period)
  }
  insertPeriods(
    tx,
    periods.filter((period) => !found.has(period)),
  )
  keepPeriodsOpen(tx, [...found.keys()])
}

/** 202611 as '2026-11'. */
export function periodText(period: number): string {
  return `${Math.floor(period / 100)}-${String(period % 100).padStart(2, '0')}`
}
