import { expect, test } from 'vitest'
import { groupedBy } from './ageing-question.ts'

test.each([
  ['from customers to regions: the customers stand below', 'region', { by: 'customer', inner: 'none' }, 'customer'],
  ['back to customers: nothing below itself', 'customer', { by: 'region', inner: 'customer' }, 'none'],
  ['what was chosen below stays', 'region', { by: 'salesperson', inner: 'product' }, 'product'],
  ['never the same twice', 'product', { by: 'region', inner: 'product' }, 'customer'],
  ['nothing below stays nothing', 'product', { by: 'region', inner: 'none' }, 'none'],
])('%s', (_, by, before, inner) => {
  expect(groupedBy(by, before)).toEqual({ by, inner })
})
