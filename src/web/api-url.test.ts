import { expect, test } from 'vitest'
import { apiUrl } from './api-url.ts'

test('path parameters are encoded', () => {
  expect(apiUrl('/api/orders/:id/lines/:line', { id: 'SO/1 2', line: 3 })).toBe('/api/orders/SO%2F1%202/lines/3')
})
test('arrays are repeated, nothing is left out of the path', () => {
  expect(apiUrl('/api/orders', {}, { status: ['draft', 'held'], limit: 50 })).toBe('/api/orders?status=draft&status=held&limit=50')
})
test('empty, null and undefined filters are not sent, zero and false are', () => {
  expect(apiUrl('/api/orders', {}, { q: '', a: null, b: undefined, c: 0, d: false })).toBe('/api/orders?c=0&d=false')
})
test('Chinese and reserved characters survive', () => {
  const url = apiUrl('/api/search', {}, { q: '苏州 & 恒远=1' })
  expect(new URL(url, 'http://x').searchParams.get('q')).toBe('苏州 & 恒远=1')
})
test('a missing path parameter is refused', () => {
  expect(() => apiUrl('/api/orders/:id', {})).toThrow('needs id')
  expect(() => apiUrl('/api/orders/:id', { id: '' })).toThrow('needs id')
})
