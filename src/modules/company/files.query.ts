import { Readable } from 'node:stream'
import { missing } from '../../kernel/problem.ts'
import { type Caller, may } from '../../platform/caller.ts'
import type { Database, Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type Attachable, attachmentRights } from './attachable.ts'

export type FileRow = {
  id: string
  purpose: 'upload' | 'attachment' | 'result'
  entity: string | null
  entityId: string | null
  name: string
  contentType: string
  size: bigint
  createdBy: string
  createdByName: string
  createdAt: Date
}

const columns = sql`f.id, f.purpose, f.entity, f.entity_id, f.name, f.content_type, f.size, f.created_by, coalesce(p.name, '') as created_by_name, f.created_at`
const tables: Readonly<Record<Attachable, string>> = {
  customer: 'customers',
  order: 'orders',
  receivable: 'receivables',
  receipt: 'receipts',
}

/** Throws a 404 unless the caller has the right and the document is in their scope (row security decides). */
export async function requireParent(reader: Reader, entity: Attachable, entityId: string, right: 'view' | 'edit'): Promise<void> {
  if (!may(reader.caller, attachmentRights[entity][right])) throw missing(entity)
  const found = await reader.maybe(
    sql`select 1 as one from ar.${sql.ref(tables[entity])} x where x.tenant_id = ${reader.caller.tenantId} and x.id = ${entityId}`,
  )
  if (!found) throw missing(entity)
}

export async function attachments(reader: Reader, entity: Attachable, entityId: string): Promise<FileRow[]> {
  await requireParent(reader, entity, entityId, 'view')
  return reader.all<FileRow>(sql`select ${columns} from ar.files f left join ar.people p on p.tenant_id = f.tenant_id and p.id = f.created_by
    where f.tenant_id = ${reader.caller.tenantId} and f.entity_id = ${entityId} and f.entity = ${entity} and f.purpose = 'attachment' order by f.id limit 200`)
}

/** An attachment of a visible document; uploads and results only for who made them. */
export async function file(reader: Reader, id: string, right: 'view' | 'edit' = 'view'): Promise<FileRow> {
  const found = await reader.maybe<FileRow>(
    sql`select ${columns} from ar.files f left join ar.people p on p.tenant_id = f.tenant_id and p.id = f.created_by where f.tenant_id = ${reader.caller.tenantId} and f.id = ${id}`,
  )
  if (!found) throw missing('file')
  if (found.purpose === 'attachment' && found.entity && found.entityId)
    await requireParent(reader, found.entity as Attachable, found.entityId, right)
  else if (found.createdBy !== reader.caller.actorId) throw missing('file')
  return found
}

/** The content, piece by piece as it is sent: one piece in memory at a time. */
export function fileContent(db: Database, caller: Caller, id: string): Readable {
  return Readable.from(
    (async function* () {
      for (let piece = 0; ; piece += 1) {
        const found = await db.read(caller, (reader) =>
          reader.maybe<{ content: Buffer }>(
            sql`select p.content from ar.file_pieces p where p.tenant_id = ${caller.tenantId} and p.file_id = ${id} and p.piece = ${piece}`,
          ),
        )
        if (!found) return
        yield found.content
      }
    })(),
    { objectMode: false },
  )
}

export type Run = {
  id: string
  kind: string
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  done: bigint
  total: bigint | null
  refused: bigint
  result: unknown
  createdAt: Date
  finishedAt: Date | null
}
const runColumns = sql`r.id, r.kind, r.status, r.done, r.total, r.refused, r.result, r.created_at, r.finished_at`

export async function runs(reader: Reader, kind: string | undefined): Promise<Run[]> {
  return reader.all<Run>(
    sql`select ${runColumns} from ar.runs r where r.tenant_id = ${reader.caller.tenantId} and r.created_by = ${reader.caller.actorId} and (${kind ?? null}::text is null or r.kind = ${kind ?? null}) order by r.id desc limit 50`,
  )
}

export async function run(reader: Reader, id: string): Promise<Run> {
  const found = await reader.maybe<Run>(
    sql`select ${runColumns} from ar.runs r where r.tenant_id = ${reader.caller.tenantId} and r.created_by = ${reader.caller.actorId} and r.id = ${id}`,
  )
  if (!found) throw missing('run')
  return found
}
