import { describe, expect, test } from 'vitest'
import { type ComparableCustomer, duplicateScore, LIKELY_DUPLICATE, nameSimilarity } from './duplicate-score.ts'

const known: ComparableCustomer = {
  name: '苏州恒远自动化设备有限公司',
  taxId: '91440300708461136T',
  bankAccount: '6222 0210 0100',
  phone: '0512-6543210',
}

describe('duplicateScore', () => {
  test.each<[string, ComparableCustomer, string[], boolean]>([
    ['the same tax id', { name: '恒远', taxId: '９1440300708461136t' }, ['sameTaxId'], true],
    ['zero-width and full-width tricks in the name', { name: '苏州\u200b恒远自动化设备（有限公司）' }, ['sameName'], true],
    ['traditional characters', { name: '蘇州恒遠自動化設備有限公司' }, ['sameName'], true],
    ['another legal form', { name: '苏州恒远自动化设备股份有限公司' }, ['sameNameWithoutForm'], true],
    ['the same bank account', { name: '完全不同', bankAccount: '622202100100' }, ['sameBankAccount'], true],
    ['one character differs', { name: '苏州恒达自动化设备有限公司' }, ['nearName'], false],
    ['near name and the same phone', { name: '苏州恒远自动化设备厂有限公司', phone: '05126543210' }, ['nearName', 'samePhone'], true],
    ['only the phone', { name: '完全不同', phone: '0512 6543210' }, ['samePhone'], false],
    [
      'same name, other tax id: two companies',
      { name: '苏州恒远自动化设备有限公司', taxId: '91110000802100433B' },
      ['sameName', 'otherTaxId'],
      false,
    ],
    ['nothing in common', { name: '上海远东电缆' }, [], false],
    ['empty fields are not equal fields', { name: '上海远东电缆', taxId: '', phone: null, bankAccount: ' ' }, [], false],
  ])('%s', (_, other, reasons, likely) => {
    const found = duplicateScore(other, known)
    expect([found.reasons, found.score >= LIKELY_DUPLICATE]).toEqual([reasons, likely])
    expect(duplicateScore(known, other)).toEqual(found)
  })
})

test('similarity of names', () => {
  expect([nameSimilarity('abc', 'abc'), nameSimilarity('abcd', 'abce'), nameSimilarity('ab', 'cd'), nameSimilarity('a', 'b')]).toEqual([
    1,
    2 / 3,
    0,
    0,
  ])
})
