import { expect, test } from 'vitest'
import { CheckCounter } from './check-counter.ts'
import type { JudgedRow } from './judged-row.ts'
import type { Finding } from './read-row.ts'

const row = (line: number, ...findings: readonly (readonly [Finding['severity'], string, string?])[]): JudgedRow => ({
  line,
  title: `row ${line}`,
  findings: findings.map(([severity, code, value]) => ({
    severity,
    code,
    field: 'salesperson',
    ...(value === undefined ? {} : { params: { value } }),
  })),
})

function counted(...rows: readonly JudgedRow[]): CheckCounter {
  const counter = new CheckCounter()
  for (const one of rows) counter.add(one)
  return counter
}

test('rows with a warning or a remark are importable and counted so; a refusal outweighs both', () => {
  const counter = counted(
    { ...row(2), dueOnEmpty: true },
    row(3, ['noted', 'imports.dueFromTerms']),
    row(4, ['noted', 'imports.dueFromTerms'], ['warned', 'imports.salespersonUnknown', '张三']),
    { ...row(5, ['warned', 'imports.salespersonUnknown', '张三'], ['refused', 'imports.notADay']), dueOnEmpty: true },
    row(6, ['already', 'imports.alreadyThere'], ['noted', 'imports.dueFromTerms']),
  )
  expect(counter.counts).toEqual({ rows: 5, accepted: 3, warned: 1, noted: 1, refused: 1, already: 1, dueFromTerms: 2 })
  expect(counter.lists.refusedRows.map((one) => one.line)).toEqual([5, 6])
  expect(counter.lists.warnedRows.map((one) => one.line)).toEqual([4])
  expect(counter.lists.acceptedRows.map((one) => one.line)).toEqual([2, 3])
})

test('real errors stand before rows that are there already, whatever their place in the file', () => {
  const counter = counted(row(2, ['already', 'imports.alreadyThere']), row(3, ['refused', 'imports.notADay']))
  expect(counter.lists.refusedRows.map((one) => one.line)).toEqual([3, 2])
})

test('a kind of warning or remark is said once, warnings first, with where it begins', () => {
  const remarks = Array.from({ length: 30 }, (_, at) => row(at + 10, ['noted', 'imports.usualVatRate']))
  const counter = counted(...remarks, row(90, ['warned', 'imports.looksLike']))
  expect(counter.groups).toEqual([
    { severity: 'warned', code: 'imports.looksLike', rows: 1, lines: [90], params: {} },
    { severity: 'noted', code: 'imports.usualVatRate', rows: 30, lines: [10, 11, 12, 13, 14], params: {} },
  ])
})

test('a name that was not found is counted over the whole file, refused rows too', () => {
  const unknown = ['warned', 'imports.salespersonUnknown', '张三'] as const
  expect(counted(row(2, unknown), row(3, unknown, ['refused', 'imports.notADay']), row(4)).names).toEqual([
    { field: 'salesperson', value: '张三', rows: 2 },
  ])
})
