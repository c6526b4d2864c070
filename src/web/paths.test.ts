import { expect, test } from 'vitest'
import { paths, readSearch, returnPath, searchText } from './paths.ts'

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
test('after sign-in one only comes back to a page of this site', () => {
  expect(returnPath('/customers?q=x')).toBe('/customers?q=x')
  for (const next of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n\\evil.example',
    '//',
    'https://evil.example',
    'javascript:alert(1)',
    '/sign-in?next=/',
    undefined,
    ['/a'],
  ]) {
    expect(returnPath(next)).toBe('/')
  }
})
