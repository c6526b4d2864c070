import { expect, test } from 'vitest'
import { cellsOf, collected, problemOf, rowsOf, withTable } from './table-for-tests.ts'
import { handmadeWorkbook } from './zip-for-tests.ts'

const read = async (sheet: string, more: Parameters<typeof handmadeWorkbook>[0] = {}) =>
  cellsOf('a.xlsx', handmadeWorkbook({ sheet, ...more }))
const DATE_STYLES = '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="10"/>'
const DATE_FORMAT = '<numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; hh:mm"/>'

test.each([
  ['<c><v>0.1</v></c>', '0.1'],
  ['<c><v>55.939999999999998</v></c>', '55.94'],
  ['<c t="n"><v>1E5</v></c>', '100000'],
  ['<c s="1"><v>46112</v></c>', '2026-03-31'],
  ['<c s="2"><v>46112.75</v></c>', '2026-03-31 18:00:00'],
  ['<c s="3"><v>0.13</v></c>', '0.13'],
  ['<c s="1"><v>-3</v></c>', '-3'],
  ['<c t="d"><v>2026-03-31T00:00:00</v></c>', '2026-03-31'],
  ['<c t="b"><v>1</v></c>', 'TRUE'],
  ['<c t="b"><v>0</v></c>', 'FALSE'],
  ['<c t="e"><v>#N/A</v></c>', '#N/A'],
  ['<c t="s"><v>0</v></c>', '应收 & 预收'],
  ['<c t="s"><v>1</v></c>', '粗体普通'],
  ['<c t="inlineStr"><is><t>a</t></is></c>', 'a'],
  ['<c t="inlineStr"><is><r><rPr><b/></rPr><t>北</t></r><r><t xml:space="preserve">京 </t></r><rPh><t>ペキン</t></rPh></is></c>', '北京 '],
  ['<c t="str"><v>=1+1</v></c>', '=1+1'],
  ['<c t="inlineStr"><is><t>2026-02-31</t></is></c>', '2026-02-31'],
  ['<c t="inlineStr"><is><t>a_x000D_\nb_x005F_x000D_</t></is></c>', 'a\r\nb_x000D_'],
])('the cell %s reads as %j', async (cell, text) => {
  const sharedStrings = '<si><t>应收 &amp; 预收</t></si><si><r><t>粗体</t></r><r><t>普通</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
  expect(await read(`<row r="1">${cell}</row>`, { sharedStrings, styles: DATE_STYLES, formats: DATE_FORMAT })).toEqual([[text]])
})

test('dates of the 1904 system', async () => {
  const workbook = '<workbook><workbookPr date1904="1"/><sheets><sheet name="a" r:id="s1"/></sheets></workbook>'
  expect(await read('<row><c s="1"><v>44650</v></c></row>', { workbook, styles: DATE_STYLES })).toEqual([['2026-03-31']])
})

test('rows keep the line numbers that Excel shows, cells their columns; blank rows and trailing blanks are left out', async () => {
  const sheet =
    '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="C1" t="inlineStr"><is><t>名称</t></is></c><c r="D1" s="1"/></row>' +
    '<row r="2" spans="1:3"/><row r="3"><c r="A3" s="1"/></row><row r="7"><c r="AB7"><v>5</v></c></row><row><c><v>6</v></c></row>'
  const rows = await rowsOf('a.xlsx', handmadeWorkbook({ sheet }))
  expect(rows.map((row) => row.line)).toEqual([1, 7, 8])
  expect(rows[0]?.cells).toEqual(['编号', '', '名称'])
  expect(rows[1]?.cells).toEqual([...Array<string>(27).fill(''), '5'])
})

test('formula cells give their last value and are reported', async () => {
  const sheet =
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c><c r="C1"><f t="shared" si="0"/><v>3</v></c><c r="D1"><f>X()</f></c></row>'
  const [row] = await rowsOf('a.xlsx', handmadeWorkbook({ sheet }))
  expect(row?.cells).toEqual(['1', '2', '3', ''])
  expect([...(row?.formulas ?? [])]).toEqual([1, 2, 3])
})

test('namespace prefixes make no difference', async () => {
  const workbook = '<x:workbook xmlns:rel="r"><x:sheets><x:sheet name="a" rel:id="s1"/></x:sheets></x:workbook>'
  expect(await read('<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>', { workbook })).toEqual([['7']])
})

test('sheets are named in order, hidden ones marked and not read unasked', async () => {
  const workbook =
    '<workbook><sheets><sheet name="旧&amp;" state="hidden" r:id="none"/><sheet name="A&amp;B" r:id="s1"/></sheets></workbook>'
  await withTable('a.xlsx', handmadeWorkbook({ workbook, sheet: '<row><c><v>1</v></c></row>' }), async (table) => {
    expect(table.sheets).toEqual([{ name: 'A&B', isHidden: false }])
    expect((await collected(table.rows('A&B'))).length).toBe(1)
    expect((await collected(table.rows())).length).toBe(1)
    expect(await problemOf(collected(table.rows('没有')))).toEqual({ code: 'files.sheetMissing', params: { sheet: '没有' } })
  })
})

test('a __proto__ header is only a text', async () => {
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
  const rows = await read(`<row>${text('__proto__')}${text('constructor')}${text('__proto__')}</row>`)
  expect(rows).toEqual([['__proto__', 'constructor', '__proto__']])
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('T42: a million merged cells cost nothing', async () => {
  const afterRows = `<mergeCells>${Array.from({ length: 1_000_000 }, (_, at) => `<mergeCell ref="A${at}:B${at}"/>`).join('')}</mergeCells>`
  const bytes = handmadeWorkbook({ sheet: '<row><c><v>1</v></c></row>', afterRows })
  expect(await cellsOf('a.xlsx', bytes)).toEqual([['1']])
}, 60_000)
