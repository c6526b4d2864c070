import type { LevelShown } from '../../../modules/dunning/ladders.api.ts'
import { originsOf } from '../../../modules/dunning/level-origins.ts'

/** A level being edited: `key` stays with it while it is moved. */
export type EditedLevel = LevelShown & { readonly key: string }
export type ActionShown = LevelShown['actions'][number]

/** Gives every level of a ladder its key. */
export function edited(levels: readonly LevelShown[]): EditedLevel[] {
  return levels.map((level, index) => ({ ...level, key: `level-${index}` }))
}

/** What is sent: the levels without their keys. */
export function shown(levels: readonly EditedLevel[]): LevelShown[] {
  return levels.map(({ key: _, ...level }) => level)
}

/** Only the last level is repeated: whatever has come before another one no longer is. */
function lastRepeats(levels: readonly EditedLevel[]): EditedLevel[] {
  return levels.map((level, index) => (index < levels.length - 1 && level.repeat !== null ? { ...level, repeat: null } : level))
}

/** The level one place up or down; at the end of the list nothing changes. */
export function moveLevel(levels: readonly EditedLevel[], key: string, by: number): EditedLevel[] {
  const from = levels.findIndex((level) => level.key === key)
  const to = from + by
  if (from < 0 || to < 0 || to >= levels.length) return [...levels]
  const next = [...levels]
  const [moved] = next.splice(from, 1)
  next.splice(to, 0, moved!)
  return lastRepeats(next)
}

/** A new level at the end, so many days after the last one; it reminds the customer unless it is changed. */
export function addLevel(levels: readonly EditedLevel[], name: string): EditedLevel[] {
  const last = levels.at(-1)
  const days = Math.max(last?.days ?? 0, 0) + NEXT_AFTER_DAYS
  const taken = new Set(levels.map((level) => level.name))
  let free = name
  for (let no = 2; taken.has(free); no++) free = `${name} ${no}`
  const level: EditedLevel = {
    key: `new-${nextKey(levels)}`,
    name: free,
    days,
    minimum: last?.minimum ?? '0',
    actions: [{ kind: 'email', template: 'overdue' }],
    repeat: null,
  }
  return lastRepeats([...levels, level])
}
const NEXT_AFTER_DAYS = 15

function nextKey(levels: readonly EditedLevel[]): number {
  return 1 + Math.max(0, ...levels.map(({ key }) => Number(/^new-(\d+)$/.exec(key)?.[1] ?? 0)))
}

type LevelPart = 'name' | 'days' | 'minimum' | 'actions' | 'repeat'
/** What of a level differs from the live one. */
export function changesOf(level: LevelShown, origin: LevelShown): LevelPart[] {
  const changes: LevelPart[] = []
  if (level.name !== origin.name) changes.push('name')
  if (level.days !== origin.days) changes.push('days')
  if (!sameAmount(level.minimum, origin.minimum)) changes.push('minimum')
  if (JSON.stringify(level.actions.map(sorted)) !== JSON.stringify(origin.actions.map(sorted))) changes.push('actions')
  if (level.repeat?.everyDays !== origin.repeat?.everyDays || level.repeat?.most !== origin.repeat?.most) changes.push('repeat')
  return changes
}

/** How many changes a draft makes: changed parts, new levels and those left out. */
export function countChanges(live: readonly LevelShown[], draft: readonly LevelShown[]): number {
  const origins = originsOf(live, draft)
  const kept = new Set(origins)
  const changed = draft.reduce((sum, level, index) => sum + (origins[index] ? changesOf(level, origins[index]).length : 1), 0)
  return changed + live.filter((level) => !kept.has(level)).length
}

function sorted(action: ActionShown): [string, unknown][] {
  return Object.entries(action).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** '5000' and '5000.00' are one amount. */
function sameAmount(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
  return plain(a) === plain(b)
}
