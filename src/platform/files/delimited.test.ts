import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { splitHeader } from './read-table.ts'
import type { TableRow } from './table.ts'
import { cellsOf, collected, problemOf, rowsOf, withTable } from './table-for-tests.ts'

const SIMPLIFIED = '客户编号,客户名称,期初余额\r\nC001,北京某某科技有限公司,1280.50\r\nC002,朱镕记商行,-30\r\n'
const TRADITIONAL = '客戶編號,客戶名稱,期初餘額\r\nC001,臺灣某某股份有限公司,1280.50\r\nC002,高雄應收帳款商行,-30\r\n'

test.each([
  ['UTF-8', Buffer.from(SIMPLIFIED), 'utf-8', SIMPLIFIED],
  ['UTF-8 with mark', Buffer.from(`\ufeff${SIMPLIFIED}`), 'utf-8', SIMPLIFIED],
  ['UTF-16 little endian', Buffer.from(`\ufeff${SIMPLIFIED}`, 'utf16le'), 'utf-16le', SIMPLIFIED],
  ['UTF-16 big endian', Buffer.from(`\ufeff${SIMPLIFIED}`, 'utf16le').swap16(), 'utf-16be', SIMPLIFIED],
  ['GBK', iconv.encode(SIMPLIFIED, 'gbk'), 'gb18030', SIMPLIFIED],
  [
    'GB18030 with four-byte signs',
    iconv.encode(SIMPLIFIED.replace('朱镕记', '𠮷㐀龴'), 'gb18030'),
    'gb18030',
    SIMPLIFIED.replace('朱镕记', '𠮷㐀龴'),
  ],
  ['traditional text in GBK', iconv.encode(TRADITIONAL, 'gbk'), 'gb18030', TRADITIONAL],
  ['Big5', iconv.encode(TRADITIONAL, 'big5'), 'big5', TRADITIONAL],
  ['ASCII', Buffer.from('a,b\r\n1,2\r\n'), 'utf-8', 'a,b\r\n1,2\r\n'],
])('%s is recognised', async (_, bytes, encoding, text) => {
  await withTable('a.csv', bytes, async (table) => {
    expect(table.encoding).toBe(encoding)
    const rows = await collected(table.rows())
    expect(rows.map((row) => row.cells.join(',')).join('\r\n')).toBe(text.trimEnd())
  })
})

test('a sign cut in two by the reading buffer is read whole', async () => {
  const cell = `${'x'.repeat(255)}客`
  const rows = await cellsOf('a.csv', iconv.encode(Array.from({ length: 5000 }, () => cell).join('\n'), 'gb18030'))
  expect(rows.length).toBe(5000)
  expect(new Set(rows.map((row) => row[0]))).toEqual(new Set([cell]))
})

test.each([
  ['UTF-8 mark, other bytes', Buffer.concat([Buffer.from('\ufeffa,'), Buffer.from([0xff, 0xfe])])],
  ['half a sign at the end', Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xd6])])],
  ['no sign of any encoding', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a])],
])('%s is refused', async (_, bytes) => {
  expect((await problemOf(cellsOf('a.csv', bytes))).code).toBe('files.unknownEncoding')
})

test('an encoding that was asked for is used, and still strict', async () => {
  const bytes = iconv.encode('應收', 'big5')
  expect(await cellsOf('a.txt', bytes, { encoding: 'big5' })).toEqual([['應收']])
  expect((await problemOf(cellsOf('a.txt', bytes, { encoding: 'utf-8' }))).code).toBe('files.unknownEncoding')
})

test('the line of the first NUL byte is named', async () => {
  expect(await problemOf(cellsOf('a.csv', 'a\nb\n\0'))).toEqual({ code: 'files.nulBytes', params: { line: 3 } })
})

test.each([
  [
    'a,b\n1,2',
    ',',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a;b\n1,5;2,5',
    ';',
    [
      ['a', 'b'],
      ['1,5', '2,5'],
    ],
  ],
  [
    'a\tb\n1,5\t2;5',
    '\t',
    [
      ['a', 'b'],
      ['1,5', '2;5'],
    ],
  ],
  [
    '"a,x";b\n1;2',
    ';',
    [
      ['a,x', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'sep=;\na,b;c\n1;2',
    ';',
    [
      ['a,b', 'c'],
      ['1', '2'],
    ],
  ],
  ['one\ntwo', ',', [['one'], ['two']]],
])('the separator of %j is %j', async (text, separator, cells) => {
  await withTable('a.csv', text, async (table) => {
    expect(table.separator).toBe(separator)
    expect((await collected(table.rows())).map((row) => row.cells)).toEqual(cells)
  })
})

test.each([
  ['LF', 'a,b\n1,2\n3,4\n', [1, 2, 3]],
  ['CRLF', 'a,b\r\n1,2\r\n3,4', [1, 2, 3]],
  ['CR only', 'a,b\r1,2\r3,4\r', [1, 2, 3]],
  ['mixed, with blank lines', 'a,b\n\r\n1,2\r\r\n,\n3,4', [1, 3, 6]],
  ['quoted line ends', 'a,b\n"1\n\n",2\r\n"3\r\n\r",4', [1, 2, 5]],
])('line numbers with %s', async (_, text, lines) => {
  expect((await rowsOf('a.csv', text)).map((row) => row.line)).toEqual(lines)
})

test('quotes inside cells, cells inside quotes', async () => {
  expect(await cellsOf('a.csv', '"say ""hi""","",5" pipe,""""\n"x\r\ny",\'=1+1,\'a')).toEqual([
    ['say "hi"', '', '5" pipe', '"'],
    ['x\r\ny', '=1+1', "'a"],
  ])
})

test.each([
  ['a,b\n1,"2\n3,4\n', 'files.unbalancedQuotes', { line: 2, limit: 32_767 }],
  [`a,b\n"${'x'.repeat(40_000)}",1`, 'files.unbalancedQuotes', { line: 2, limit: 32_767 }],
  ['a,b\n"1"x,2', 'files.brokenQuotes', { line: 2 }],
  [`a,b\n\n${'x'.repeat(40_000)},1`, 'files.cellTooLong', { line: 3, limit: 32_767 }],
  [`a\n${'1,'.repeat(500)}1`, 'files.tooManyColumns', { line: 2, limit: 500 }],
])('%# is refused with its line', async (text, code, params) => {
  expect(await problemOf(cellsOf('a.csv', text))).toEqual({ code, params })
})

test('nothing is interpreted: odd days and numbers stay as they are', async () => {
  const odd = ['2026-02-31', '1e308', 'NaN', '-0', '１，０００', '007', ' x ', '__proto__']
  expect(await cellsOf('a.txt', odd.join('\t'))).toEqual([odd])
})

test('three million quotes, separators or line ends come to an end: with their square they would take days', async () => {
  const hostile = ['""'.repeat(16_000), ';'.repeat(3_000_000), '\r'.repeat(3_000_000), "'".repeat(32_000), ';"'.repeat(1000)]
  for (const text of hostile) await cellsOf('a.csv', `a,b\n${text}`).catch(() => {})
}, 60_000)

async function* rowsFrom(...rows: string[][]): AsyncGenerator<TableRow> {
  for (const [at, cells] of rows.entries()) yield { line: at * 2 + 1, cells, formulas: new Set() }
}

test('the header is the first row, or the row asked for', async () => {
  const first = await splitHeader(rowsFrom(['客户', '金额'], ['a', '1']))
  expect(first.header.cells).toEqual(['客户', '金额'])
  expect((await collected(first.rows)).map((row) => row.line)).toEqual([3])
  const third = await splitHeader(rowsFrom(['客户清单'], ['客户', '金额'], ['a', '1']), 3)
  expect(third.header.cells).toEqual(['客户', '金额'])
})

test('a table without header is refused', async () => {
  expect((await problemOf(splitHeader(rowsFrom()))).code).toBe('files.empty')
  expect(await problemOf(splitHeader(rowsFrom(['1', '2026-01-01'])))).toEqual({ code: 'files.noHeader', params: { line: 1 } })
  expect(await problemOf(splitHeader(rowsFrom(['a'], ['b']), 2))).toEqual({ code: 'files.noHeader', params: { line: 2 } })
})
