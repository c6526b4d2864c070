import { expect, test } from 'vitest'
import { matchKeys } from './match-keys.ts'

const press = (key: string, extra: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...extra,
})

test('single letters match in either case and never with a modifier', () => {
  expect(matchKeys('j', press('J'), '')).toBe(true)
  expect(matchKeys('j', press('j', { ctrlKey: true }), '')).toBe(false)
})
test('Ctrl K and Command K are the same', () => {
  expect(matchKeys('mod+k', press('k', { ctrlKey: true }), '')).toBe(true)
  expect(matchKeys('mod+k', press('k', { metaKey: true }), '')).toBe(true)
  expect(matchKeys('mod+k', press('k'), '')).toBe(false)
})
test('two keys one after the other', () => {
  expect(matchKeys('g h', press('h'), 'g')).toBe(true)
  expect(matchKeys('g h', press('h'), '')).toBe(false)
  expect(matchKeys('g h', press('h', { altKey: true }), 'g')).toBe(false)
})
