import { createHash } from 'node:crypto'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { type Caller, may } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { type Chunk, checkImport, readChunks } from './check-import.query.ts'
import { type ImportContext, type ImportHandler, newContext, rememberRow } from './import-handler.query.ts'
import { importHandlers } from './import-handlers.command.ts'
import { advanceRun, endRun, keepMade, keepResult, notifyOfEnd } from './import-run.store.ts'
import { type ImportResult, type ImportRun, importKey } from './import-run.ts'
import { lockWorkedRun, withKeptFile, workedRun } from './import-runs.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import { TieOutCounter } from './tie-out.ts'

/**
 * Brings a file in, chunk by chunk: what a chunk saves and how far the run has come are one transaction, so that a worker that dies is followed by another without a
 * gap or a double. A file of one chunk (5,000 rows) is all or nothing. Whoever may no longer import (left, or in another role, since it was started) is refused. A refusal by a rule ends the run as failed with its sentence; anything else is tried again by the queue.
 */
export async function runImport(db: Database, caller: Caller, id: string): Promise<void> {
  const run = await db.read(caller, (reader) => workedRun(reader, id))
  if (run.status !== 'waiting' && run.status !== 'running') return
  const handler = importHandlers[run.params.kind]
  try {
    if (!may(caller, 'imports.run')) throw new Problem('people.mayNot', { permission: 'imports.run' }, { kind: 'forbidden' })
    if (run.params.options.wholeOnly && run.result.position === 0) await refuseUnlessWhole(db, caller, run, handler)
    await withKeptFile(db, caller, run.params.fileId, (path) => runChunks(db, caller, run, handler, path))
  } catch (error) {
    if (error instanceof RunStopped) return
    if (!(error instanceof Problem) || error.kind === 'unavailable') throw error
    await db.transaction(caller, (tx) => fail(tx, id, error))
  }
}

async function refuseUnlessWhole(db: Database, caller: Caller, run: ImportRun, handler: ImportHandler): Promise<void> {
  const { refused } = await checkImport(db, caller, run, handler)
  if (refused > 0) throw new Problem('imports.someRefused', { count: refused })
}

async function runChunks(db: Database, caller: Caller, run: ImportRun, handler: ImportHandler, path: string): Promise<void> {
  const context = newContext(run.params.options)
  for await (const chunk of ahead(readChunks(path, run.params, handler))) {
    if (chunk.from < run.result.position) for (const row of chunk.rows) rememberRow(context, row)
    else await db.transaction(caller, (tx) => saveChunk(tx, run.id, chunk, handler, context))
  }
}

/** Reads the next chunk while the last one is being saved: the file costs this process time, the saving costs the database. */
async function* ahead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next()
  try {
    for (;;) {
      const { value, done } = await next
      if (done === true) return
      next = items.next()
      next.catch(() => undefined) // reported where it is awaited
      yield value
    }
  } finally {
    await items.return(undefined)
  }
}

/** Somebody cancelled the run, or another worker has taken it over: this one stops without a word. */
class RunStopped extends Error {}

async function saveChunk(tx: Tx, id: string, chunk: Chunk, handler: ImportHandler, context: ImportContext): Promise<void> {
  const run = await lockWorkedRun(tx, id)
  if ((run.status !== 'waiting' && run.status !== 'running') || run.result.position !== chunk.from) throw new RunStopped()
  const judged = await handler.judge(tx, chunk.rows, context)
  const accepted = judged.filter((row) => !isRefused(row))
  if (accepted.length > 0) keepMade(tx, id, chunk.from, await handler.save(tx, accepted, context))
  keepRefused(tx, id, judged, chunk)
  const position = chunk.from + chunk.rows.length
  const finished = position >= run.params.rows
  const already = judged.filter((row) => isRefused(row) && !row.findings.some((one) => one.severity === 'refused')).length
  const refused = judged.length - accepted.length - already
  const result: ImportResult = {
    ...run.result,
    position,
    imported: run.result.imported + accepted.length,
    already: run.result.already + already,
    totals: addTotals(run.result.totals, judged),
    seconds: Math.round((tx.at.getTime() - Date.parse(run.result.startedAt ?? run.createdAt.toISOString())) / 100) / 10,
  }
  advanceRun(tx, { id, status: finished ? 'done' : 'running', done: position, refused: run.refused + refused, result, finished })
  if (finished && run.createdByName !== null) notifyOfEnd(tx, run, { file: run.params.fileName, imported: result.imported })
  if (finished)
    tx.audit({
      action: 'imports.done',
      entity: 'import',
      entityId: id,
      after: { imported: result.imported, already: result.already, refused: run.refused + refused },
    })
}

/** The refused rows with their cells, for the file that the person corrects: JSON lines in the same transaction. */
function keepRefused(tx: Tx, id: string, judged: readonly JudgedRow[], chunk: Chunk): void {
  const lines = judged.flatMap((row, index) =>
    isRefused(row)
      ? [
          JSON.stringify({
            line: row.line,
            cells: chunk.cells[index]!.cells,
            findings: row.findings.filter((one) => one.severity !== 'warned'),
          }),
        ]
      : [],
  )
  if (lines.length === 0) return
  const content = Buffer.from(lines.join('\n'))
  keepResult(
    tx,
    {
      id: uuid(),
      purpose: 'result',
      entityId: id,
      name: `refused ${chunk.from}.jsonl`,
      contentType: 'application/jsonl',
      size: content.length,
      sha256: createHash('sha256').update(content).digest(),
    },
    content,
  )
}

function addTotals(before: ImportResult['totals'], judged: readonly JudgedRow[]): ImportResult['totals'] {
  const counter = new TieOutCounter()
  for (const row of judged)
    if (row.currency !== undefined && row.amount !== undefined) counter.add(row.currency, row.amount, !isRefused(row))
  const sums = new Map(before.map((sum) => [sum.currency, sum]))
  for (const { currency, rows, file, toImport, refused, importRows } of counter.sums) {
    const had = sums.get(currency) ?? { rows: 0, file: '0', toImport: '0', refused: '0', importRows: 0 }
    sums.set(currency, {
      currency,
      rows: had.rows + rows,
      importRows: had.importRows + importRows,
      file: String(BigInt(had.file) + file),
      toImport: String(BigInt(had.toImport) + toImport),
      refused: String(BigInt(had.refused) + refused),
    })
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
}

async function fail(tx: Tx, id: string, { code, params }: Problem): Promise<void> {
  const run = await lockWorkedRun(tx, id)
  if (run.status !== 'waiting' && run.status !== 'running') return
  const isUntouched = run.result.imported === 0
  endRun(tx, id, 'failed', isUntouched ? `failed ${id}` : importKey(run), { ...run.result, problem: { code, params } })
  tx.audit({ action: 'imports.failed', entity: 'import', entityId: id, after: { code, imported: run.result.imported } })
}
