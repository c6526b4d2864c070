import { createReadStream } from 'node:fs'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { type Made, madeKinds } from './import-handler.query.ts'
import type { ImportParams, ImportResult } from './import-run.ts'

const PIECE_BYTES = 1024 * 1024
/** Pieces sent at once: what of a file is in memory. */
const PIECES_AT_ONCE = 4

export type KeptFile = {
  readonly id: string
  readonly purpose: 'upload' | 'result'
  readonly entityId: string
  readonly name: string
  readonly contentType: string
  readonly size: number
  readonly sha256: Buffer
}

/** Keeps a file of the disk in pieces of 1 MB, so that every process can read it. Flushes as it goes. */
export async function insertFile(tx: Tx, file: KeptFile, path: string): Promise<void> {
  tx.insert('files', [{ ...file, entity: 'import', createdBy: tx.caller.actorId }])
  let piece = 0
  for await (const content of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    tx.insert('file_pieces', [{ fileId: file.id, piece, content: content as Buffer }])
    piece += 1
    if (piece % PIECES_AT_ONCE === 0) await tx.flush()
  }
}

/** A small file that was made here, in one piece. */
export function keepResult(tx: Tx, file: KeptFile, content: Buffer): void {
  tx.insert('files', [{ ...file, entity: 'import', createdBy: tx.caller.actorId }])
  const pieces = Array.from({ length: Math.ceil(content.length / PIECE_BYTES) }, (_, piece) => ({
    fileId: file.id,
    piece,
    content: content.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES),
  }))
  tx.insert('file_pieces', pieces)
}

/** An uploaded file that waits to be mapped. Its business key is its own id until it is started. */
export function insertDraft(tx: Tx, id: string, params: ImportParams): void {
  tx.insert('runs', [
    {
      id,
      kind: 'import',
      businessKey: `draft ${id}`,
      status: 'waiting',
      done: 0,
      total: params.rows,
      refused: 0,
      params,
      result: null,
      createdBy: tx.caller.actorId,
      createdAt: tx.at,
    },
  ])
}

export function saveParams(tx: Tx, id: string, params: ImportParams): void {
  tx.update('runs', [{ id, params, total: params.rows }], { set: ['params', 'total'] })
}

/** The database refuses a second run of the same business key. */
export function startRun(tx: Tx, id: string, businessKey: string, params: ImportParams, result: ImportResult): void {
  tx.update('runs', [{ id, businessKey, params, result, heartbeatAt: tx.at }], {
    set: ['businessKey', 'params', 'result', 'heartbeatAt'],
    guard: "t.status = 'waiting' and t.result is null",
  })
}

export function advanceRun(
  tx: Tx,
  run: {
    readonly id: string
    readonly status: string
    readonly done: number
    readonly refused: number
    readonly result: ImportResult
    readonly finished: boolean
  },
): void {
  const { finished, ...row } = run
  tx.update('runs', [{ ...row, heartbeatAt: tx.at, finishedAt: finished ? tx.at : null }], {
    set: ['status', 'done', 'refused', 'result', 'heartbeatAt', 'finishedAt'],
  })
}

export function endRun(tx: Tx, id: string, status: 'failed' | 'cancelled', businessKey: string, result: ImportResult | null): void {
  tx.update('runs', [{ id, status, businessKey, result, finishedAt: tx.at }], { set: ['status', 'businessKey', 'result', 'finishedAt'] })
}

/** Where taking back is; `businessKey` frees the file to come in again. */
export function saveUndoing(
  tx: Tx,
  run: {
    readonly id: string
    readonly status: 'undoing' | 'undone'
    readonly result: ImportResult
    readonly finishedAt: Date | null
    readonly businessKey?: string
  },
): void {
  const set = ['status', 'result', 'heartbeatAt', 'finishedAt', ...(run.businessKey === undefined ? [] : ['businessKey'])]
  tx.update('runs', [{ ...run, heartbeatAt: tx.at }], { set })
}

export function markUndone(tx: Tx, runId: string, fromRow: bigint): void {
  tx.update('import_chunks', [{ runId, fromRow, undoneAt: tx.at }], { match: ['runId', 'fromRow'], set: ['undoneAt'] })
}

/** The person who started it finds the result again under notifications. */
export function notifyOfEnd(
  tx: Tx,
  run: { readonly id: string; readonly createdBy: string },
  params: Readonly<Record<string, string | number>>,
  kind: 'imports.done' | 'imports.undone' = 'imports.done',
): void {
  tx.insert('notifications', [{ id: uuid(), personId: run.createdBy, kind, params, entity: 'import', entityId: run.id }])
}

/** What a chunk has made, for the day when it is to be taken back. */
export function keepMade(tx: Tx, runId: string, fromRow: number, made: Made): void {
  const lists = Object.fromEntries(madeKinds.map((kind) => [kind, made[kind] ?? []]))
  tx.insert('import_chunks', [{ runId, fromRow, ...lists }])
}

export type MappingRow = {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly headerKey: string
  readonly mapping: unknown
  readonly version?: number
}
export function insertMapping(tx: Tx, row: MappingRow): void {
  tx.insert('import_mappings', [row])
}
export function changeMapping(tx: Tx, row: MappingRow & { readonly version: number }): void {
  tx.update('import_mappings', [row], { set: ['headerKey', 'mapping'], expect: ['version'] })
}
export function deleteMapping(tx: Tx, id: string): void {
  tx.delete('import_mappings', [{ id }])
}
