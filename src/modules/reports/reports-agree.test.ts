import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { pdfTexts } from '../../../test/harness/pdf-text.ts'
import { type Story, storyCompany } from '../../../test/harness/story.ts'
import { formatPercent } from '../../kernel/percent.ts'
import { grouped } from '../../platform/files/pdf-document.ts'
import { cellsOf } from '../../platform/files/table-for-tests.ts'
import { reportDefinitions } from './definitions/index.ts'
import { dimensions } from './report-dimensions.query.ts'

let app: TestApp
let story: Story
let reader: Person
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'REPORTS')
  reader = story.company.people.administrator
}, 120_000)
afterAll(() => app.close())

type Cells = Record<string, string | number | null>
type Answer = {
  title: string
  total: number
  columns: { key: string; title: string; kind: string; opens: boolean; decimals: number | null }[]
  items: { key: string | null; name: string | null; code: string | null; cells: Cells }[]
  totals: Cells
  nextCursor: string | null
}

/** Every report, by everything that it can be cut by. */
const cuts = reportDefinitions.flatMap(({ key, by }) => by.map((one) => [key, one] as const))

const asked = (key: string, by: string): string => {
  const { time } = reportDefinitions.find((one) => one.key === key)!
  return `by=${by}${time.kind === 'range' ? '&from=2026-01-01&to=2026-12-31' : ''}`
}

/** The whole report as the API gives it, page by page of two rows: no row is lost or shown twice where one page ends. */
async function whole(key: string, question: string): Promise<Answer> {
  const first = await page(key, question)
  const items = [...first.items]
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const next = await page(key, `${question}&cursor=${cursor}`)
    items.push(...next.items)
    expect(next.totals).toEqual(first.totals)
    cursor = next.nextCursor
  }
  expect(items.length).toBe(first.total)
  return { ...first, items }
}
async function page(key: string, question: string): Promise<Answer> {
  const reply = await reader.get(`/api/reports/${key}?limit=2&${question}`)
  expect(reply.body).toMatchObject({ title: expect.any(String) })
  return reply.body
}

const text = (cell: string | number | null | undefined): string => (cell === null || cell === undefined ? '' : String(cell))
/** As numbers where they are: Excel stores 100 for '100.00'. */
const plain = (cell: string): string => (/^-?\d+(\.\d+)?$/.test(cell) ? String(Number(cell)) : cell)

function table({ columns, items, totals, total }: Answer, by: string): string[][] {
  const coded = dimensions[by as 'customer'].hasCode === true
  const cells = (row: Cells) => columns.map(({ key }) => text(row[key]))
  return [
    ...items.map((item) => [item.name ?? '未填写', ...(coded ? [text(item.code)] : []), ...cells(item.cells)]),
    [`合计（${total} 行）`, ...(coded ? [''] : []), ...cells(totals)],
  ]
}

const trimmed = (row: readonly string[]): string[] => {
  const last = row.findLastIndex((cell) => cell !== '')
  return row.slice(0, last + 1).map(plain)
}

describe.each(cuts)('%s by %s', (key, by) => {
  test('the same figures in the API (that is, on the page), in Excel and in CSV', async () => {
    const answer = await whole(key, asked(key, by))
    const expected = table(answer, by)
    for (const format of ['xlsx', 'csv'] as const) {
      const file = await reader.get(`/api/reports/${key}/report.${format}?${asked(key, by)}`)
      expect(file.status).toBe(200)
      const [, ...rows] = await cellsOf(`report.${format}`, file.raw)
      expect(rows.map(trimmed), format).toEqual(expected.map(trimmed))
    }
  })

  test('every figure opens its documents, and they add up to it', async () => {
    const question = asked(key, by)
    const answer = await whole(key, question)
    for (const { key: column } of answer.columns.filter(({ opens }) => opens)) {
      const figures = [
        ...answer.items.map((item) => [item.key ?? 'none', item.cells[column]] as const),
        [undefined, answer.totals[column]] as const,
      ]
      for (const [row, figure] of figures) {
        const behind = await reader.get(
          `/api/reports/${key}/documents?${question}&column=${column}${row === undefined ? '' : `&row=${encodeURIComponent(row)}`}`,
        )
        expect({ row, column, sum: Number(behind.body.sum) }).toEqual({ row, column, sum: Number(figure ?? 0) })
        const shown = behind.body.items.reduce((sum: number, one: { figure: string }) => sum + Math.round(Number(one.figure) * 100), 0)
        expect(shown).toBe(Math.round(Number(behind.body.sum) * 100))
      }
    }
  })
})

test.each(reportDefinitions.map(({ key, by }) => [key, by[0]!] as const))('%s: the PDF draws the same figures', async (key, by) => {
  const answer = await whole(key, asked(key, by))
  const pdf = await reader.get(`/api/reports/${key}/report.pdf?${asked(key, by)}`)
  const drawn = pdfTexts(pdf.raw)
  const figures = [...answer.items.map(({ cells }) => cells), answer.totals].flatMap((cells) =>
    answer.columns.flatMap(({ key: name, kind, decimals }) =>
      cells[name] === null || cells[name] === undefined ? [] : [inPdf(text(cells[name]), kind, decimals)],
    ),
  )
  const missing = figures.filter((figure) => figure !== undefined && !drawn.includes(figure))
  expect(missing).toEqual([])
})

/** A figure as a PDF writes it; undefined for what is no figure. */
function inPdf(cell: string, kind: string, decimals: number | null): string | undefined {
  if (kind === 'money') return grouped(cell, 2)
  if (kind === 'count') return grouped(cell, 0)
  if (kind === 'days') return grouped(cell, decimals ?? 0)
  if (kind === 'ratio') return grouped(cell, decimals ?? 2)
  if (kind === 'percent') return (cell.startsWith('-') ? '-' : '') + formatPercent(cell.replace('-', ''))
  return undefined
}

test('a file of a report that is none, or of a wrong question, is refused like any call', async () => {
  for (const [path, status] of [
    ['none/report.csv', 404],
    ['dso/report.xlsx?by=product', 400],
  ] as const)
    expect((await reader.get(`/api/reports/${path}`)).status).toBe(status)
})

test('every report is in the list, with the question that it answers, in every language', async () => {
  const { body } = await reader.get('/api/reports')
  expect(body.items.map((item: { key: string }) => item.key)).toEqual(reportDefinitions.map(({ key }) => key))
  for (const item of body.items) expect(item.answers, item.key).toMatch(/[？?]$/)
})
