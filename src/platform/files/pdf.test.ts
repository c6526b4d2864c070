import { expect, test } from 'vitest'
import { grouped, pdfDocument } from './pdf-document.ts'
import { type PdfReport, writePdf } from './pdf-export.ts'
import { MemoryStream, problemOf } from './table-for-tests.ts'

const REPORT: PdfReport = {
  title: '应收账款账龄分析 應收帳款帳齡分析',
  subtitle: '某某有限公司',
  meta: [{ label: '截止日', value: '2026-03-31' }],
  columns: [
    { title: '客户', kind: 'text' },
    { title: '到期日', kind: 'day' },
    { title: '未收余额', kind: 'amount' },
    { title: '逾期天数', kind: 'integer' },
    { title: '准备率', kind: 'percent' },
  ],
  rows: [['臺灣某某股份有限公司', '2026-01-31', '-1234567.5', 59, '0.05']],
  totals: [['合计', null, '-1234567.5']],
  footer: '回款',
  language: 'zh-TW',
}

async function pdf(report: PdfReport): Promise<Buffer> {
  const output = new MemoryStream()
  await writePdf(output, report)
  return output.bytes()
}

function pages(bytes: Buffer): number {
  return Number(/\/Type \/Pages\s*\/Count (\d+)/.exec(bytes.toString('latin1'))?.[1])
}

test.each([
  ['1234567.5', 2, '1,234,567.50'],
  ['-1234567.5', 2, '-1,234,567.50'],
  ['-123', 0, '-123'],
  ['1000', 0, '1,000'],
  ['0.125', 2, '0.125'],
  ['123456789012345678.9', 2, '123,456,789,012,345,678.90'],
])('the amount %s with %i decimals is written %s', (number, decimals, text) => {
  expect(grouped(number, decimals)).toBe(text)
})

function texts(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(texts)
  if (typeof part !== 'object' || part === null) return []
  return 'text' in part && typeof part.text === 'string' ? [part.text] : Object.values(part).flatMap(texts)
}

test('the document holds the header, every row, the totals and the page number in the caller’s language', () => {
  const document = pdfDocument(REPORT)
  const words = texts(document.content)
  expect(words).toEqual(expect.arrayContaining(['客户', '臺灣某某股份有限公司', '2026-01-31', '-1,234,567.50', '59', '5%', '合计']))
  const footer = typeof document.footer === 'function' ? document.footer(2, 7, {} as never) : undefined
  expect(texts(footer)).toContain('第 2 頁，共 7 頁')
})

test('a share that fell is a percentage too', () => {
  const document = pdfDocument({ ...REPORT, columns: [{ title: '变动', kind: 'percent' }], rows: [['-0.125'], ['-1']], totals: [] })
  expect(texts(document.content)).toEqual(expect.arrayContaining(['-12.5%', '-100%']))
})

test('two pages in both Chinese scripts are below 1 MB, with the font inside', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => [`第${at}分公司 分公司張三豐`, '2026-01-31', `${at}.50`, at, '0.1'])
  const bytes = await pdf({ ...REPORT, rows })
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pages(bytes)).toBeGreaterThan(1)
  expect(bytes.length).toBeLessThan(1024 * 1024)
  expect(bytes.toString('latin1')).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansHans-Regular/)
})

test('signs that the font lacks, markup, addresses and endless words do no harm', async () => {
  const odd = [
    '𠮷田 😀 한국 اب \u0000\u202e',
    '<b>&amp;</b> file:///etc/passwd',
    'x'.repeat(5000),
    '国'.repeat(5000),
    'a\n'.repeat(5000),
    '\ud800',
  ]
  const bytes = await pdf({ ...REPORT, title: odd.join(' ').slice(0, 200), rows: odd.map((text) => [text, text, '1', 1, '0.1']) })
  expect(pages(bytes)).toBeLessThanOrEqual(4)
})

test('thirty columns fit', async () => {
  const columns = Array.from({ length: 30 }, (_, at) => ({ title: `第${at}列标题`, kind: 'text' as const }))
  expect(pages(await pdf({ ...REPORT, columns, rows: [columns.map(() => '很长的文字'.repeat(100))], totals: [] }))).toBeLessThanOrEqual(2)
})

test('an empty report is a page with its header', async () => {
  expect(pages(await pdf({ ...REPORT, rows: [], totals: [] }))).toBe(1)
})

test('more than 5,000 rows or 30 columns are refused', async () => {
  const rows = Array.from({ length: 5_001 }, () => ['x'])
  expect(await problemOf(pdf({ ...REPORT, rows }))).toEqual({ code: 'files.tooManyRowsForPdf', params: { rows: 5_001, limit: 5_000 } })
  const columns = Array.from({ length: 31 }, () => ({ title: 'x', kind: 'text' as const }))
  expect((await problemOf(pdf({ ...REPORT, columns }))).code).toBe('files.tooManyColumnsForPdf')
})
