import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { IMPORT_TASK, resumeImport } from './start-import.command.ts'

/** A run that has said nothing for so long was left by a worker that died: one chunk takes seconds. */
const LEFT_AFTER_MINUTES = 3
const AT_ONCE_MOST = 10

/** Lets imports go on that a killed worker left behind, in the name of who started them. Nothing comes in twice: a chunk and its position are one transaction. */
export async function resumeSilentImports(tx: Tx): Promise<void> {
  const left = await tx.all<{ id: string; createdBy: string; status: string }>(sql`select r.id, r.created_by, r.status from ar.runs r
    where r.tenant_id = ${tx.caller.tenantId} and r.kind = 'import' and (r.status = 'running' or r.status = 'undoing' and r.result->'problem' is null)
      and coalesce(r.heartbeat_at, r.created_at) < ${tx.at}::timestamptz - make_interval(mins => ${LEFT_AFTER_MINUTES}) order by r.id limit ${AT_ONCE_MOST}`)
  for (const { id, createdBy, status } of left) {
    if (status === 'undoing') tx.job(IMPORT_TASK, { runId: id, actorId: createdBy }, `import ${id}`, { oneAtATime: true })
    else await resumeImport(tx, id, createdBy)
  }
}
