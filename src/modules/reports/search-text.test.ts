import { describe, expect, it } from 'vitest'
import { afterBeginning, searchText } from './search-text.ts'

describe('a text in the search box', () => {
  it.each([
    ['江南', { nameFrom: '江南', codeFrom: '江南', number: undefined, amount: undefined }],
    ['so-2611-0007', { number: { series: 'SO-2611', no: 7n } }],
    ['AR-2611-12345', { number: { series: 'AR-2611', no: 12_345n } }],
    ['1,234.50', { amount: 123_450n, codeFrom: undefined }],
    ['１２３４.５', { amount: 123_450n }],
    ['0.00', { amount: undefined }],
    ['12.345', { amount: undefined }],
    ['C001', { codeFrom: 'C001', amount: undefined }],
    ["'; drop table", { codeFrom: undefined, amount: undefined, number: undefined }],
  ])('%s', (typed, meant) => {
    expect(searchText(typed, 'CNY')).toMatchObject(meant)
  })

  it.each([
    ['ab', 'ac'],
    ['江南', '江単'],
    ['a\u{10ffff}', 'b'],
    ['\ud7ff', '\ue000'],
  ])('after everything that begins with %j comes %j', (beginning, after) => {
    expect(afterBeginning(beginning)).toBe(after)
  })
})
