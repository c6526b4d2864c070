import fc from 'fast-check'
import { expect, test } from 'vitest'
import { neutraliseText, restoreText } from './formula-text.ts'

test.each([
  ['=1+1', "'=1+1"],
  ['+86 138', "'+86 138"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠a', "'＠a"],
  ['  =1', "  '=1"],
  ["'=1", "''=1"],
  ["''=1", "'''=1"],
  ['a;=cmd', "a;'=cmd"],
  ['a;"=cmd"', 'a;"\'=cmd"'],
  ["O'Brien", "O'Brien"],
  ['a=b', 'a=b'],
  ["'quoted'", "'quoted'"],
  ['', ''],
])('%j is written as %j and read back', (text, safe) => {
  expect(neutraliseText(text)).toBe(safe)
  expect(restoreText(safe)).toBe(text)
})

const hostileText = fc.string({
  unit: fc.constantFrom("'", '=', '+', '-', '@', '＝', '－', ';', '"', ' ', '\t', '\r', '\n', 'a', '1'),
  maxLength: 30,
})

test('whatever the text, restoring what was neutralised gives the same text', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const safe = neutraliseText(text)
      expect(safe).not.toMatch(/(^|;)[" ]*[=+\-@\t\r\n＝＋－＠]/)
      expect(restoreText(safe)).toBe(text)
    }),
    { numRuns: 5000 },
  )
})
