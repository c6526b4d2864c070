import { expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { vatRatesOn } from './vat-rates.ts'

test.each([
  ['2026-11-21', ['0.13', '0.09', '0.06', '0.05', '0.03', '0.01', '0', '0']],
  ['2028-01-01', ['0.13', '0.09', '0.06', '0.05', '0.03', '0', '0']],
  ['2019-03-31', ['0.06', '0.05', '0.03', '0', '0', '0.16', '0.1']],
  ['2018-04-30', ['0.06', '0.05', '0.03', '0', '0', '0.17', '0.11']],
])('rates on %s', (on, rates) => {
  expect(vatRatesOn(day(on)).map(({ rate }) => rate)).toEqual(rates)
})
