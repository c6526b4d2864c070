import { describe, expect, test } from 'vitest'
import { addDays, type Day, day, daysBetween, weekday } from '../../kernel/day.ts'
import { calendarFrom } from '../terms/calendar.ts'
import type { DunningAction, LadderContent } from './ladder.ts'
import { triedSums } from './tried-figures.ts'
import { NEVER_CHASED_DAYS, type PastCustomer, type Walk, walkHistory } from './walk-history.ts'

const calendar = calendarFrom({
  id: 'cn',
  years: [2026],
  weekend: [6, 7],
  holidays: [{ from: '2026-10-01', to: '2026-10-07', name: '国庆节' }],
  workingDays: ['2026-10-10'],
})
const span = { start: day('2026-08-03'), from: day('2026-09-01'), until: day('2026-11-30') }
const email: DunningAction = { kind: 'email', template: 'overdue' }
const level = (position: number, days: number, minimumMinor: bigint, ...actions: DunningAction[]) => ({
  position,
  name: `level ${position}`,
  days,
  minimumMinor,
  actions,
  repeat: null,
})
const ladder: LadderContent = {
  leastDaysBetween: 3,
  levels: [level(1, -3, 0n, email), level(2, 3, 1_000n, email), level(3, 15, 5_000n, { kind: 'remindSalesperson', withinDays: 3 })],
}
const item = (receivableId: string, dueOn: string, ...changes: [string, bigint][]) => ({
  receivableId,
  dueOn: day(dueOn),
  disputed: false,
  changes: changes.map(([on, change]) => ({ on: day(on), change })),
})
const customer = (over: Partial<PastCustomer>): PastCustomer => ({
  customerId: 'c',
  hasAddress: true,
  items: [],
  money: [],
  hidden: [],
  ...over,
})
const figuresOf = (positions: number, walk: Walk) => {
  const sums = triedSums(positions)
  sums.add(walk)
  return sums.figures()
}
const stepsOf = (walk: Walk) => walk.steps.map(({ on, level: { position } }) => [position, on])

describe('one customer', () => {
  test('the receivable of the ladder picture: earlier before a holiday, later after weekends', () => {
    const walk = walkHistory(customer({ items: [item('a', '2026-10-08', ['2026-09-08', 10_000n])] }), ladder, calendar, span)
    expect(stepsOf(walk)).toEqual([
      [1, '2026-09-30'],
      [2, '2026-10-12'],
      [3, '2026-10-23'],
    ])
    expect(walk.steps.every(({ isWrong }) => !isWrong)).toBe(true)
    expect(walk.neverChased).toEqual([])
  })

  test('paid ends the case; the next receivable begins at the first level again', () => {
    const walk = walkHistory(
      customer({
        items: [
          item('a', '2026-09-10', ['2026-08-20', 10_000n], ['2026-09-16', -10_000n]),
          item('b', '2026-10-20', ['2026-10-10', 8_000n], ['2026-10-19', -8_000n]),
        ],
      }),
      ladder,
      calendar,
      span,
    )
    expect(stepsOf(walk)).toEqual([
      [1, '2026-09-07'],
      [2, '2026-09-14'],
      [1, '2026-10-16'],
    ])
  })

  test('money that is there, not allocated: no reminder while it covers all; a wrong one when it covers the oldest of several', () => {
    const covered = customer({
      items: [item('a', '2026-09-10', ['2026-08-20', 10_000n])],
      money: [{ on: day('2026-09-02'), change: 10_000n }],
    })
    expect(walkHistory(covered, ladder, calendar, span).steps).toEqual([])
    const partly = { ...covered, items: [...covered.items, item('b', '2026-09-11', ['2026-08-20', 90_000n])] }
    const [first, ...later] = walkHistory(partly, ladder, calendar, span).steps
    // three days before the 11th: 'a' alone is covered, with 'b' there is something to ask for
    expect([first?.on, first?.netBase, first?.isWrong]).toEqual(['2026-09-08', 90_000n, true])
    expect(later.every(({ isWrong }) => isWrong)).toBe(true)
  })

  test('money that nobody knew to be theirs does not stop a reminder, and makes it a wrong one', () => {
    const walk = walkHistory(
      customer({
        items: [item('a', '2026-09-10', ['2026-08-20', 10_000n])],
        money: [{ on: day('2026-09-02'), change: 10_000n }],
        hidden: [
          { on: day('2026-09-02'), change: -10_000n },
          { on: day('2026-09-21'), change: 10_000n },
        ],
      }),
      ladder,
      calendar,
      span,
    )
    expect(walk.steps.map(({ on, isWrong }) => [on, isWrong])).toEqual([
      ['2026-09-07', true],
      ['2026-09-14', true],
    ])
  })

  test('a case is over when all it named is settled, although something else is open', () => {
    const walk = walkHistory(
      customer({
        items: [
          item('a', '2026-09-10', ['2026-08-20', 10_000n], ['2026-09-16', -10_000n]),
          item('b', '2026-10-20', ['2026-09-10', 8_000n]),
        ],
      }),
      ladder,
      calendar,
      span,
    )
    expect(stepsOf(walk).slice(0, 3)).toEqual([
      [1, '2026-09-07'],
      [2, '2026-09-14'],
      [1, '2026-10-16'],
    ])
  })

  test('nobody to write to: the same levels without their messages; chased is who was reminded by somebody', () => {
    const items = [item('a', '2026-09-10', ['2026-08-20', 10_000n])]
    const walk = walkHistory(customer({ items, hasAddress: false }), ladder, calendar, span)
    expect(stepsOf(walk)).toEqual([[1, '2026-09-07'], [2, '2026-09-14'], [3, '2026-09-25']]) // biome-ignore format: one line
    expect(walk.steps.some(({ isMailed }) => isMailed)).toBe(false)
    expect(walk.neverChased).toEqual([])
    const written: LadderContent = { ...ladder, levels: ladder.levels.slice(0, 2) }
    expect(walkHistory(customer({ items, hasAddress: false }), written, calendar, span).neverChased).toEqual(['a'])
    expect(walkHistory(customer({ items }), written, calendar, span).neverChased).toEqual([])
  })

  test('the last level again and again: what falls due later is named too', () => {
    const [, overdue] = ladder.levels
    const repeated: LadderContent = { leastDaysBetween: 3, levels: [{ ...overdue!, position: 1, repeat: { everyDays: 14, most: 2 } }] }
    const items = [item('a', '2026-09-10', ['2026-08-20', 10_000n]), item('b', '2026-09-20', ['2026-08-20', 10_000n])]
    const walk = walkHistory(customer({ items }), repeated, calendar, span)
    expect(walk.steps.map(({ on, turn, receivableIds }) => [on, turn, receivableIds.length])).toEqual([
      ['2026-09-14', 1, 1],
      ['2026-09-28', 2, 2],
      ['2026-10-12', 3, 2],
    ])
    expect(figuresOf(1, walk)).toMatchObject({ messages: 3, firstReminderDays: 4, levels: [3] })
    expect(walk.neverChased).toEqual([])
  })

  test('never chased: below the minimum for more than 14 days, but not what is disputed', () => {
    const small = item('a', '2026-09-10', ['2026-08-20', 900n])
    const high: LadderContent = { ...ladder, levels: ladder.levels.slice(1) }
    expect(walkHistory(customer({ items: [small] }), high, calendar, span).neverChased).toEqual(['a'])
    expect(walkHistory(customer({ items: [{ ...small, disputed: true }] }), high, calendar, span).neverChased).toEqual([])
    const soonPaid = item('a', '2026-09-10', ['2026-08-20', 900n], ['2026-09-25', -900n])
    expect(walkHistory(customer({ items: [soonPaid] }), high, calendar, span).neverChased).toEqual([])
  })

  test('what happened before the span only brings the case to where it stands', () => {
    const old = customer({ items: [item('a', '2026-05-10', ['2026-08-02', 90_000n])] })
    const walk = walkHistory(old, ladder, calendar, span)
    expect(walk.steps).toEqual([])
    expect(walk.neverChased).toEqual([])
  })
})

test('500 random customers: the same as a walk that looks at every day and knows nothing of shortcuts', () => {
  let steps = 0
  let missed = 0
  for (let seed = 1; seed <= 500; seed++) {
    const random = randomOf(seed)
    const past = randomCustomer(random)
    const content = randomLadder(random)
    const walk = walkHistory(past, content, calendar, span)
    const slow = naiveWalk(past, content)
    expect({ seed, steps: walk.steps.map(({ on, level: { position }, receivableIds, isWrong }) => [on, position, [...receivableIds].sort().join(), isWrong]) }).toEqual({ seed, steps: slow.steps }) // biome-ignore format: one sentence
    expect({ seed, never: [...walk.neverChased].sort() }).toEqual({ seed, never: slow.never })
    steps += slow.steps.length
    missed += slow.never.length
  }
  expect(steps).toBeGreaterThan(1_000)
  expect(missed).toBeGreaterThan(100)
})

/** Written from the rule's words, not from its code: day by day, every sum anew, rest days by hand. */
function naiveWalk(past: PastCustomer, content: LadderContent) {
  const rests = (on: Day) => on !== '2026-10-10' && (weekday(on) >= 6 || (on >= '2026-10-01' && on <= '2026-10-07'))
  const moved = (days: number, dueOn: Day) => {
    let on = addDays(dueOn, days)
    while (rests(on)) on = addDays(on, days > 0 ? 1 : -1)
    return on
  }
  const upTo = (changes: readonly { on: Day; change: bigint }[], on: Day) =>
    changes.filter((one) => one.on <= on).reduce((sum, { change }) => sum + change, 0n)
  const steps: [Day, number, string, boolean][] = []
  const named = new Map<string, Day>()
  const never = new Set<string>()
  const ofCase = new Set<string>()
  let taken = 0
  let turn = 1
  let last: Day | undefined
  for (let on = span.start; on <= span.until; on = addDays(on, 1)) {
    const open = past.items.map((one) => ({ ...one, open: upTo(one.changes, on) })).filter((one) => one.open > 0n)
    const canStep = !rests(on)
    if (canStep && !open.some((one) => ofCase.has(one.receivableId))) {
      taken = 0
      last = undefined
      ofCase.clear()
    }
    const due = open.filter((one) => !one.disputed)
    if (canStep && due.length > 0) {
      const late = due.filter((one) => one.dueOn < on)
      const oldest = (late.length > 0 ? late : due).map((one) => one.dueOn).sort()[0]!
      const top = content.levels[content.levels.length - 1]!
      const higher = content.levels.filter(({ position, days }) => position > taken && (days > 0 || late.length === 0))[0]
      const isAgain = !higher && taken === top.position && top.repeat !== null && turn < 1 + top.repeat.most
      const next = higher ?? (isAgain ? top : undefined)
      if (next && moved(next.days, oldest) <= on) {
        const before = content.levels[taken - 1]
        const apart = before
          ? Math.min(content.leastDaysBetween, daysBetween(moved(before.days, oldest), moved(next.days, oldest)))
          : content.leastDaysBetween
        const isApart = last === undefined || daysBetween(last, on) >= (isAgain ? top.repeat!.everyDays : Math.max(1, apart))
        const what = next.days > 0 ? late : due.filter((one) => moved(next.days, one.dueOn) <= on)
        const there = upTo(past.money, on)
        const net = what.reduce((sum, one) => sum + one.open, 0n) - there - upTo(past.hidden, on)
        const isDone = past.hasAddress || next.actions[0]!.kind !== 'email'
        if (isApart && net > 0n && net >= next.minimumMinor) {
          const first = what.map((one) => one.dueOn).sort()[0]
          const isWrong = what.some((one) => one.dueOn === (late.length > 0 ? first : oldest) && there >= one.open)
          if (on >= span.from) steps.push([on, next.position, what.map((one) => one.receivableId).sort().join(), isWrong]) // biome-ignore format: one step
          for (const one of what) {
            ofCase.add(one.receivableId)
            if (isDone && !named.has(one.receivableId)) named.set(one.receivableId, on)
          }
          turn = isAgain ? turn + 1 : 1
          taken = next.position
          last = on
        }
      }
    }
    for (const one of due)
      if (on >= span.from && daysBetween(one.dueOn, on) > NEVER_CHASED_DAYS && !named.has(one.receivableId)) never.add(one.receivableId)
  }
  return { steps, never: [...never].sort() }
}

function randomOf(seed: number): (most: number) => number {
  let state = seed * 2_654_435_761
  return (most) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return (state >>> 3) % most
  }
}

function randomLadder(random: (most: number) => number): LadderContent {
  const days = [...new Set([-10 + random(8), -1 + random(2), 1 + random(5), 8 + random(10), 20 + random(15)])].sort((a, b) => a - b)
  return {
    leastDaysBetween: 1 + random(5),
    levels: days.map((count, index) => ({
      ...level(index + 1, count, BigInt(random(4) * 3_000), random(3) > 0 ? email : { kind: 'remindSalesperson', withinDays: 3 }),
      repeat: index === days.length - 1 && random(2) > 0 ? { everyDays: 7 + random(20), most: 1 + random(4) } : null,
    })),
  }
}

function randomCustomer(random: (most: number) => number): PastCustomer {
  const on = () => addDays(day('2026-07-20'), random(130))
  const items = Array.from({ length: 1 + random(6) }, (_, no) => {
    const issuedOn = on()
    const amount = BigInt(100 + random(20_000))
    const changes = [{ on: issuedOn, change: amount }]
    if (random(3) > 0) {
      const paid = random(2) === 0 ? amount : amount / 2n
      const paidOn = addDays(issuedOn, random(80))
      changes.push({ on: paidOn, change: -paid })
      if (random(4) === 0) changes.push({ on: addDays(paidOn, 1 + random(20)), change: paid })
    }
    return { receivableId: `r${no}`, dueOn: addDays(issuedOn, random(45)), disputed: random(8) === 0, changes }
  })
  const money: { on: Day; change: bigint }[] = []
  const hidden: { on: Day; change: bigint }[] = []
  for (let no = random(4); no > 0; no--) {
    const amount = BigInt(100 + random(15_000))
    const came = on()
    money.push({ on: came, change: amount })
    if (random(2) === 0) money.push({ on: addDays(came, 1 + random(30)), change: -amount })
    if (random(3) === 0) hidden.push({ on: came, change: -amount }, { on: addDays(came, 1 + random(15)), change: amount })
  }
  const byDay = (a: { on: Day }, b: { on: Day }) => (a.on < b.on ? -1 : 1)
  return { customerId: 'c', hasAddress: random(5) > 0, items, money: money.sort(byDay), hidden: hidden.sort(byDay) }
}
