import type { TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import en from '../../i18n/en/files.json' with { type: 'json' }
import zhCN from '../../i18n/zh-CN/files.json' with { type: 'json' }
import zhTW from '../../i18n/zh-TW/files.json' with { type: 'json' }
import type { Language } from '../../kernel/language.ts'
import { formatPercent, isRate } from '../../kernel/percent.ts'
import { type Cell, type ColumnKind, type ExportColumn, isNumeric, numericText } from './export-table.ts'
import { PDF_CELL_CHARS_MAX, PDF_CELL_LINES_MAX } from './limits.ts'
import type { PdfReport } from './pdf-export.ts'

const PAGE_WIDTH = 841.89
const MARGIN = 28
const CELL_PADDING = 3
const INK = '#1f2329'
const GREY = '#646a73'
const LINE = '#dee0e3'
const HEADER_FILL = '#f0f2f5'
const PAGE_OF: { readonly [language in Language]: string } = { 'zh-CN': zhCN.pdf.page, 'zh-TW': zhTW.pdf.page, en: en.pdf.page }

/** The report as pdfmake wants it: pure data, no text of the report is ever read as markup, address or file name. */
export function pdfDocument(report: PdfReport): TDocumentDefinitions {
  const size = fontSize(report.columns.length)
  const widths = columnWidths(report.columns)
  const line = (cells: readonly Cell[], isBold: boolean): TableCell[] =>
    report.columns.map((column, at) => tableCell(cut(cellText(cells[at], column), widths[at]!, size), column, isBold))
  const header = report.columns.map(
    (column, at): TableCell => ({ ...cellStyle(column), text: cut(column.title, widths[at]!, size), bold: true }),
  )
  const body = [header, ...report.rows.map((row) => line(row, false)), ...(report.totals ?? []).map((row) => line(row, true))]
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [MARGIN, MARGIN, MARGIN, MARGIN + 12],
    info: { title: report.title },
    defaultStyle: { font: 'cjk', fontSize: size, color: INK, lineHeight: 1.15 },
    content: [...heading(report), { table: { headerRows: 1, dontBreakRows: true, widths, body }, layout: tableLayout(report.rows.length) }],
    footer: (page, pages) => ({
      margin: [MARGIN, 8, MARGIN, 0],
      fontSize: 7,
      color: GREY,
      columns: [
        { width: '*', text: cleaned(report.footer ?? '').slice(0, PDF_CELL_CHARS_MAX) },
        { width: 'auto', text: PAGE_OF[report.language].replace('{{page}}', String(page)).replace('{{pages}}', String(pages)) },
      ],
    }),
  }
}

function heading(
  report: PdfReport,
): { text: string; fontSize?: number; bold?: boolean; color?: string; margin: [number, number, number, number] }[] {
  const meta = (report.meta ?? []).map((each) => `${each.label}: ${each.value}`).join('    ')
  return [
    { text: cleaned(report.title), fontSize: 16, bold: true, margin: [0, 0, 0, 2] },
    ...(report.subtitle
      ? [{ text: cleaned(report.subtitle), fontSize: 10, color: GREY, margin: [0, 0, 0, 2] as [number, number, number, number] }]
      : []),
    ...(meta ? [{ text: cleaned(meta), fontSize: 8, color: GREY, margin: [0, 2, 0, 0] as [number, number, number, number] }] : []),
    { text: '', margin: [0, 0, 0, 6] },
  ]
}

function tableLayout(rows: number) {
  const totalsLine = rows + 1
  return {
    hLineWidth: (at: number) => (at === 1 || at === totalsLine ? 0.8 : 0.4),
    vLineWidth: () => 0,
    hLineColor: (at: number) => (at === 1 || at === totalsLine ? GREY : LINE),
    fillColor: (at: number) => (at === 0 ? HEADER_FILL : null),
    paddingLeft: () => CELL_PADDING,
    paddingRight: () => CELL_PADDING,
    paddingTop: () => 2,
    paddingBottom: () => 2,
  }
}

function fontSize(columns: number): number {
  if (columns <= 12) return 8
  return columns <= 18 ? 7 : 6
}

const WEIGHTS: { readonly [kind in ColumnKind]: number } = { text: 18, amount: 15, integer: 8, day: 11, percent: 9, instant: 18 }

/** The page's width in points, shared out by the columns' widths in characters. */
function columnWidths(columns: readonly ExportColumn[]): number[] {
  const weights = columns.map((column) => Math.max(column.width ?? WEIGHTS[column.kind], 4))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const room = PAGE_WIDTH - 2 * MARGIN - columns.length * 2 * CELL_PADDING
  return weights.map((weight) => (room * weight) / total)
}

function tableCell(text: string, column: ExportColumn, isBold: boolean): TableCell {
  return isBold ? { ...cellStyle(column), text, bold: true } : { ...cellStyle(column), text }
}

function cellStyle(column: ExportColumn): { alignment: 'left' | 'right' } {
  return { alignment: isNumeric(column.kind) ? 'right' : 'left' }
}

/** So long that the row still fits on a page; what is cut shows an ellipsis. */
function cut(text: string, width: number, size: number): string {
  const room = Math.min(PDF_CELL_CHARS_MAX, Math.max(1, Math.floor(width / size)) * PDF_CELL_LINES_MAX)
  const clean = cleaned(text)
  const chars = Array.from(clean.slice(0, room * 2))
  return chars.length > room ? `${chars.slice(0, room - 1).join('')}…` : clean
}

/** Line breaks and other control characters become blanks: a row is one line of text, wrapped by the page. */
function cleaned(text: string): string {
  return text.toWellFormed().replace(/\p{Cc}+/gu, ' ')
}

function cellText(cell: Cell, column: ExportColumn): string {
  if (cell === null || cell === undefined || cell === '') return ''
  if (!isNumeric(column.kind)) return String(cell)
  const number = numericText(cell)
  if (column.kind === 'percent') return percentText(number)
  return grouped(number, column.kind === 'amount' ? (column.decimals ?? 2) : 0)
}

/** '-0.125' → '-12.5%'. What is no rate stays as it is. */
function percentText(number: string): string {
  const [sign, rate] = number.startsWith('-') ? ['-', number.slice(1)] : ['', number]
  return isRate(rate) ? sign + formatPercent(rate) : number
}

/** '-1234567.5' → '-1,234,567.50': at least `decimals`, and never fewer digits than the amount has. */
export function grouped(number: string, decimals: number): string {
  const [whole = '', fraction = ''] = number.split('.')
  const sign = whole.startsWith('-') ? '-' : ''
  const digits = whole.slice(sign.length)
  let text = digits.slice(0, digits.length % 3)
  for (let at = digits.length % 3; at < digits.length; at += 3) text += (text === '' ? '' : ',') + digits.slice(at, at + 3)
  const shown = fraction.padEnd(decimals, '0')
  return sign + text + (shown === '' ? '' : `.${shown}`)
}
