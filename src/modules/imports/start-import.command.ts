import { dayIn } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { refuseMapping } from './check-import.query.ts'
import { rememberMapping } from './edit-import.command.ts'
import { advanceRun, endRun, startRun } from './import-run.store.ts'
import { emptyResult, importKey, SILENT_MS } from './import-run.ts'
import { lockImportRun, sameImport } from './import-runs.query.ts'

export const IMPORT_TASK = 'imports.run'

/**
 * Sets the import off: a worker does it after commit. The same file (content, kind, sheet) comes in once; a second time is refused with when and by whom, unless the person
 * says `again`. Throws imports.alreadyImported, imports.started, and what is wrong with the mapping.
 */
export async function startImport(tx: Tx, id: string, { again = false }: { readonly again?: boolean } = {}): Promise<void> {
  const run = await lockImportRun(tx, id)
  if (run.status !== 'draft') throw new Problem('imports.started', {}, { kind: 'conflict' })
  refuseMapping(run.params)
  const key = importKey(run)
  const earlier = await sameImport(tx, key)
  if (earlier !== undefined && !again)
    throw new Problem(
      'imports.alreadyImported',
      { on: dayIn(tx.caller.timeZone, earlier.createdAt), by: earlier.createdByName ?? '', rows: earlier.result.imported },
      { kind: 'conflict' },
    )
  startRun(
    tx,
    id,
    earlier === undefined ? key : `${key} ${id}`,
    { ...run.params, again },
    { ...emptyResult, startedAt: tx.at.toISOString() },
  )
  await rememberMapping(tx, run.params)
  tx.audit({
    action: 'imports.started',
    entity: 'import',
    entityId: id,
    after: { kind: run.params.kind, file: run.params.fileName, rows: run.params.rows, options: run.params.options },
  })
  tx.job(IMPORT_TASK, { runId: id, actorId: tx.caller.actorId }, jobKey(id), { oneAtATime: true })
}

/** Goes on where a run stopped: failed, cancelled, or left by a worker that died. What was saved stays; nothing comes in twice. */
export async function resumeImport(tx: Tx, id: string, inTheNameOf = tx.caller.actorId): Promise<void> {
  const run = await lockImportRun(tx, id)
  const isSilent =
    (run.status === 'running' || run.status === 'waiting') && tx.at.getTime() - (run.heartbeatAt ?? run.createdAt).getTime() > SILENT_MS
  if (run.status !== 'failed' && run.status !== 'cancelled' && !isSilent) throw new Problem('imports.notStopped', {}, { kind: 'conflict' })
  const { problem: _, ...result } = run.result
  advanceRun(tx, { id, status: 'running', done: run.done, refused: run.refused, result, finished: false })
  tx.audit({
    action: 'imports.resumed',
    entity: 'import',
    entityId: id,
    before: { status: run.status },
    after: { position: result.position },
  })
  tx.job(IMPORT_TASK, { runId: id, actorId: inTheNameOf }, jobKey(id), { oneAtATime: true })
}

const CANCELLABLE: readonly string[] = ['draft', 'waiting', 'running', 'failed']

/** Stops an import behind the chunk that is being saved, or drops a draft. What was saved stays. */
export async function cancelImport(tx: Tx, id: string): Promise<void> {
  const run = await lockImportRun(tx, id)
  if (!CANCELLABLE.includes(run.status)) throw new Problem('imports.ended', {}, { kind: 'conflict' })
  const isUntouched = run.result.imported === 0
  endRun(tx, id, 'cancelled', isUntouched ? `cancelled ${id}` : importKey(run), run.status === 'draft' ? null : run.result)
  tx.audit({
    action: 'imports.cancelled',
    entity: 'import',
    entityId: id,
    before: { status: run.status },
    after: { imported: run.result.imported },
  })
}

function jobKey(id: string): string {
  return `import ${id}`
}
