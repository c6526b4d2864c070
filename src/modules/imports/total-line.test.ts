import { expect, test } from 'vitest'
import { isFooterLine, isTotalLine } from './total-line.ts'

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

test.each([
  [['制表：王敏', '', '', '审核：'], true],
  [['', '制表：王敏　　审核：李强'], true],
  [['制 表 人：王敏', '复核：'], true],
  [['打印日期：2026-11-20', '第 1 页'], true],
  [['Prepared by: Wang Min', 'Checked by:'], true],
  [['制表：王敏', '', '1,200.00'], false],
  [['制表：王敏', 'XS20260101', '2026-07-01', '1200'], false],
  [['制表：王敏', 'XS1'], false],
  [['制表机械有限公司', 'XS1'], false],
  [['苏州恒远', '制表：王敏'], false],
  [['审核', ''], false],
  [['', ''], false],
] as const)('foot %j', (cells, expected) => expect(isFooterLine(cells)).toBe(expected))
