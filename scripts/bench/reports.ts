import { PassThrough } from 'node:stream'
import type { Day } from '../../src/kernel/day.ts'
import { keepMonthEndsJob } from '../../src/modules/ageing/keep-month-ends.job.ts'
import { reportDefinitions } from '../../src/modules/reports/definitions/index.ts'
import { exportReport, type ReportFormat } from '../../src/modules/reports/export-report.query.ts'
import { keepKpiMonthsJob } from '../../src/modules/reports/kpi/keep-kpi-months.job.ts'
import { shownCharts, shownRows } from '../../src/modules/reports/report-answer.query.ts'
import type { ReportDefinition } from '../../src/modules/reports/report-definition.query.ts'
import { reportDocuments } from '../../src/modules/reports/report-documents.query.ts'
import { reportQuestion } from '../../src/modules/reports/report-question.query.ts'
import { comparison, runReport } from '../../src/modules/reports/run-report.query.ts'
import type { Caller } from '../../src/platform/caller.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { callerOf } from '../../test/harness/callers.ts'
import { loadedWorld } from './facts.ts'
import { print, quantile } from './measure.ts'
import { TODAY, type World } from './world.ts'

const TURNS = 7
const TIMEOUT_MS = 120_000
/** performance.md: every report at a million receivables, and an export of 100,000 rows. */
const LIMIT_MS = 300
const EXPORT_LIMIT_SECONDS = 6

/**
 * Every report by its first dimension, by customer and by document, with its comparison and charts, as the page asks for it; what stands behind its first figure; the longest export.
 * HUIKUAN_BENCH_URL measures a database that is loaded already, tenant HUIKUAN_BENCH_TENANT.
 */
export async function reportsBench(size: string): Promise<void> {
  const url = process.env['HUIKUAN_BENCH_URL']
  if (url !== undefined) {
    const db = await openDatabase({ url, clock: () => TODAY })
    await measureReports(db, callerOf(Number(process.env['HUIKUAN_BENCH_TENANT'] ?? 1)), size)
    return db.close()
  }
  const world = await loadedWorld(size)
  await keepAsEveryNight(world)
  await measureReports(world.db, world.maker, size)
  await world.close()
}

/** What reports of past months are read from, and tables as autovacuum leaves them. */
async function keepAsEveryNight({ db, maker: caller, owner }: World): Promise<void> {
  for (const job of [keepMonthEndsJob, keepKpiMonthsJob]) await job.run({ db, caller, log: () => undefined }, {})
  await owner.query('vacuum (analyze)')
}

async function measureReports(db: Database, caller: Caller, size: string): Promise<void> {
  for (const definition of reportDefinitions)
    for (const by of new Set([
      definition.by[0]!,
      ...definition.by.filter((one) => one === 'customer' || one === 'receivable' || one === 'receipt'),
    ])) {
      const measured = await timed(() => page(db, caller, definition, by))
      print({
        what: `report ${definition.key} by ${by}, the whole page`,
        size,
        ...measured,
        limitSeconds: LIMIT_MS / 1_000,
        ratioToLimit: measured.p95Ms / LIMIT_MS,
      })
    }
  for (const definition of reportDefinitions.filter(({ documents }) => documents !== undefined)) {
    const measured = await timed(() => documents(db, caller, definition))
    print({
      what: `documents behind the first figure of ${definition.key}`,
      size,
      ...measured,
      limitSeconds: LIMIT_MS / 1_000,
      ratioToLimit: measured.p95Ms / LIMIT_MS,
    })
  }
  for (const format of ['xlsx', 'csv'] as const) {
    const from = performance.now()
    const rows = await exported(db, caller, format)
    const seconds = (performance.now() - from) / 1_000
    print({
      what: `receipts one by one as ${format}`,
      size,
      seconds,
      limitSeconds: EXPORT_LIMIT_SECONDS,
      ratioToLimit: (seconds / rows) * (100_000 / EXPORT_LIMIT_SECONDS),
      note: `${rows} rows; the limit is for 100,000`,
    })
  }
}

/** What the page asks for, without the way over HTTP. */
async function page(db: Database, caller: Caller, definition: ReportDefinition, by: string): Promise<void> {
  await db.read(
    caller,
    async (reader) => {
      const question = reportQuestion(reader, definition, { by })
      const [found] = await Promise.all([runReport(reader, definition, question, { limit: 50 }), comparison(reader, definition, question)])
      const shown = await shownRows(reader, question, definition.columns(question), found.rows)
      await shownCharts(reader, definition, question, { ...found, items: shown, isOwnOrder: true })
    },
    { timeoutMs: TIMEOUT_MS },
  )
}

async function documents(db: Database, caller: Caller, definition: ReportDefinition): Promise<void> {
  await db.read(
    caller,
    async (reader) => {
      const question = reportQuestion(reader, definition, {})
      const column = definition.columns(question).find(({ opens }) => opens)
      if (column !== undefined) await reportDocuments(reader, definition, question, { column: column.key, limit: 50 })
    },
    { timeoutMs: TIMEOUT_MS },
  )
}

/** Receipts of so many months that there are about 100,000 at a million receivables. */
async function exported(db: Database, caller: Caller, format: ReportFormat): Promise<number> {
  const [from, to] = ['2026-08-01', '2026-11-30'] as Day[]
  const { content } = await exportReport({ db, caller }, 'receipts', { by: 'receipt', from: from!, to: to! }, format)
  const sink = new PassThrough()
  sink.resume()
  if (!(content instanceof Buffer)) for await (const chunk of content) sink.write(chunk)
  return db.read(
    caller,
    async (reader) => {
      const definition = reportDefinitions.find(({ key }) => key === 'receipts')!
      return (
        await runReport(reader, definition, reportQuestion(reader, definition, { by: 'receipt', from: from!, to: to! }), { limit: 0 })
      ).total
    },
    { timeoutMs: TIMEOUT_MS },
  )
}

/** Best, median and 95th percentile of several runs. */
async function timed(run: () => Promise<unknown>): Promise<{ seconds: number; p50Ms: number; p95Ms: number }> {
  const took: number[] = []
  for (let turn = 0; turn < TURNS; turn += 1) {
    const from = performance.now()
    await run()
    took.push(performance.now() - from)
  }
  return { seconds: Math.min(...took) / 1_000, p50Ms: quantile(took, 0.5), p95Ms: quantile(took, 0.95) }
}
