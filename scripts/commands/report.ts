import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isUuid } from '../../src/kernel/uuid.ts'
import { reportFilters } from '../../src/modules/reports/reports.api.ts'
import { type ApiClient, ApiRefused } from './api-client.ts'
import { type Command, type Outcome, WrongUse } from './command.ts'
import { customerByCode } from './customer-by-code.ts'
import { tableLines } from './table-lines.ts'

type Cell = string | number | null
type Column = { key: string; title: string }
type Row = { name: string | null; code: string | null; cells: Record<string, Cell> }
type Report = {
  title: string
  from: string
  to: string
  time: string
  amounts: string
  formula: string | null
  byTitle: string
  columns: Column[]
  items: Row[]
  totals: Record<string, Cell>
  total: number
  nextCursor: string | null
}
type Listed = { key: string; title: string; answers: string }
type Query = Record<string, string | readonly string[] | undefined>

const PAGE = '200'
const FORMATS = ['table', 'json', 'csv', 'xlsx', 'pdf'] as const
type Format = (typeof FORMATS)[number]
/** Options that go to the report as they are given. */
const ASKED = { from: 'from', to: 'to', 'as-of': 'asOf', by: 'by', compare: 'compare', currency: 'currency', sort: 'sort' } as const

/** Any report of the page /reports, all rows, with the figures that the page shows. */
export const reportCommand: Command = {
  name: 'report',
  summary: 'a report as the page shows it, or as a file; --list says which there are',
  args: ['NAME'],
  needsKey: true,
  noArgsWith: ['list'],
  options: {
    list: { meaning: 'the reports that there are, and the question that each answers' },
    from: { value: 'DAY', meaning: 'first day of the period, like 2026-10-01 (as the report has it)' },
    to: { value: 'DAY', meaning: 'last day of the period' },
    'as-of': { value: 'DAY', meaning: 'for reports as of one day (today)' },
    by: { value: 'DIMENSION', meaning: 'what the rows are: month, customer, salesperson … (as the report has it)' },
    compare: { value: 'before|lastYear', meaning: 'beside the period before, or the same of last year' },
    currency: { value: 'CODE', meaning: 'only this currency, in its own amounts (everything, in base currency)' },
    filter: {
      value: 'NAME=VALUE',
      multiple: true,
      meaning: `${reportFilters.join(', ')}; a customer by its code; several of one name are alternatives`,
    },
    sort: { value: 'COLUMN', meaning: 'the key of a column; with a minus downwards: --sort=-open' },
    format: { value: FORMATS.join('|'), meaning: 'csv, xlsx and pdf are written into a file (table)' },
    out: { value: 'FILE', meaning: 'where to; a file of that name is replaced (the name that the report gives itself)' },
  },
  run: async ({ args: [name = ''], values, api, from }) => {
    if (values['list'] === true) return list(api)
    const format = formatOf(values['format'])
    const out = values['out'] as string | undefined
    if (out !== undefined && format === 'table') throw new WrongUse('--out wants --format json, csv, xlsx or pdf.')
    const query = {
      ...Object.fromEntries(Object.entries(ASKED).map(([option, field]) => [field, values[option] as string | undefined])),
      ...(await filtersOf(api, (values['filter'] as string[] | undefined) ?? [])),
    }
    const path = `/api/reports/${encodeURIComponent(name)}`
    if (format === 'table' || format === 'json') return shown(await whole(api, path, query), format, out && resolve(from, out))
    const { file, bytes } = await named(api.download(`${path}/report.${format}`, query, (own) => resolve(from, out ?? own)))
    return { lines: [`${file}: ${bytes} bytes`], data: { file, bytes } }
  },
}

function formatOf(given: unknown): Format {
  const format = FORMATS.find((one) => one === (given ?? 'table'))
  if (format === undefined) throw new WrongUse(`--format is one of ${FORMATS.join(', ')}.`)
  return format
}

async function list(api: ApiClient): Promise<Outcome> {
  const { items } = await api.get<{ items: Listed[] }>('/api/reports')
  return {
    lines: tableLines([['name', 'title', 'answers'], ...items.map(({ key, title, answers }) => [key, title, answers])]),
    data: { items },
  }
}

async function filtersOf(api: ApiClient, given: readonly string[]): Promise<Query> {
  const found: Record<string, string[]> = {}
  for (const one of given) {
    const [name = '', ...rest] = one.split('=')
    const value = rest.join('=')
    if (!reportFilters.some((filter) => filter === name) || value === '')
      throw new WrongUse(`--filter takes NAME=VALUE with one of ${reportFilters.join(', ')}, not ${one}.`)
    const isCode = name === 'customer' && value !== 'none' && !isUuid(value)
    found[name] = [...(found[name] ?? []), isCode ? await customerByCode(api, value) : value]
  }
  return found
}

async function whole(api: ApiClient, path: string, query: Query): Promise<Report> {
  const first = await named(api.get<Report>(path, { ...query, limit: PAGE }))
  const items = [...first.items]
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const page = await api.get<Report>(path, { ...query, limit: PAGE, cursor })
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return { ...first, items, nextCursor: null }
}

/** Says where the names stand when one is not known. */
async function named<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    if (error instanceof ApiRefused && error.status === 404)
      throw new ApiRefused(`${error.message} (report --list names them)`, 404, error.body)
    throw error
  })
}

function shown(report: Report, format: 'table' | 'json', out: string | undefined): Outcome {
  if (format === 'table') return { lines: table(report), data: report }
  const text = JSON.stringify(report, undefined, 2)
  if (out === undefined) return { lines: [text], data: report }
  writeFileSync(out, `${text}\n`)
  return { lines: [`${out}: ${report.total} rows`], data: { file: out, rows: report.total } }
}

function table({ title, from, to, time, amounts, formula, byTitle, columns, items, totals, total }: Report): string[] {
  const cells = (of: Record<string, Cell>) => columns.map(({ key }) => String(of[key] ?? ''))
  const rows = items.map(({ name, code, cells: of }) => [[name ?? '-', code].filter((part) => part !== null).join(' '), ...cells(of)])
  return [
    `${title}, ${time === 'range' ? `${from} – ${to}` : to}`,
    amounts,
    ...(formula === null ? [] : [formula]),
    ...tableLines([[byTitle, ...columns.map((column) => column.title)], ...rows, [`${total} rows`, ...cells(totals)]]),
  ]
}
