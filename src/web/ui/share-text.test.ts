import { expect, test } from 'vitest'
import { shareText } from './share-text.ts'

test.each<[string, string, string | undefined]>([
  ['0.00', '10.00', '0.0'],
  ['10.00', '10.00', '100.0'],
  ['3.44', '10.00', '34.4'],
  ['1.00', '3.00', '33.3'],
  ['2.00', '3.00', '66.7'],
  ['0.00', '0.00', undefined],
  ['18488311.25', '48362517.40', '38.2'],
])('%s of %s is %s %%', (part, whole, share) => {
  expect(shareText(part, whole)).toBe(share)
})
