import { describe, expect, it } from 'vitest'
import { afterBeginning, searchText } from './search-text.ts'

describe('a text in the search box', () => {
  it.each<[string, object]>([
    ['江南', { nameFrom: '江南', codesFrom: ['江南'], number: undefined, amounts: [] }],
    ['so-2611-0007', { number: { series: 'SO-2611', no: 7n } }],
    ['AR-2611-12345', { number: { series: 'AR-2611', no: 12_345n } }],
    ['1,234.50', { codesFrom: [] }],
    ['0.00', { amounts: [] }],
    ['Inv-7', { codesFrom: ['Inv-7', 'INV-7', 'inv-7'], referencesFrom: ['Inv-7', 'INV-7', 'inv-7'], amounts: [] }],
    ['PO 45/2026', { codesFrom: [], referencesFrom: ['PO 45/2026', 'po 45/2026'] }],
    ["'; drop table", { codesFrom: [], amounts: [], number: undefined }],
  ])('%s', (typed, meant) => {
    expect(searchText(typed)).toMatchObject(meant)
  })

  it.each<[string, Record<string, bigint>]>([
    ['1,234.50', { CNY: 123_450n, KWD: 1_234_500n }],
    ['１２３４.５', { CNY: 123_450n, KWD: 1_234_500n }],
    ['￥1,234.50', { CNY: 123_450n, KWD: 1_234_500n }],
    ['1234', { JPY: 1_234n, CNY: 123_400n, KWD: 1_234_000n }],
    ['12.345', { KWD: 12_345n }],
    ['1,23', {}],
  ])('the amount %s', (typed, wanted) => {
    const amounts = searchText(typed).amounts
    const found = ['JPY', 'CNY', 'KWD'].flatMap((currency) =>
      amounts.filter(({ currencies }) => currencies.includes(currency)).map(({ minor }) => [currency, minor] as const),
    )
    expect(Object.fromEntries(found)).toEqual(wanted)
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
