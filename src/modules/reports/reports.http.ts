import { may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { type BoundRoute, download, read } from '../../platform/http.ts'
import { word } from '../../platform/words.ts'
import { reportDefinition, reportDefinitions } from './definitions/index.ts'
import { exportReport } from './export-report.query.ts'
import { shownFigures } from './key-figures.query.ts'
import { kpiSettings } from './kpi/kpi-settings.query.ts'
import { shownCells, shownCharts, shownColumns, shownRows } from './report-answer.query.ts'
import type { ReportDefinition } from './report-definition.query.ts'
import { reportDocuments } from './report-documents.query.ts'
import { reportQuestion } from './report-question.query.ts'
import { amountsSaid, chosenFilters } from './report-table.query.ts'
import * as api from './reports.api.ts'
import { allowReport, comparison, runReport } from './run-report.query.ts'

/** A report over ten million receivables takes seconds; whoever asks for more than this has asked wrongly. */
const REPORT_TIMEOUT_MS = 60_000

export const reportsHttp: readonly BoundRoute[] = [
  read(api.listReports, async (reader) => ({
    items: reportDefinitions.filter(({ permission }) => may(reader.caller, permission)).map((definition) => described(reader, definition)),
  })),
  read(api.readReport, (reader, { params, query }) => answer(reader, params.key, query), { timeoutMs: REPORT_TIMEOUT_MS }),
  read(
    api.listReportDocuments,
    (reader, { params, query: { column, row, limit, cursor, ...asked } }) => {
      const definition = reportDefinition(params.key)
      allowReport(reader, definition)
      return reportDocuments(reader, definition, reportQuestion(reader, definition, asked), { column, row, limit, cursor })
    },
    { timeoutMs: REPORT_TIMEOUT_MS },
  ),
  download(api.exportReportXlsx, (call, { params, query }) => exportReport(call, params.key, query, 'xlsx')),
  download(api.exportReportCsv, (call, { params, query }) => exportReport(call, params.key, query, 'csv')),
  download(api.exportReportPdf, (call, { params, query }) => exportReport(call, params.key, query, 'pdf')),
]

function described({ caller: { language } }: Reader, { key, group }: ReportDefinition) {
  const say = (name: string): string => word(language, `reports.definitions.${key}.${name}`) ?? key
  return { key, group, title: say('title'), answers: say('answers') }
}

type Query = NonNullable<(typeof api.readReport)['types']>['query']

async function answer(reader: Reader, key: string, { sort, limit, cursor, ...asked }: Query) {
  const definition = reportDefinition(key)
  allowReport(reader, definition)
  const question = reportQuestion(reader, definition, asked)
  const columns = definition.columns(question)
  const own = definition.sort(question)
  const say = (name: string): string => word(reader.caller.language, `reports.${name}`) ?? name
  const [page, before] = await Promise.all([
    runReport(reader, definition, question, { sort, limit, cursor }),
    comparison(reader, definition, question),
  ])
  const items = await shownRows(reader, question, columns, page.rows)
  const shown = (totals: typeof page.totals) => shownCells(reader, question, columns, totals)
  return {
    ...described(reader, definition),
    explanation: say(`definitions.${key}.explanation`),
    formula: definition.hasFormula ? say(`definitions.${key}.formula`) : null,
    figures: await shownFigures(reader, definition, question),
    basis: definition.usesBasis ? await kpiSettings(reader) : null,
    amounts: amountsSaid(reader, question),
    time: definition.time.kind,
    from: question.from,
    to: question.to,
    by: question.by,
    byTitle: say(`dimensions.${question.by}`),
    dimensions: definition.by.map((name) => ({ key: name, title: say(`dimensions.${name}`) })),
    filters: [...definition.filters],
    narrowedBy: await chosenFilters(reader, question.filters),
    compares: definition.compares !== undefined,
    compared: question.compared ?? null,
    currency: question.currency ?? reader.caller.baseCurrency,
    sort: sort ?? own,
    columns: shownColumns(reader, definition, columns),
    items,
    nextCursor: page.nextCursor,
    total: page.total,
    totals: shown(page.totals),
    comparison: before.map(({ totals, ...period }) => ({ ...period, totals: shown(totals) })),
    charts: await shownCharts(reader, definition, question, { ...page, items, isOwnOrder: cursor === undefined && (sort ?? own) === own }),
  }
}
