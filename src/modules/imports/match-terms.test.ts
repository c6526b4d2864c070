import { describe, expect, test } from 'vitest'
import { standardTermsSet } from '../terms/standard-terms.ts'
import { termsPresets } from '../terms/terms-presets.ts'
import { matchTerms, type NamedTerms } from './match-terms.ts'

const standard: NamedTerms[] = standardTermsSet.map(({ code, names, definition }) => ({
  id: code,
  code,
  name: names['zh-CN']!,
  definition,
}))
const matched = (text: string, all: readonly NamedTerms[] = standard): string | undefined => {
  const match = matchTerms(text, all)
  return match && (match.surely ? match.terms.code : `${match.terms.code}?`)
}

describe('the terms that a cell means', () => {
  test.each([
    ['票到 30 天', 'INV30'],
    ['票到30天', 'INV30'],
    ['票到３０天', 'INV30'],
    ['  票到30 天。', 'INV30'],
    ['票到 30 天 ', 'INV30'],
    ['inv30', 'INV30'],
    ['30 days after the invoice arrives', 'INV30'],
    ['收票后30天', 'INV30?'],
    ['票到后30日', 'INV30?'],
    ['货到60天', 'NET60'],
    ['貨到 60 天', 'NET60'],
    ['发货后 60 天', 'NET60?'],
    ['Net 30', 'NET30'],
    ['NET-30', 'NET30'],
    ['30天', 'NET30?'],
    ['30', 'NET30?'],
    ['账期30天', 'NET30?'],
    ['60 days', 'NET60?'],
    ['月结30天', 'EOM30'],
    ['月结30天（月末起算）', 'EOM30'],
    ['月結 30 天', 'EOM30'],
    ['30 days EOM', 'EOM30?'],
    ['月末30天', 'EOM30?'],
    ['款到发货', 'PREPAID'],
    ['款到發貨', 'PREPAID'],
    ['款到 发货', 'PREPAID'],
    ['先款后货', 'PREPAID?'],
    ['预付', 'PREPAID?'],
    ['货到付款', 'COD'],
    ['现结', 'COD?'],
    ['3-6-1分期（含质保金）', 'P361'],
    ['月结，次月25日付款', 'EOM25'],
    ['45天', undefined],
    ['月结45天', undefined],
    ['半年', undefined],
    ['', undefined],
    ['面议', undefined],
  ])('%j → %s', (text, code) => {
    expect(matched(text)).toBe(code)
  })

  test('words that two sets of terms fit, and names that two sets have, are nobody’s', () => {
    const after = (code: string, days: number): NamedTerms => ({
      id: code,
      code,
      name: code,
      definition: termsPresets.daysAfterInvoice(days),
    })
    expect(matched('开票后45天', [after('A', 45), after('B', 45)])).toBeUndefined()
    expect(matched('45天', [after('A', 45), { ...after('B', 45), definition: termsPresets.daysAfterDelivery(45) }])).toBeUndefined()
    expect(matched('45天', [after('A', 45)])).toBe('A?')
    expect(matched('开票45天', [after('A', 45)])).toBe('A?')
    expect(
      matched('x 1', [
        { ...after('A', 45), name: 'X1' },
        { ...after('B', 45), name: 'x-1' },
      ]),
    ).toBeUndefined()
  })
})
