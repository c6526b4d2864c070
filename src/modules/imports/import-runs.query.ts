import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missing } from '../../kernel/problem.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader, Tx } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { defaultOptions } from './import-options.ts'
import { emptyResult, type ImportParams, type ImportResult, type ImportRun } from './import-run.ts'
import type { NamedMapping } from './shipped-mappings.ts'

type Stored = Omit<ImportRun, 'done' | 'total' | 'refused' | 'result' | 'status'> & {
  readonly status: 'waiting'
  readonly done: bigint
  readonly total: bigint
  readonly refused: bigint
  readonly result: ImportResult | null
}

const columns = sql`r.id, r.status, r.done, r.total, r.refused, r.params, r.result, r.created_by, p.name as created_by_name, r.created_at, r.heartbeat_at, r.finished_at`
const named = sql`ar.runs r left join ar.people p on p.tenant_id = r.tenant_id and p.id = r.created_by`

/** A file names customers of everybody: whoever sees some of them only is shown the own files. */
function mayBeSeen(reader: Reader): Sql {
  const { scope, actorId } = reader.caller
  return scope.kind === 'all' ? ofCompany(reader) : sql`${ofCompany(reader)} and r.created_by = ${actorId}`
}

export function importRun(reader: Reader, id: string): Promise<ImportRun> {
  return found(reader, sql`${mayBeSeen(reader)} and r.id = ${id}`)
}

/** The same under lock, until the end of the transaction: whoever moves the run's position holds this. */
export function lockImportRun(tx: Tx, id: string): Promise<ImportRun> {
  return found(tx, sql`${mayBeSeen(tx)} and r.id = ${id} for update of r`)
}

/** For a worker: the run it was given, also in the name of somebody who would no longer be shown it, so that it can be ended with a sentence. */
export function workedRun(reader: Reader, id: string): Promise<ImportRun> {
  return found(reader, sql`${ofCompany(reader)} and r.id = ${id}`)
}

export function lockWorkedRun(tx: Tx, id: string): Promise<ImportRun> {
  return found(tx, sql`${ofCompany(tx)} and r.id = ${id} for update of r`)
}

async function found(reader: Reader, condition: Sql): Promise<ImportRun> {
  const run = await reader.maybe<Stored>(sql`select ${columns} from ${named} where ${condition}`)
  if (!run) throw missing('import')
  return runOf(run)
}

function ofCompany({ caller }: Reader): Sql {
  return sql`r.tenant_id = ${caller.tenantId} and r.kind = 'import'`
}

const LISTED_MOST = 100

/** Failed imports are shown as stopped for so many days. */
const STOPPED_DAYS = 14

/** Imports of the company, newest first; `stopped`: those that failed lately. */
export async function recentImports(reader: Reader, { stopped = false }: { readonly stopped?: boolean } = {}): Promise<ImportRun[]> {
  const failed = stopped ? sql`and ${stoppedLately(reader)}` : sql``
  const rows = await reader.all<Stored>(
    sql`select ${columns} from ${named} where ${mayBeSeen(reader)} ${failed} order by r.id desc limit ${LISTED_MOST}`,
  )
  return rows.map(runOf)
}

/** `r` are the runs. */
function stoppedLately({ today }: Reader): Sql {
  return sql`r.status = 'failed' and r.created_at >= ${today}::date - ${STOPPED_DAYS}::int`
}

/** The run that has this business key, if any: the same file came in before. */
export async function sameImport(reader: Reader, businessKey: string): Promise<ImportRun | undefined> {
  const found = await reader.maybe<Stored>(
    sql`select ${columns} from ${named} where r.tenant_id = ${reader.caller.tenantId} and r.kind = 'import' and r.business_key = ${businessKey}`,
  )
  return found && runOf(found)
}

function runOf({ done, total, refused, result, status, ...run }: Stored): ImportRun {
  return {
    ...run,
    params: { ...run.params, options: { ...defaultOptions, ...run.params.options } }, // drafts of an earlier version know fewer
    status: status === 'waiting' && result === null ? 'draft' : status,
    done: Number(done),
    total: Number(total),
    refused: Number(refused),
    result: result ?? emptyResult,
  }
}

/** Puts the kept file on this machine's disk for as long as `use` runs. */
export async function withKeptFile<T>(db: Database, caller: Caller, fileId: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'huikuan-import-'))
  try {
    const path = join(folder, 'file')
    const target = await open(path, 'w', 0o600)
    try {
      await db.read(caller, async (reader) => {
        for await (const pieces of reader.pieces<{ content: Buffer }>(
          sql`select p.content from ar.file_pieces p where p.tenant_id = ${caller.tenantId} and p.file_id = ${fileId} order by p.piece`,
          4,
        ))
          for (const { content } of pieces) await target.write(content)
      })
    } finally {
      await target.close()
    }
    return await use(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export type KeptFileHead = { readonly id: string; readonly name: string; readonly contentType: string; readonly size: bigint }
export async function keptFile(reader: Reader, id: string): Promise<KeptFileHead> {
  const found = await reader.maybe<KeptFileHead>(
    sql`select f.id, f.name, f.content_type, f.size from ar.files f where f.tenant_id = ${reader.caller.tenantId} and f.id = ${id} and f.entity = 'import'`,
  )
  if (!found) throw missing('file')
  return found
}

export type StoredMapping = NamedMapping & { readonly id: string; readonly headerKey: string; readonly version: number }
/** Mappings that the company has named, or that were remembered by themselves (their name is the header key). */
export async function storedMappings(reader: Reader, kind: string): Promise<StoredMapping[]> {
  const rows = await reader.all<{
    id: string
    kind: NamedMapping['kind']
    name: string
    headerKey: string
    mapping: Pick<NamedMapping, 'columns' | 'options'>
    version: number
  }>(
    sql`select m.id, m.kind, m.name, m.header_key, m.mapping, m.version from ar.import_mappings m where m.tenant_id = ${reader.caller.tenantId} and m.kind = ${kind} order by m.name limit 500`,
  )
  return rows.map(({ mapping, ...row }) => ({ ...row, ...mapping }))
}

/** Rows below the header of an import's file, for a preview without the file: what was kept of it. */
export function previewRows({ preview }: ImportParams): { line: number; cells: readonly string[]; formulas: ReadonlySet<number> }[] {
  return preview.map((row) => ({ ...row, formulas: new Set(row.formulas) }))
}
