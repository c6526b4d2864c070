import { expect, test } from 'vitest'
import { isTotalLine } from './total-line.ts'

test.each([
  [['合计', '', '', '4,592,910.83'], true],
  [['', '合 计：', '12'], true],
  [['本页小计', '1'], true],
  [['總計（CNY）', '1'], true],
  [['Total', '1'], true],
  [['Grand Total:', '1'], true],
  [['合计利科技有限公司', 'XS1'], false],
  [['Total Energies SE', 'XS1'], false],
  [['Total (China) Trading Co., Ltd.', 'XS1'], false],
  [['Total（中国）投资有限公司', 'XS1'], false],
  [['合计（12 笔）', '1'], true],
  [['小计（人民币）：', '1'], true],
  [['苏州恒远', '合计'], false],
  [['', ''], false],
] as const)('%j', (cells, expected) => expect(isTotalLine(cells)).toBe(expected))
