import { expect, test } from 'vitest'
import type { LevelShown } from '../../../modules/dunning/ladders.api.ts'
import { originsOf } from '../../../modules/dunning/level-origins.ts'
import { addLevel, changesOf, countChanges, edited, moveLevel, shown } from './ladder-draft.ts'

const level = (name: string, days: number, more: Partial<LevelShown> = {}): LevelShown => ({
  name,
  days,
  minimum: '1000.00',
  actions: [{ kind: 'email', template: 'overdue' }],
  repeat: null,
  ...more,
})
const friendly = level('Friendly', -3)
const overdue = level('Overdue', 3)
const sales = level('Sales', 15, { actions: [{ kind: 'remindSalesperson', withinDays: 3 }] })
const live = [friendly, overdue, sales]
const names = (levels: readonly { name: string }[]) => levels.map(({ name }) => name)

test('a level keeps its key while it moves, and stays where it is at the end of the list', () => {
  const levels = edited(live)
  const moved = moveLevel(levels, 'level-2', -1)
  expect(names(moved)).toEqual(['Friendly', 'Sales', 'Overdue'])
  expect(moved[1]!.key).toBe('level-2')
  expect(moveLevel(moved, 'level-0', -1)).toEqual(moved)
  expect(moveLevel(moved, 'level-1', 1)).toEqual(moved)
  expect(moveLevel(moved, 'nobody', 1)).toEqual(moved)
})

test('a new level comes last, later than all, under a name and key of its own', () => {
  const more = addLevel(addLevel(edited(live), 'New level'), 'New level')
  expect(names(more)).toEqual(['Friendly', 'Overdue', 'Sales', 'New level', 'New level 2'])
  expect(more.map(({ days }) => days)).toEqual([-3, 3, 15, 30, 45])
  expect(new Set(more.map(({ key }) => key)).size).toBe(5)
  expect(shown(more)[3]).toEqual(level('New level', 30))
})

test('only the last level is repeated: a level that comes behind it, or is moved there, ends that', () => {
  const levels = edited([friendly, { ...overdue, repeat: { everyDays: 30, most: 12 } }])
  expect(addLevel(levels, 'New level').map(({ repeat }) => repeat)).toEqual([null, null, null])
  expect(moveLevel(levels, 'level-1', -1).map(({ repeat }) => repeat)).toEqual([null, null])
  expect(moveLevel(levels, 'level-1', 1)).toEqual(levels)
})

test.each<[string, LevelShown, ReturnType<typeof changesOf>]>([
  ['nothing', { ...sales }, []],
  ['the same amount written otherwise', { ...sales, minimum: '1000' }, []],
  ['the days', { ...sales, days: 10 }, ['days']],
  ['the minimum', { ...sales, minimum: '1000.01' }, ['minimum']],
  ['an action', { ...sales, actions: [{ kind: 'remindSalesperson', withinDays: 5 }] }, ['actions']],
  ['the repetition', { ...sales, repeat: { everyDays: 30, most: 12 } }, ['repeat']],
  ['name and actions', { ...sales, name: 'Finance', actions: [{ kind: 'escalate' }] }, ['name', 'actions']],
])('changes: %s', (_, changed, expected) => {
  expect(changesOf(changed, sales)).toEqual(expected)
})

test('a drafted level comes from the live one of its name, else from one that does the same; the rest is new', () => {
  const renamed = level('Call the customer', 12, { actions: [{ kind: 'remindSalesperson', withinDays: 1 }] })
  const added = level('Hold', 60, { actions: [{ kind: 'flagHighRisk', hold: true }] })
  expect(originsOf(live, [overdue, renamed, added])).toEqual([overdue, sales, undefined])
})

test('counts changed parts, new levels and those left out', () => {
  expect(countChanges(live, live)).toBe(0)
  const draft = [
    { ...friendly, days: -5 },
    { ...sales, days: 10, minimum: '5000.00' },
    level('Hold', 60, { actions: [{ kind: 'escalate' }] }),
  ]
  expect(countChanges(live, draft)).toBe(5)
})
