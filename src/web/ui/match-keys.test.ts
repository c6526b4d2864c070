import { expect, test } from 'vitest'
import { matchKeys, mayTake } from './match-keys.ts'

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

const page = { inField: false, onControl: false, dialogOpen: false }
test('Enter books nothing while a link or button has the focus: it works that one', () => {
  expect(mayTake({ keys: 'enter', inDialog: false }, page)).toBe(true)
  expect(mayTake({ keys: 'enter', inDialog: false }, { ...page, onControl: true })).toBe(false)
  expect(mayTake({ keys: 'mod+enter', inDialog: false }, { ...page, onControl: true })).toBe(true)
})
test('the page behind a dialog does nothing, whatever its keys are for; the dialog’s own keys work', () => {
  const dialog = { ...page, dialogOpen: true, inField: true }
  expect(mayTake({ keys: 'mod+enter', inFields: true, inDialog: false }, dialog)).toBe(false)
  expect(mayTake({ keys: 'j', inDialog: false }, { ...page, dialogOpen: true })).toBe(false)
  expect(mayTake({ keys: 'mod+enter', inFields: true, inDialog: true }, dialog)).toBe(true)
})
test('single keys are text in a field, unless they are meant for fields', () => {
  const field = { ...page, inField: true }
  expect(mayTake({ keys: 'n', inDialog: false }, field)).toBe(false)
  expect(mayTake({ keys: 'escape', inFields: true, inDialog: false }, field)).toBe(true)
  expect(mayTake({ keys: 'mod+k', inDialog: false }, field)).toBe(true)
})
