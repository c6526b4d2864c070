import type { ColumnKind, ExportColumn } from './export-table.ts'

/** The fixed parts of the smallest workbook that Excel, WPS and LibreOffice open without a word (ECMA-376 part 1, 18.2-18.8). */

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export function contentTypes(sheets: number): string {
  const overrides = range(sheets).map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`,
  )
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>${overrides.join('')}</Types>`
}

export function packageRelationships(): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
}

export function workbook(names: readonly string[]): string {
  const sheets = names.map((name, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="0"/><sheets>${sheets.join('')}</sheets></workbook>`
}

export function workbookRelationships(sheets: number): string {
  const targets = range(sheets).map((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets.join('')}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1)
}

/** Style 0 is Excel's general, 1 the header, 2 text; the number formats of the columns follow. */
const HEADER_STYLE = 1
export const TEXT_STYLE = 2
const FIRST_FORMAT_STYLE = 3
const FIRST_FORMAT_ID = 164

export type StyleSheet = { readonly xml: string; styleOf(column: ExportColumn): number }

/** One style per number format that the columns need. */
export function styleSheet(columns: readonly ExportColumn[]): StyleSheet {
  const formats = [...new Set(columns.filter((column) => column.kind !== 'text').map(numberFormat))]
  const numFmts = formats.map((format, at) => `<numFmt numFmtId="${FIRST_FORMAT_ID + at}" formatCode="${escapeXml(format)}"/>`)
  const xfs = formats.map(
    (_, at) => `<xf numFmtId="${FIRST_FORMAT_ID + at}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  )
  const xml = `${XML}<styleSheet xmlns="${MAIN}">${numFmts.length > 0 ? `<numFmts count="${numFmts.length}">${numFmts.join('')}</numFmts>` : ''}<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF0F2F5"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${FIRST_FORMAT_STYLE + xfs.length}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>${xfs.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  return {
    xml,
    styleOf: (column) => (column.kind === 'text' ? TEXT_STYLE : FIRST_FORMAT_STYLE + formats.indexOf(numberFormat(column))),
  }
}

const FORMATS: { readonly [kind in ColumnKind]: (decimals: string) => string } = {
  text: () => '@',
  amount: (decimals) => `#,##0${decimals}`,
  integer: () => '#,##0',
  day: () => 'yyyy-mm-dd',
  percent: (decimals) => `0${decimals}%`,
  instant: () => 'yyyy-mm-dd hh:mm:ss',
}
const DECIMALS_MAX = 12

function numberFormat(column: ExportColumn): string {
  const decimals = Math.min(column.decimals ?? 2, DECIMALS_MAX)
  return FORMATS[column.kind](decimals > 0 ? `.${'0'.repeat(decimals)}` : '')
}

const WIDTHS: { readonly [kind in ColumnKind]: number } = { text: 20, amount: 16, integer: 10, day: 12, percent: 10, instant: 20 }
const WIDTH_MAX = 255

export function sheetHead(columns: readonly ExportColumn[]): string {
  const cols = columns.map(
    (column, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${Math.min(column.width ?? WIDTHS[column.kind], WIDTH_MAX)}" customWidth="1"/>`,
  )
  const titles = columns.map(
    (column, at) => `<c r="${columnLetters(at)}1" s="${HEADER_STYLE}" t="inlineStr"><is>${textElement(column.title)}</is></c>`,
  )
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${cols.length > 0 ? `<cols>${cols.join('')}</cols>` : ''}<sheetData><row r="1">${titles.join('')}</row>`
}

const LETTERS: string[] = []

/** 0 → 'A', 26 → 'AA': how Excel calls a column. */
export function columnLetters(index: number): string {
  LETTERS[index] ??= (index < 26 ? '' : columnLetters(Math.floor(index / 26) - 1)) + String.fromCharCode(0x41 + (index % 26))
  return LETTERS[index]
}

export const SHEET_END = '</sheetData></worksheet>'

export function textElement(text: string): string {
  return `<t xml:space="preserve">${escapeXml(text)}</t>`
}

const NOT_IN_XML = /(?![\t\n])[\p{Cc}\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/gu
const NEEDS_ESCAPE = /[&<>"_]|[^\u0020-\ufffd]/
const ENTITIES: { readonly [char: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML; what XML cannot hold (and a literal `_x000D_`) as OOXML's own escapes, so that it reads back the same. */
function escapeXml(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text
  return text
    .toWellFormed()
    .replace(NOT_IN_XML, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (char) => ENTITIES[char]!)
}
