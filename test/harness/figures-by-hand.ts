import { addDays, type Day, daysBetween } from '../../src/kernel/day.ts'
import type { BookedItem, Place } from './random-books.ts'

const NAMES = ['opening', 'broughtIn', 'sales', 'salesNet', 'collected', 'adjusted', 'closing', 'notDue', 'waited', 'late'] as const
export type FiguresByHand = Record<(typeof NAMES)[number], bigint>
const nothing = (): FiguresByHand => Object.fromEntries(NAMES.map((name) => [name, 0n])) as FiguresByHand
const within = (on: Day, { from, to }: { from: Day; to: Day }): boolean => on >= from && on <= to

/** The figures of a period by hand: item by item, from what was asked of it. Shares nothing with the statements that it checks. */
export function figures(
  items: readonly BookedItem[],
  period: { from: Day; to: Day },
  counts: (place: Place) => boolean = () => true,
): FiguresByHand {
  const found = nothing()
  const add = (name: keyof FiguresByHand, place: Place, amount: bigint) => {
    if (counts(place)) found[name] += amount
  }
  for (const item of items) {
    const first = item.places[0]!.at
    const booked = (place: Place, sign: bigint) => {
      add(item.isOpening ? 'broughtIn' : 'sales', place, sign * item.base)
      if (!item.isOpening) add('salesNet', place, sign * item.net)
    }
    if (within(item.entryOn, period)) booked(first, 1n)
    if (item.voided && within(item.voided.on, period)) booked(item.voided.at, -1n)
    for (const one of item.settlements) {
      if (within(one.on, period)) settled(one.at, 1n)
      if (one.undone && within(one.undone.on, period)) settled(one.undone.at, -1n)
      function settled(place: Place, sign: bigint) {
        add(one.kind === 'money' ? 'collected' : 'adjusted', place, sign * one.amount)
        if (one.kind === 'adjustment') return
        add('waited', place, sign * one.amount * BigInt(Math.max(0, daysBetween(item.issuedOn, one.receivedOn))))
        add('late', place, sign * one.amount * BigInt(daysBetween(one.at.dueOn, one.receivedOn)))
      }
    }
    const opening = standingAt(item, addDays(period.from, -1))
    const closing = standingAt(item, period.to)
    if (opening) add('opening', opening.place, opening.open)
    if (closing) add('closing', closing.place, closing.open)
    if (closing && closing.place.dueOn >= period.to) add('notDue', closing.place, closing.open)
  }
  return found
}

/** What is open of an item on a day, and where it stands; nothing before it was entered and after it was voided. */
export function standingAt(item: BookedItem, on: Day): { open: bigint; place: Place } | undefined {
  if (item.entryOn > on || (item.voided && item.voided.on <= on)) return undefined
  const settled = item.settlements
    .filter((one) => one.on <= on && !(one.undone && one.undone.on <= on))
    .reduce((sum, { amount }) => sum + amount, 0n)
  return { open: item.base - settled, place: item.places.filter(({ from }) => from <= on).at(-1)!.at }
}
