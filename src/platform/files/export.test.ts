import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeCsv } from './csv-export.ts'
import type { Cell, ExportColumn, ExportRows } from './export-table.ts'
import { collected, MemoryStream, problemOf, rowsOf, withTable } from './table-for-tests.ts'
import { sheetNames, writeXlsx } from './xlsx-export.ts'
import { openZip } from './zip-archive.ts'

const COLUMNS: readonly ExportColumn[] = [
  { title: '=客户', kind: 'text' },
  { title: 'amount', kind: 'amount' },
  { title: 'count', kind: 'integer' },
  { title: 'day', kind: 'day' },
  { title: 'rate', kind: 'percent' },
  { title: 'at', kind: 'instant' },
  { title: 'end', kind: 'text' },
]
const ROW: readonly Cell[] = ['=1+1', '-1234567.89', 42, '2026-03-31', '0.13', '2026-03-31 18:00:05', "'+1"]
const TITLES = COLUMNS.map((column) => column.title)

async function csv(columns: readonly ExportColumn[], rows: ExportRows): Promise<Buffer> {
  const output = new MemoryStream()
  await writeCsv(output, { columns, rows })
  return output.bytes()
}

async function xlsx(columns: readonly ExportColumn[], rows: ExportRows): Promise<Buffer> {
  const output = new MemoryStream()
  await writeXlsx(output, { sheets: [{ name: '台账', columns, rows }] })
  return output.bytes()
}

test('T40: CSV: marked UTF-8, CRLF, neutral texts, bare numbers', async () => {
  expect((await csv(COLUMNS, [ROW])).toString()).toBe(
    '\ufeff' + '"\'=客户",amount,count,day,rate,at,end\r\n"\'=1+1",-1234567.89,42,2026-03-31,0.13,2026-03-31 18:00:05,"\'\'+1"\r\n',
  )
})

test.each([
  ['a.csv', csv],
  ['a.xlsx', xlsx],
] as const)('%s: every kind of cell comes back as it was', async (name, write) => {
  const rows = await rowsOf(name, await write(COLUMNS, [ROW, [null, undefined, '', null, null, null, 'x']]))
  expect(rows.map((row) => row.cells)).toEqual([TITLES, ROW.map(String), ['', '', '', '', '', '', 'x']])
  expect(rows.every((row) => row.formulas.size === 0)).toBe(true)
})

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((value) => value.replaceAll('\0', '')),
  fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '＝', ';', ',', '"', ' ', '\t', '\r', '\n', '_x000D_', '&', '<', 'a', '客', '𠮷'),
  }),
)
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`)

test.each([
  ['a.csv', csv, 120],
  ['a.xlsx', xlsx, 120],
] as const)('%s: any text and amount survives export and import', async (name, write, numRuns) => {
  const columns: ExportColumn[] = [
    { title: 't', kind: 'text' },
    { title: 'a', kind: 'amount' },
    { title: 'u', kind: 'text' },
  ]
  const row = fc.tuple(text, amount, text)
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
      const read = await rowsOf(name, await write(columns, rows))
      const back = read.slice(1).map(({ cells }) => [cells[0] ?? '', Number(cells[1]), cells[2] ?? ''])
      expect(back).toEqual(rows.map(([t, a, u]) => [t, Number(a), u]))
    }),
    { numRuns },
  )
})

test('an amount too long for Excel is kept exactly, as text', async () => {
  const columns: ExportColumn[] = [{ title: 'a', kind: 'amount' }]
  const amounts = ['123456789012345678.25', '-9999999999999.99', '0.000000000000001', '100000000000000000000']
  const rows = await rowsOf(
    'a.xlsx',
    await xlsx(
      columns,
      amounts.map((each) => [each]),
    ),
  )
  expect(rows.slice(1).map((row) => row.cells[0])).toEqual(amounts)
})

test('days that Excel cannot hold are kept as text', async () => {
  const columns: ExportColumn[] = [{ title: 'd', kind: 'day' }]
  const rows = await rowsOf('a.xlsx', await xlsx(columns, [['1899-12-31'], ['2026-02-31']]))
  expect(rows.slice(1).map((row) => row.cells[0])).toEqual(['1899-12-31', '2026-02-31'])
})

test('a numeric cell that is no number is our mistake, and ends the export', async () => {
  for (const cell of ['1,000', '=1', '1e5', 'NaN', ' 1']) {
    await expect(csv([{ title: 'a', kind: 'amount' }], [[cell]])).rejects.toThrow('broken invariant')
    await expect(xlsx([{ title: 'a', kind: 'amount' }], [[cell]])).rejects.toThrow('broken invariant')
  }
})

test('a text longer than a cell is refused with its line', async () => {
  const long = xlsx([{ title: 'a', kind: 'text' }], [['x'.repeat(32_768)]])
  expect(await problemOf(long)).toEqual({ code: 'files.cellTooLong', params: { line: 2, limit: 32_767 } })
})

test('several sheets, with names that Excel allows', async () => {
  const output = new MemoryStream()
  const names = ['应收/台账', '应收:台账', "'", 'a'.repeat(40), 'A'.repeat(40), '']
  await writeXlsx(output, { sheets: names.map((name, at) => ({ name, columns: [{ title: 'n', kind: 'integer' }], rows: [[at]] })) })
  await withTable('a.xlsx', output.bytes(), async (table) => {
    expect(table.sheets.map((sheet) => sheet.name)).toEqual(sheetNames(names))
    expect((await collected(table.rows('应收 台账 2')))[1]?.cells).toEqual(['1'])
  })
  expect(sheetNames(names)).toEqual(['应收 台账', '应收 台账 2', 'Sheet3', 'a'.repeat(31), `${'A'.repeat(29)} 2`, 'Sheet6'])
})

test.each([
  ['null', null],
  ['zero', '0'],
  ['text', '备注'],
])('100,000 like cells (%s) are no zip bomb', async (_, cell) => {
  const columns = Array.from({ length: 20 }, (): ExportColumn => ({ title: '列', kind: cell === '备注' ? 'text' : 'amount' }))
  const bytes = await xlsx(
    columns,
    Array.from({ length: 5_000 * 4 }, () => columns.map(() => cell)),
  )
  expect((await rowsOf('a.xlsx', bytes)).length).toBe(cell === null ? 1 : 20_001)
})

test('an export waits for a slow reader and holds little', async () => {
  const output = new PassThrough({ highWaterMark: 16 * 1024 })
  let made = 0
  function* rows() {
    for (; made < 50_000; made++) yield [`客户 ${made} ${Math.sin(made)}`]
  }
  const done = writeXlsx(output, { sheets: [{ name: 'a', columns: [{ title: 'a', kind: 'text' }], rows: rows() }] })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(made).toBeLessThan(40_000)
  let bytes = 0
  for await (const chunk of output) bytes += (chunk as Buffer).length
  await done
  expect(made).toBe(50_000)
  expect(bytes).toBeGreaterThan(100_000)
})

test('an export to a closed connection ends with an error instead of waiting for ever', async () => {
  const output = new PassThrough({ highWaterMark: 1024 })
  const rows = Array.from({ length: 50_000 }, (_, at) => [`${at} ${Math.sin(at)}`])
  const done = writeCsv(output, { columns: [{ title: 'a', kind: 'text' }], rows })
  setTimeout(() => output.destroy(), 50)
  await expect(done).rejects.toThrow()
})

test('every cell of a workbook says where it stands, beyond column Z and behind a gap', async () => {
  const columns: ExportColumn[] = Array.from({ length: 28 }, (_, at) => ({ title: `T${at}`, kind: at % 2 === 0 ? 'text' : 'integer' }))
  const folder = await mkdtemp(join(tmpdir(), 'huikuan-export-'))
  const path = join(folder, 'a.xlsx')
  await writeFile(path, await xlsx(columns, [columns.map((_, at) => (at === 3 ? '' : at)), []]))
  const zip = await openZip(path)
  const pieces: Buffer[] = []
  for await (const piece of zip.read('xl/worksheets/sheet1.xml')) pieces.push(piece)
  zip.close()
  await rm(folder, { recursive: true })
  const cells = [
    ...Buffer.concat(pieces)
      .toString()
      .matchAll(/<c\b[^>]*>/g),
  ].map(([tag]) => /^<c r="([A-Z]+\d+)" /.exec(tag)?.[1])
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'AA', 'AB']
  expect(cells).toEqual([...letters.map((one) => `${one}1`), ...letters.filter((one) => one !== 'D').map((one) => `${one}2`)])
})
