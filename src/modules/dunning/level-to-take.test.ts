import { describe, expect, test } from 'vitest'
import { addDays, type Day, day } from '../../kernel/day.ts'
import { isWorkingDay, weekendsOnly } from '../terms/calendar.ts'
import { contentOf, type DunningLevel, type LadderContent, ladderIssues } from './ladder.ts'
import { type CaseState, levelToTake, NO_CASE, nextLevelDay } from './level-to-take.ts'
import { standardLadder } from './standard-ladder.ts'

const email = { kind: 'email', template: 'overdue' } as const
const level = (position: number, days: number, minimumMinor = 0n): DunningLevel => ({
  position,
  name: `level ${position}`,
  days,
  minimumMinor,
  actions: [email],
  repeat: null,
})
const ladder: LadderContent = { leastDaysBetween: 3, levels: [level(1, -3), level(2, 3, 1_000n), level(3, 15), level(4, 30)] }
const none: CaseState = NO_CASE
const at = (reached: number, lastStepOn: string): CaseState => ({ level: reached, turn: 1, lastStepOn: day(lastStepOn) })
const item = (dueOn: string, openBase = 10_000n) => ({ dueOn: day(dueOn), openBase })

/** Friday 2026-11-20 unless said. */
const today = day('2026-11-20')

describe('levelToTake', () => {
  test.each<[string, CaseState, ReturnType<typeof item>[], bigint, number, number, bigint]>([
    ['before the due day, its first reminder', none, [item('2026-11-23')], 0n, 1, 1, 10_000n],
    ['the reminder names what comes due soon and nothing later', none, [item('2026-11-23'), item('2026-11-26')], 0n, 1, 1, 10_000n],
    ['three days overdue', at(1, '2026-11-12'), [item('2026-11-17')], 0n, 2, 1, 10_000n],
    ['a message names everything overdue', at(1, '2026-11-12'), [item('2026-11-17'), item('2026-11-19')], 0n, 2, 2, 20_000n],
    ['already overdue at the first look: the friendly reminder is passed over', none, [item('2026-11-10')], 0n, 2, 1, 10_000n],
    ['long overdue at the first look: still one level, not the highest', none, [item('2026-06-01')], 0n, 2, 1, 10_000n],
    ['catching up after three days', at(2, '2026-11-17'), [item('2026-06-01')], 0n, 3, 1, 10_000n],
    ['money that lies there comes off first', none, [item('2026-11-10')], 9_000n, 2, 1, 1_000n],
  ])('%s', (_, state, items, unallocated, position, named, netBase) => {
    const found = levelToTake(ladder, state, items, unallocated, today, weekendsOnly)
    expect(found).toMatchObject({ take: { position }, netBase })
    expect('named' in found && found.named).toHaveLength(named)
  })

  test.each<[string, CaseState, ReturnType<typeof item>[], bigint, string, string | null]>([
    ['the reminder’s day has not come', none, [item('2026-11-27')], 0n, 'notYet', '2026-11-24'],
    ['due today is not overdue', at(1, '2026-11-17'), [item('2026-11-20')], 0n, 'notYet', '2026-11-23'],
    ['two days overdue: the third is a Saturday, the Monday after it counts', at(1, '2026-11-12'), [item('2026-11-18')], 0n, 'notYet', '2026-11-23'], // biome-ignore format: one line a case
    ['a level was taken today', at(2, '2026-11-20'), [item('2026-06-01')], 0n, 'doneToday', '2026-11-23'],
    ['catching up: two days after the last level', at(2, '2026-11-18'), [item('2026-06-01')], 0n, 'tooSoon', '2026-11-23'],
    ['all money is there, only not allocated', none, [item('2026-11-10')], 10_000n, 'covered', null],
    ['more money than debt', none, [item('2026-11-10')], 50_000n, 'covered', null],
    ['net debt one minor unit below the minimum', none, [item('2026-11-10', 999n)], 0n, 'belowMinimum', null],
    ['the last level has been taken', at(4, '2026-10-01'), [item('2026-06-01')], 0n, 'ladderEnded', null],
  ])('%s', (_, state, items, unallocated, leave, onDay) => {
    expect(levelToTake(ladder, state, items, unallocated, today, weekendsOnly)).toMatchObject({ leave, onDay })
  })

  test('an item due at the beginning of the calendar, an empty day of another system, stops nobody', () => {
    const items = [item('1970-01-01')]
    expect(levelToTake(ladder, at(1, '2026-11-12'), items, 0n, today, weekendsOnly)).toMatchObject({ take: { position: 2 } })
    expect(nextLevelDay(ladder, at(1, '2026-11-19'), day('1970-01-01'), today, weekendsOnly)).toMatchObject({ onDay: day('2026-11-23') })
  })

  test('levels that stand close together in the ladder keep their days; only what is caught up waits', () => {
    const close: LadderContent = { leastDaysBetween: 5, levels: [level(1, 1), level(2, 2), level(3, 3)] }
    const walked = walk(close, '2026-11-16', '2026-11-16', 10)
    expect(walked).toEqual(['2026-11-17 1', '2026-11-18 2', '2026-11-19 3'])
  })

  test('an old debt that was imported is not escalated daily', () => {
    expect(walk(ladder, '2026-01-05', '2026-11-16', 30)).toEqual(['2026-11-16 2', '2026-11-19 3', '2026-11-23 4'])
  })

  test('from the reminder to the end, each level on its day', () => {
    expect(walk(ladder, '2026-10-08', '2026-09-20', 90)).toEqual(['2026-10-05 1', '2026-10-12 2', '2026-10-23 3', '2026-11-09 4'])
  })
})

describe('the last level, repeated', () => {
  const [first, second] = [level(1, 3), level(2, 15, 1_000n)]
  const monthly: LadderContent = { leastDaysBetween: 3, levels: [first, { ...second, repeat: { everyDays: 30, most: 2 } }] }
  const again = (state: CaseState, on: string, items = [item('2026-06-01')], unallocated = 0n) =>
    levelToTake(monthly, state, items, unallocated, day(on), weekendsOnly)
  const reached = (turn: number, lastStepOn: string, position = 2): CaseState => ({ level: position, turn, lastStepOn: day(lastStepOn) })

  test('every thirty days, rest days moved, at most twice more', () => {
    expect(walk(monthly, '2026-06-01', '2026-06-01', 160)).toEqual(['2026-06-04 1', '2026-06-16 2', '2026-07-16 2', '2026-08-17 2'])
  })
  test('names what fell due since, however little overdue it is', () => {
    const found = again(reached(1, '2026-10-20'), '2026-11-20', [item('2026-06-01'), item('2026-11-19'), item('2026-11-20')])
    expect(found).toMatchObject({ take: { position: 2 }, turn: 2, netBase: 20_000n })
  })
  test('what was missed is not made up for: one turn after a long standstill, and the next a month later', () => {
    expect(again(reached(1, '2026-01-05'), '2026-11-20')).toMatchObject({ turn: 2 })
    expect(again(reached(2, '2026-11-20'), '2026-11-23')).toMatchObject({ leave: 'notYet', onDay: '2026-12-21' })
  })
  test.each<[string, CaseState, string, ReturnType<typeof item>[], bigint, string, string | null]>([
    ['the day before', reached(1, '2026-10-21'), '2026-11-19', [item('2026-06-01')], 0n, 'notYet', '2026-11-20'],
    ['on the same day', reached(1, '2026-11-20'), '2026-11-20', [item('2026-06-01')], 0n, 'doneToday', '2026-11-23'],
    ['often enough', reached(3, '2026-01-05'), '2026-11-20', [item('2026-06-01')], 0n, 'ladderEnded', null],
    ['a level that is no longer in the ladder', reached(1, '2026-01-05', 3), '2026-11-20', [item('2026-06-01')], 0n, 'ladderEnded', null],
    ['what is left is not so long overdue', reached(1, '2026-01-05'), '2026-11-20', [item('2026-11-10')], 0n, 'notYet', '2026-11-25'],
    ['nothing is overdue', reached(1, '2026-01-05'), '2026-11-20', [item('2026-11-20')], 0n, 'notYet', '2026-12-07'],
    ['money covers it', reached(1, '2026-01-05'), '2026-11-20', [item('2026-06-01')], 10_000n, 'covered', null],
    ['below the minimum', reached(1, '2026-01-05'), '2026-11-20', [item('2026-06-01', 999n)], 0n, 'belowMinimum', null],
  ])('not: %s', (_, state, on, items, unallocated, leave, onDay) => {
    expect(again(state, on, items, unallocated)).toMatchObject({ leave, onDay })
  })
  test('a ladder that says nothing of it repeats nothing, and one that was saved before it could neither', () => {
    const { repeat: _, minimumMinor, ...old } = second
    const stored = { leastDaysBetween: 3, levels: [{ ...old, position: 1, minimumMinor: String(minimumMinor) }] }
    expect(contentOf(stored).levels[0]).toMatchObject({ repeat: null, minimumMinor: 1_000n })
    expect(levelToTake(contentOf(stored), reached(1, '2026-01-05', 1), [item('2026-06-01')], 0n, today, weekendsOnly)).toMatchObject({
      leave: 'ladderEnded',
    })
  })
})

/** Every working day from `from` on for `count` days, nothing paid: day and level of what is taken. Also that the day foretold is the day on which it happens. */
function walk(content: LadderContent, dueOn: string, from: string, count: number): string[] {
  let state = none
  const taken: string[] = []
  for (let on: Day = day(from), left = count; left > 0; on = addDays(on, 1), left -= 1) {
    if (!isWorkingDay(weekendsOnly, on)) continue
    const foretold = nextLevelDay(content, state, day(dueOn), on, weekendsOnly)
    const found = levelToTake(content, state, [item(dueOn)], 0n, on, weekendsOnly)
    if ('take' in found) {
      taken.push(`${on} ${found.take.position}`)
      expect(foretold).toEqual({ level: found.take, turn: found.turn, onDay: on })
      state = { level: found.take.position, turn: found.turn, lastStepOn: on }
    } else if (foretold !== undefined && found.leave !== 'doneToday') expect(foretold.onDay > on).toBe(true)
  }
  return taken
}

describe('ladderIssues', () => {
  test('the standard ladder is right in every language and currency', () => {
    for (const language of ['zh-CN', 'zh-TW', 'en'] as const)
      for (const decimals of [0, 2, 3]) {
        const standard = standardLadder(language, decimals)
        expect(ladderIssues(standard)).toEqual([])
        expect(standard.levels.map(({ days }) => days)).toEqual([-3, 3, 15, 30, 60])
        expect(standard.levels.map(({ repeat }) => repeat)).toEqual([null, null, null, null, { everyDays: 30, most: 12 }])
        expect(standard.levels[1]!.minimumMinor).toBe(1_000n * 10n ** BigInt(decimals))
      }
  })
  test.each<[string, LadderContent, string]>([
    ['no level', { leastDaysBetween: 3, levels: [] }, 'levels dunning.levelsMissing'],
    ['days out of order', { leastDaysBetween: 3, levels: [level(1, 3), level(2, 3)] }, 'levels.1.days dunning.levelsOutOfOrder'],
    ['half a day', { leastDaysBetween: 3, levels: [level(1, 1.5)] }, 'levels.0.days dunning.levelDays'],
    ['a year and more before the due day', { leastDaysBetween: 3, levels: [level(1, -400)] }, 'levels.0.days dunning.levelDays'],
    ['no day between', { leastDaysBetween: 0, levels: [level(1, 1)] }, 'leastDaysBetween dunning.daysBetween'],
    ['nothing to do', { leastDaysBetween: 3, levels: [{ ...level(1, 1), actions: [] }] }, 'levels.0.actions dunning.actionsMissing'],
    ['twice the same', { leastDaysBetween: 3, levels: [{ ...level(1, 1), actions: [email, email] }] }, 'levels.0.actions.1 dunning.actionTwice'],
    ['flagged before anything is overdue', { leastDaysBetween: 3, levels: [{ ...level(1, 0), actions: [{ kind: 'flagHighRisk', hold: true }] }] }, 'levels.0.actions.0 dunning.tooEarlyForAction'],
    ['a position left out', { leastDaysBetween: 3, levels: [level(2, 1)] }, 'levels.0.position dunning.positions'],
    ['repeated in the middle', { leastDaysBetween: 3, levels: [{ ...level(1, 1), repeat: { everyDays: 30, most: 1 } }, level(2, 5)] }, 'levels.0.repeat dunning.repeatNotLast'],
    ['repeated before the due day', { leastDaysBetween: 3, levels: [{ ...level(1, -3), repeat: { everyDays: 30, most: 1 } }] }, 'levels.0.repeat dunning.repeatBeforeDue'],
    ['repeated daily', { leastDaysBetween: 3, levels: [{ ...level(1, 1), repeat: { everyDays: 6, most: 1 } }] }, 'levels.0.repeat dunning.repeatBounds'],
    ['repeated for ever', { leastDaysBetween: 3, levels: [{ ...level(1, 1), repeat: { everyDays: 7, most: 61 } }] }, 'levels.0.repeat dunning.repeatBounds'],
    ['a minimum below nothing', { leastDaysBetween: 3, levels: [level(1, 1, -1n)] }, 'levels.0.minimum platform.notAnAmount'],
  ])('%s', (_, content, issue) => {
    expect(ladderIssues(content).map(({ path, code }) => `${path} ${code}`)).toEqual([issue])
  })
}) // biome-ignore format: one line a case
