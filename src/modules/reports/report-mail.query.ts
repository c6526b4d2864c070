import type { Language } from '../../kernel/language.ts'
import type { Reader } from '../../platform/db.ts'
import { word } from '../../platform/words.ts'
import { compileMessage } from '../messages/compile-message.query.ts'
import type { MessageContent } from '../messages/message.ts'
import type { MessageTemplate } from '../messages/message-template.ts'
import { columnTitle, type ShownCell, shownCells, shownRows } from './report-answer.query.ts'
import type { ReportColumn, ReportDefinition } from './report-definition.query.ts'
import { type Asked, reportQuestion } from './report-question.query.ts'
import { amountsSaid } from './report-table.query.ts'
import { runReport } from './run-report.query.ts'

/** Rows in the mail itself; the file has all. */
const ROWS_SAID = 20
/** Columns of the table in the mail: more cannot be read there. */
const COLUMNS_SAID = 5

/** What a mail says around the report. `link`: the page that shows the same. */
export type ReportMailFrame = {
  readonly name: string
  readonly company: string
  readonly link: string
  readonly isFileTooLarge: boolean
}

/** A report as a mail: its totals, its first rows, what the amounts are. Everything of the reader's own scope and language. */
export async function reportMail(
  reader: Reader,
  definition: ReportDefinition,
  asked: Asked,
  { name, company, link, isFileTooLarge }: ReportMailFrame,
): Promise<MessageContent> {
  const { language } = reader.caller
  const say = (key: string, params = {}): string => word(language, `reports.${key}`, params) ?? key
  const question = reportQuestion(reader, definition, asked)
  const columns = definition.columns(question)
  const page = await runReport(reader, definition, question, { limit: ROWS_SAID })
  const rows = await shownRows(reader, question, columns, page.rows)
  const totals = shownCells(reader, question, columns, page.totals)
  const shown = columns.filter(({ hidden, kind }) => !hidden && FIGURES.has(kind)).slice(0, COLUMNS_SAID)
  const template = await compileMessage(
    mailTemplate(
      language,
      say(`dimensions.${question.by}`),
      shown.map((column) => columnTitle(reader, definition.key, column.key)),
    ),
  )
  const numbered = (prefix: string, cells: Record<string, ShownCell>) =>
    Object.fromEntries(shown.map((column, index) => [`${prefix}${index}`, said(column, cells[column.key] ?? null)]))
  return template.fill({
    company,
    name,
    link,
    isFileTooLarge,
    title: say(`definitions.${definition.key}.title`),
    period: definition.time.kind === 'range' ? `${question.from} – ${question.to}` : question.to,
    amounts: amountsSaid(reader, question),
    more: page.total > ROWS_SAID ? say('mail.more', { shown: ROWS_SAID, total: page.total }) : say('mail.all', { total: page.total }),
    ...numbered('total', totals),
    rows: rows.map((row) => ({ name: row.name ?? say('without'), ...numbered('cell', row.cells) })),
  })
}

/** The figures by the titles of their columns; `by`: what a row is. */
function mailTemplate(language: Language, by: string, titles: readonly string[]): MessageTemplate {
  const say = (key: string, params = {}): string => word(language, `reports.mail.${key}`, params) ?? key
  const cells = titles.map((title, index) => ({ title, value: `{{cell${index}}}`, align: 'right' as const }))
  return {
    language,
    subject: '{{name}} · {{period}}',
    why: say('why', { name: '{{name}}' }),
    blocks: [
      { kind: 'heading', text: '{{title}}' },
      { kind: 'text', text: '{{period}} · {{amounts}}' },
      { kind: 'facts', rows: titles.map((label, index) => ({ label, value: `{{total${index}}}` })) },
      { kind: 'table', list: 'rows', columns: [{ title: by, value: '{{name}}' }, ...cells] },
      { kind: 'text', text: '{{more}}' },
      { kind: 'text', text: say('tooLarge'), when: 'isFileTooLarge' },
      { kind: 'button', text: say('open'), link: 'link' },
    ],
  }
}

const FIGURES: ReadonlySet<ReportColumn['kind']> = new Set(['money', 'count', 'days', 'percent', 'ratio'])

/** As the page writes it: '1,234.50', '34.4%'. */
function said({ kind }: ReportColumn, cell: ShownCell): string {
  if (cell === null) return '–'
  const text = String(cell)
  if (kind === 'percent') return `${(Math.round(Number(text) * 1000) / 10).toFixed(1)}%`
  return text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
}
