import { expect, test } from 'vitest'
import { paths, readSearch, searchText } from './paths.ts'

test('links are built from typed parameters', () => {
  expect(paths.customer({ id: 'C/1' })).toBe('/customers/C%2F1')
  expect(paths.receivables({ status: ['open', 'disputed'], q: '恒远' })).toBe(
    '/receivables?status=open&status=disputed&q=%E6%81%92%E8%BF%9C',
  )
  expect(paths.order({ id: '1' }, { tab: 'lines' })).toBe('/orders/1?tab=lines')
})
test('search text and its reading are inverse, numbers stay text', () => {
  expect(readSearch(searchText({ q: '0012', status: ['a', 'b'], empty: '' }))).toEqual({ q: '0012', status: ['a', 'b'] })
})
test('no two pages have the same address', () => {
  const patterns = Object.values(paths).map((page) => page.pattern)
  expect(new Set(patterns).size).toBe(patterns.length)
})
