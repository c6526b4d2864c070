import { describe, expect, test } from 'vitest'
import { type Draft, type DraftStorage, draftStore, forgetDrafts } from './drafts.ts'

const DAY = 24 * 3_600_000
const NOW = 1_800_000_000_000
const wang = { companyId: 'c1', personId: 'wang' }
const chen = { companyId: 'c1', personId: 'chen' }

function storage(): DraftStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  }
}
const draft = (id: string, change: Partial<Draft<{ amount: string }>> = {}): Draft<{ amount: string }> => ({
  id,
  savedAt: NOW,
  values: { amount: '1' },
  base: '',
  ...change,
})
const of = (kept: DraftStorage, owner = wang, form = 'receipt') => draftStore<{ amount: string }>(kept, owner, form)

describe('drafts of a form', () => {
  test('what was typed is there after a reload, with the save that was not answered', () => {
    const kept = storage()
    const sent = { body: '{"amount":"7"}', key: 'k-12345678' }
    of(kept).write(draft('a', { values: { amount: '7' }, sent }))
    expect(of(kept).list(NOW + 1)).toEqual([draft('a', { values: { amount: '7' }, sent })])
  })
  test('the same opening of a form overwrites its own draft, another window has one of its own', () => {
    const kept = storage()
    of(kept).write(draft('a', { values: { amount: '1' } }))
    of(kept).write(draft('b', { savedAt: NOW + 5 }))
    of(kept).write(draft('a', { savedAt: NOW + 9, values: { amount: '12' } }))
    expect(
      of(kept)
        .list(NOW + 10)
        .map(({ id, values }) => [id, values.amount]),
    ).toEqual([
      ['a', '12'],
      ['b', '1'],
    ])
    of(kept).drop('a')
    expect(
      of(kept)
        .list(NOW + 10)
        .map(({ id }) => id),
    ).toEqual(['b'])
  })
  test('nobody sees the draft of another person, company or form', () => {
    const kept = storage()
    of(kept).write(draft('a'))
    expect(of(kept, chen).list(NOW)).toEqual([])
    expect(of(kept, { companyId: 'c2', personId: 'wang' }).list(NOW)).toEqual([])
    expect(of(kept, wang, 'order').list(NOW)).toEqual([])
  })
  test.each([
    ['the last day', 14 * DAY - 1, 1],
    ['two weeks later', 14 * DAY, 0],
    ['from a clock that was ahead', -1, 0],
  ])('expires: %s', (_, later, left) => {
    const kept = storage()
    of(kept).write(draft('a'))
    expect(of(kept).list(NOW + later)).toHaveLength(left)
    expect(kept.kept.size).toBe(left)
  })
  test('at most five of a form, the oldest go first', () => {
    const kept = storage()
    for (let i = 0; i < 8; i += 1) of(kept).write(draft(`d${i}`, { savedAt: NOW + i }))
    expect(
      of(kept)
        .list(NOW + 9)
        .map(({ id }) => id),
    ).toEqual(['d7', 'd6', 'd5', 'd4', 'd3'])
  })
  test('what is not a draft is dropped, and a storage that refuses only forgets', () => {
    const kept = storage()
    of(kept).write(draft('a'))
    const name = [...kept.kept.keys()][0]!
    kept.kept.set(name, '{broken')
    expect(of(kept).list(NOW)).toEqual([])
    expect(kept.kept.size).toBe(0)
    const refusing: DraftStorage = { ...storage(), setItem: () => { throw new Error('full') } } // biome-ignore format: one thought
    expect(() => of(refusing).write(draft('a'))).not.toThrow()
  })
  test('a draft that is far too large is not kept', () => {
    const kept = storage()
    of(kept).write(draft('a', { values: { amount: 'x'.repeat(200_001) } }))
    expect(kept.kept.size).toBe(0)
  })
})

describe('forgetDrafts', () => {
  test('at sign-out nothing stays; other things of the browser do', () => {
    const kept = storage()
    kept.setItem('huikuan.preferences', '{}')
    of(kept).write(draft('a'))
    of(kept, chen).write(draft('b'))
    forgetDrafts(kept)
    expect([...kept.kept.keys()]).toEqual(['huikuan.preferences'])
  })
  test('another person signing in clears what the one before left', () => {
    const kept = storage()
    of(kept).write(draft('a'))
    of(kept, chen).write(draft('b'))
    forgetDrafts(kept, chen)
    expect([of(kept).list(NOW), of(kept, chen).list(NOW).length]).toEqual([[], 1])
  })
})
