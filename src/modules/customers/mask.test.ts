import { expect, test } from 'vitest'
import { masked } from './mask.ts'

test.each([
  ['13912345678', '*******5678'],
  ['zhang@example.com', 'z***@example.com'],
  ['1234', '****'],
  ['6222021234567890123', '********0123'],
])('%s is shown as %s', (text, shown) => expect(masked(text)).toBe(shown))
test('nothing stays nothing', () => expect(masked(null)).toBeNull())
