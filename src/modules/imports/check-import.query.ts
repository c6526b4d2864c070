import { Problem } from '../../kernel/problem.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader } from '../../platform/db.ts'
import { readTable } from '../../platform/files/read-table.ts'
import type { Separator } from '../../platform/files/table.ts'
import type { TextEncoding } from '../../platform/files/text-encoding.ts'
import { CheckCounter, type CheckCounts, type FindingGroup, type NameCount } from './check-counter.ts'
import { columnNote, columnReadings, fieldTwice, missingFields } from './column-reading.ts'
import { type ImportContext, type ImportHandler, newContext } from './import-handler.query.ts'
import { chunkRows, type ImportParams, type ImportRun } from './import-run.ts'
import { withKeptFile } from './import-runs.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import { type Cells, type ReadRow, readRow } from './read-row.ts'
import { rowsBelow } from './scan-file.query.ts'
import { type TieOut, TieOutCounter } from './tie-out.ts'

/** What would happen if the file were brought in now. Nothing has changed. */
export type ImportCheck = CheckCounts &
  CheckCounter['lists'] & {
    readonly totals: readonly TieOut[]
    readonly newCustomers: number
    readonly newRegions: number
    readonly unknownCustomers: number
    /** Warnings and remarks, one entry a kind, warnings first. */
    readonly groups: readonly FindingGroup[]
    /** Words that were not found, and those that were decided on, most frequent first. */
    readonly names: readonly NameCount[]
    readonly seconds: number
  }

const CHECK_TIMEOUT_MS = 60_000

/** The dry run: every row judged by the rules that the run itself uses, in one snapshot, without writing. Throws what is wrong with the mapping as a whole. */
export async function checkImport(db: Database, caller: Caller, run: ImportRun, handler: ImportHandler): Promise<ImportCheck> {
  const from = performance.now()
  refuseMapping(run.params)
  const context = newContext(run.params.options)
  const counter = new CheckCounter()
  const sums = new TieOutCounter()
  await judgeFile(db, caller, run.params, handler, context, async (judged) => {
    for (const row of judged) {
      counter.add(row)
      if (row.currency !== undefined && row.amount !== undefined) sums.add(row.currency, row.amount, !isRefused(row))
    }
  })
  return {
    ...counter.counts,
    ...counter.lists,
    groups: counter.groups,
    names: counter.names,
    totals: sums.sums,
    newCustomers: context.newCustomers.size,
    newRegions: context.newRegions.size,
    unknownCustomers: counter.unknownCustomers,
    seconds: Math.round(performance.now() - from) / 1000,
  }
}

/** Throws when no row could ever come in: a needed field without a column, a field with two, an order of days that nobody has chosen. */
export function refuseMapping(params: ImportParams): void {
  const missing = missingFields(params.kind, params.columns)
  if (missing.length > 0)
    throw new Problem(
      'imports.fieldsMissing',
      { count: missing.length, field: missing[0]! },
      { issues: missing.map((field) => ({ path: field, code: 'imports.fieldMissing', params: { field } })) },
    )
  const twice = fieldTwice(params.columns)
  if (twice !== undefined) throw new Problem('imports.fieldTwice', { field: twice })
  params.columns.forEach((column, at) => {
    const note = columnNote(params.kind, column, params.profiles[at]!, params.rows)
    if (note.asks !== undefined && note.chosen === undefined)
      throw new Problem(
        note.note === 'dayOrder' ? 'imports.dayOrderOpen' : 'imports.decimalSignOpen',
        { column: column.header },
        { path: column.field ?? '' },
      )
  })
}

/** Judges the whole file chunk by chunk in one snapshot. `each` is given the judged rows beside the cells they came from. */
export async function judgeFile(
  db: Database,
  caller: Caller,
  params: ImportParams,
  handler: ImportHandler,
  context: ImportContext,
  each: (rows: readonly JudgedRow[], cells: readonly Cells[]) => Promise<void>,
): Promise<void> {
  await withKeptFile(db, caller, params.fileId, (path) =>
    db.read(
      caller,
      async (reader: Reader) => {
        for await (const chunk of readChunks(path, params, handler))
          await each(await handler.judge(reader, chunk.rows, context), chunk.cells)
      },
      { timeoutMs: CHECK_TIMEOUT_MS },
    ),
  )
}

export type Chunk = { readonly rows: readonly ReadRow[]; readonly cells: readonly Cells[]; readonly from: number }

/** The file in chunks of rows as they are read, `from` counting rows below the header. Rows of one document stay together. */
export async function* readChunks(
  path: string,
  params: ImportParams,
  handler: ImportHandler,
  size = chunkRows(params.rows),
): AsyncGenerator<Chunk> {
  const readings = columnReadings(params.kind, params.columns, params.profiles)
  const table = await readTable(
    { path, name: params.fileName },
    {
      ...(params.encoding ? { encoding: params.encoding as TextEncoding } : {}),
      ...(params.separator ? { separator: params.separator as Separator } : {}),
    },
  )
  try {
    let rows: ReadRow[] = []
    let cells: Cells[] = []
    let from = 0
    for await (const row of rowsBelow(table, params.sheet, params.headerLine)) {
      const read = readRow(row, readings)
      const isOther = handler.groupKey === undefined || rows.length === 0 || handler.groupKey(read) !== handler.groupKey(rows.at(-1)!)
      if (rows.length >= size && isOther) {
        yield { rows, cells, from }
        from += rows.length
        rows = []
        cells = []
      }
      rows.push(read)
      cells.push(row)
    }
    if (rows.length > 0) yield { rows, cells, from }
  } finally {
    await table.close()
  }
}
