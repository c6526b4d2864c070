import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatChineseAmount, parseChineseAmount } from './chinese-amount.ts'

const cases: readonly [name: string, minor: bigint, words: string][] = [
  ['whole yuan end in 整', 68_000_000n, '人民币陆拾捌万元整'],
  ['one inner zero (支付结算办法)', 140_950n, '人民币壹仟肆佰零玖元伍角'],
  ['two inner zeros give one 零', 600_714n, '人民币陆仟零柒元壹角肆分'],
  ['元 digit zero before 角', 168_032n, '人民币壹仟陆佰捌拾元零叁角贰分'],
  ['万 ends in zero, 千 does not', 10_700_053n, '人民币壹拾万柒仟元零伍角叁分'],
  ['角 zero and 分 not', 1_640_902n, '人民币壹万陆仟肆佰零玖元零贰分'],
  ['only 分', 5n, '人民币伍分'],
  ['only 角', 50n, '人民币伍角'],
  ['nothing', 0n, '人民币零元整'],
  ['ten says 壹拾', 1_000n, '人民币壹拾元整'],
  ['a whole empty group', 1_0000_0001_00n, '人民币壹亿零壹元整'],
  ['万亿', 1_0000_0000_0000_00n, '人民币壹万亿元整'],
  ['万 and 亿 read together', 1_2345_0000_0000_00n, '人民币壹万贰仟叁佰肆拾伍亿元整'],
  ['negative (red letter)', -12_345n, '人民币负壹佰贰拾叁元肆角伍分'],
]

describe('formatChineseAmount', () => {
  test.each(cases)('%s', (_, minor, words) => {
    expect(formatChineseAmount(minor)).toBe(words)
  })
})

describe('parseChineseAmount', () => {
  test.each(cases)('reads back: %s', (_, minor, words) => {
    expect(parseChineseAmount(words)).toBe(minor)
  })
  test.each<[string, string, bigint]>([
    ['正 for 整, 圆 for 元, no prefix', '陆拾捌万圆正', 68_000_000n],
    ['no 零 before 角', '人民币壹仟陆佰捌拾元叁角贰分', 168_032n],
    ['零 at 万 and none before 角', '人民币壹拾万零柒仟元伍角叁分', 10_700_053n],
    ['整 after 角', '人民币伍角整', 50n],
  ])('accepts %s', (_, words, minor) => {
    expect(parseChineseAmount(words)).toBe(minor)
  })
  test.each(['', '人民币', '壹佰伍元整', '一百元', '元整', '壹万万元整', '壹元零零伍分', '壹拾拾元', '100元', '壹元伍分'])(
    'refuses %j',
    (words) => {
      expect(parseChineseAmount(words)).toBeUndefined()
    },
  )
  test('every amount survives the round trip', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (minor) => {
        expect(parseChineseAmount(formatChineseAmount(minor))).toBe(minor)
      }),
      { numRuns: 2_000 },
    )
  })
})
