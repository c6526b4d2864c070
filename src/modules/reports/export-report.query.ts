import { PassThrough } from 'node:stream'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { writeCsv } from '../../platform/files/csv-export.ts'
import type { Cell } from '../../platform/files/export-table.ts'
import { PDF_ROWS_MAX } from '../../platform/files/limits.ts'
import { writePdf } from '../../platform/files/pdf-export.ts'
import { writeXlsx } from '../../platform/files/xlsx-export.ts'
import type { Call, Download } from '../../platform/http.ts'
import { reportDefinition } from './definitions/index.ts'
import { type Asked, reportQuestion } from './report-question.query.ts'
import { type ReportTable, reportTable } from './report-table.query.ts'
import { allowReport } from './run-report.query.ts'

/** A report is read in one snapshot, piece by piece, while it is sent. */
const EXPORT_TIMEOUT_MS = 600_000

export const reportFormats = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
} as const
export type ReportFormat = keyof typeof reportFormats

/** What is wrong with the question is said before the first byte; a failure after it breaks the download instead of ending it as if it were whole. */
export function exportReport(
  { db, caller }: Pick<Call, 'db' | 'caller'>,
  key: string,
  { sort, ...asked }: Asked & { sort?: string | undefined },
  format: ReportFormat,
): Promise<Download> {
  return new Promise((resolve, reject) => {
    const content = new PassThrough()
    content.on('error', () => undefined) // where the question itself is wrong nobody reads it, and an error that nobody hears would end the program
    const write = async (reader: Reader): Promise<void> => {
      const definition = reportDefinition(key)
      allowReport(reader, definition)
      const question = reportQuestion(reader, definition, asked)
      const table = await reportTable(reader, definition, question, sort)
      if (format === 'pdf' && table.total > PDF_ROWS_MAX)
        throw new Problem('files.tooManyRowsForPdf', { rows: table.total, limit: PDF_ROWS_MAX })
      resolve({ name: `${table.title}-${question.to}.${format}`, contentType: reportFormats[format], content })
      await writers[format](content, table, reader)
    }
    db.read(caller, write, { timeoutMs: EXPORT_TIMEOUT_MS }).catch((error: Error) => {
      reject(error)
      content.destroy(error)
    })
  })
}

const writers: Readonly<Record<ReportFormat, (output: PassThrough, table: ReportTable, reader: Reader) => Promise<void>>> = {
  xlsx: (output, { title, about, columns, rows, totals, meta }) =>
    writeXlsx(output, {
      sheets: [
        { name: title, columns, rows: followedBy(rows, totals) },
        {
          name: about,
          columns: [
            { title, kind: 'text', width: 24 },
            { title: about, kind: 'text', width: 90 },
          ],
          rows: meta.map(({ label, value }) => [label, value]),
        },
      ],
    }),
  csv: (output, { columns, rows, totals }) => writeCsv(output, { columns, rows: followedBy(rows, totals) }),
  pdf: async (output, { title, columns, rows, totals, meta }, { caller }) =>
    writePdf(output, { title, columns, rows: await collected(rows), totals: [totals], meta, language: caller.language }),
}

async function collected(rows: AsyncIterable<readonly Cell[]>): Promise<(readonly Cell[])[]> {
  const all: (readonly Cell[])[] = []
  for await (const row of rows) all.push(row)
  return all
}

async function* followedBy(rows: AsyncIterable<readonly Cell[]>, totals: readonly Cell[]): AsyncGenerator<readonly Cell[]> {
  yield* rows
  yield totals
}
