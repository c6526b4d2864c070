import { describe, expect, test } from 'vitest'
import { nameKeys } from './name-keys.ts'
import table from './traditional-characters.json' with { type: 'json' }
import { simplified } from './traditional-characters.ts'

describe('the same name however it is typed', () => {
  test.each([
    ['full width letters and brackets', '华东（上海）ＡＢＣ科技有限公司', '华东(上海)ABC科技有限公司'],
    ['zero width space inside', '宁波\u200b海晟精密机械有限公司', '宁波海晟精密机械有限公司'],
    ['right-to-left override', '\u202e苏州恒远自动化\u202c设备有限公司', '苏州恒远自动化设备有限公司'],
    ['traditional characters', '蘇州恆遠自動化設備有限公司', '苏州恒远自动化设备有限公司'],
    ['traditional characters of Taiwan', '裡昂麵粉製造股份有限公司', '里昂面粉制造股份有限公司'],
    ['rare traditional characters', '鑫磊鍶鈁鎬鍺材料行', '鑫磊锶钫镐锗材料行'],
    ['traditional characters of a place', '無錫太湖液壓有限公司', '无锡太湖液压有限公司'],
    ['letter case, spaces and points', 'Acme  Trading Co., Ltd.', 'ACME TRADING CO LTD'],
    ['soft hyphen and word joiner', 'Acme\u00ad\u2060 Trading', 'acme trading'],
  ])('%s', (_, a, b) => {
    expect(nameKeys(a).exactKey).toBe(nameKeys(b).exactKey)
  })
  test('different companies stay different', () => {
    expect(nameKeys('宁波海晟精密机械有限公司').exactKey).not.toBe(nameKeys('宁波海晟精密模具有限公司').exactKey)
  })
})

describe('without the legal form', () => {
  test.each([
    ['苏州恒远自动化设备有限公司', '苏州恒远自动化设备股份有限公司'],
    ['Acme Trading Co., Ltd.', 'Acme Trading Inc.'],
    ['华谊集团有限公司', '华谊集团'],
  ])('%s ~ %s', (a, b) => {
    expect(nameKeys(a).looseKey).toBe(nameKeys(b).looseKey)
    expect(nameKeys(a).exactKey).not.toBe(nameKeys(b).exactKey)
  })
  test('a name is never emptied', () => {
    for (const name of ['公司', 'Co', '集团', '***', '，。', '有限公司']) expect(nameKeys(name).looseKey).not.toBe('')
  })
})

test('every traditional character has its own simplified form, and simplified text stays as it is', () => {
  for (const name of ['苏州恒远自动化设备有限公司', '宁波海晟精密机械', '检楼柜横欧', '东莞市电气进出口'])
    expect(simplified(name)).toBe(name)
  expect(simplified('東莞市電氣進出口檢樓櫃')).toBe('东莞市电气进出口检楼柜')
})

test('simplifying twice is simplifying once, for every character of the table', () => {
  const every = table.pairs.join('')
  expect([...every].length).toBeGreaterThan(5_900)
  expect(simplified(simplified(every))).toBe(simplified(every))
})
