import { expect, test } from 'vitest'
import { shadeOfBucket, shadeOfDays } from './ageing-buckets.ts'

test('days fall into the default buckets, borders included', () => {
  expect([-3, 0, 1, 30, 31, 60, 61, 90, 91, 180, 181].map(shadeOfDays)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
})
test('any number of buckets starts at not due and ends at the strongest shade, in order', () => {
  expect([0, 1, 2, 3, 4, 5].map((index) => shadeOfBucket(index, 6))).toEqual([0, 1, 2, 3, 4, 5])
  for (const count of [2, 3, 4, 5, 7, 9]) {
    const shades = Array.from({ length: count }, (_, index) => shadeOfBucket(index, count))
    expect(shades[0]).toBe(0)
    expect(shades.at(-1)).toBe(5)
    expect(shades).toEqual(shades.toSorted((a, b) => a - b))
  }
})
