import type { Writable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { assert } from '../../kernel/assert.ts'
import type { Language } from '../../kernel/language.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Cell, ExportColumn } from './export-table.ts'
import { PDF_COLUMNS_MAX, PDF_MEMORY_MB_MAX, PDF_ROWS_MAX, PDF_SECONDS_MAX } from './limits.ts'
import { endStream, send } from './stream-writer.ts'

/** A tabular report, with cells as for Excel and CSV (see `ColumnKind`); the PDF writes amounts with thousands separators, rates as %. */
export type PdfReport = {
  readonly title: string
  readonly subtitle?: string
  /** Lines above the table such as { label: '截止日', value: '2026-03-31' }. */
  readonly meta?: readonly { readonly label: string; readonly value: string }[]
  readonly columns: readonly ExportColumn[]
  readonly rows: readonly (readonly Cell[])[]
  /** Rows in bold below the others: one per currency, say. */
  readonly totals?: readonly (readonly Cell[])[]
  /** Left in the foot of every page; the page number stands at the right. */
  readonly footer?: string
  readonly language: Language
}

/**
 * Writes the report as a PDF (A4 landscape, header row on every page, page n of m) and ends the stream. Simplified and traditional
 * Chinese, Latin, Greek, Cyrillic and kana are set from one embedded font, of which only the used signs are in the file; a sign that
 * the font lacks shows as a box. The work is done on a thread of its own, which is ended after `PDF_SECONDS_MAX`: the server stays
 * responsive whatever the report is. That thread opens no address and no file but the fonts.
 * @throws Problem `files.tooManyRowsForPdf`, `files.tooManyColumnsForPdf`, `files.pdfTookTooLong`
 */
export async function writePdf(output: Writable, report: PdfReport): Promise<void> {
  if (report.rows.length > PDF_ROWS_MAX) throw new Problem('files.tooManyRowsForPdf', { rows: report.rows.length, limit: PDF_ROWS_MAX })
  if (report.columns.length > PDF_COLUMNS_MAX) {
    throw new Problem('files.tooManyColumnsForPdf', { columns: report.columns.length, limit: PDF_COLUMNS_MAX })
  }
  assert(report.columns.length > 0, 'a report has columns')
  await send(output, await rendered(report))
  await endStream(output)
}

function rendered(report: PdfReport): Promise<Buffer> {
  const worker = new Worker(new URL('./pdf-thread.ts', import.meta.url), {
    workerData: report,
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: PDF_MEMORY_MB_MAX },
  })
  return new Promise<Buffer>((resolve, reject) => {
    const tooLong = () => reject(new Problem('files.pdfTookTooLong', { seconds: PDF_SECONDS_MAX }))
    const timer = setTimeout(tooLong, PDF_SECONDS_MAX * 1000)
    worker.once('message', (pdf: Uint8Array) => resolve(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)))
    worker.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLong() : reject(error)))
    worker.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the PDF thread ended with ${code} and no PDF`))
    })
  }).finally(() => worker.terminate())
}
