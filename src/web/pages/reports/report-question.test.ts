import { expect, test } from 'vitest'
import { percentText, reportDefaults, reportQuery } from './report-question.ts'

test.each([
  ['0.344', '34.4%'],
  ['1.000', '100.0%'],
  ['-0.125', '−12.5%'],
  ['0.005', '0.5%'],
  ['12.3', '1230%'],
  ['0', '0%'],
])('the rate %s is %s', (rate, text) => {
  expect(percentText(rate)).toBe(text)
})

test('only what is chosen is asked', () => {
  expect(reportQuery({ ...reportDefaults, by: 'month', sort: '-amount' })).toEqual({ by: 'month', sort: '-amount' })
  expect(reportQuery({ ...reportDefaults, by: 'month', sort: '-amount' }, false)).toEqual({ by: 'month' })
})
