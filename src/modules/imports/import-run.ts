import type { ReasonedParams } from '../../kernel/problem.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { MappedColumn } from './column-reading.ts'
import type { ImportKind } from './import-fields.ts'
import type { ImportOptions } from './import-options.ts'

/** What stands in ar.runs.params of an import: the file, how it is read, what was decided. */
export type ImportParams = {
  readonly kind: ImportKind
  readonly fileId: string
  readonly fileName: string
  readonly sha256: string
  readonly fileKind: 'xlsx' | 'text'
  readonly encoding?: string | undefined
  readonly separator?: string | undefined
  readonly sheets: readonly { readonly name: string; readonly isHidden: boolean }[]
  readonly sheet: string
  readonly headerLine: number
  readonly rows: number
  readonly profiles: readonly ColumnProfile[]
  readonly preview: readonly { readonly line: number; readonly cells: readonly string[]; readonly formulas: readonly number[] }[]
  readonly columns: readonly MappedColumn[]
  readonly mappingName: string | null
  readonly options: ImportOptions
  /** Confirmed that the same file comes in a second time. */
  readonly again?: boolean
}

/** What stands in ar.runs.result: where the run is and what it has done. Amounts in minor units as decimal text. */
export type ImportResult = {
  /** Rows read so far: where the next chunk begins, in the same transaction as what the chunk saved. */
  readonly position: number
  readonly imported: number
  readonly already: number
  readonly totals: readonly {
    readonly currency: string
    readonly rows: number
    readonly file: string
    readonly toImport: string
    readonly refused: string
    readonly importRows: number
  }[]
  readonly refusedFileId?: string | undefined
  readonly problem?: { readonly code: string; readonly params: ReasonedParams } | undefined
  /** Documents taken back so far. */
  readonly undone?: number | undefined
  readonly startedAt?: string | undefined
  readonly seconds?: number | undefined
}
export const emptyResult: ImportResult = { position: 0, imported: 0, already: 0, totals: [] }

/** `draft`: uploaded, being mapped; the others are ar.runs.status. */
export type ImportStatus = 'draft' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'undoing' | 'undone'
export type ImportRun = {
  readonly id: string
  readonly status: ImportStatus
  readonly done: number
  readonly total: number
  readonly refused: number
  readonly params: ImportParams
  readonly result: ImportResult
  readonly createdBy: string
  readonly createdByName: string | null
  readonly createdAt: Date
  readonly heartbeatAt: Date | null
  readonly finishedAt: Date | null
}

/** Up to this many rows go in as one transaction: all accepted rows or none, whatever happens. */
export const WHOLE_ROWS_MOST = 5_000
/** Larger files go in chunks that a stopped run resumes behind. */
const CHUNK_ROWS = 2_500

/** Rows of one transaction, the same however often a run is resumed. */
export function chunkRows(rows: number): number {
  return rows <= WHOLE_ROWS_MOST ? WHOLE_ROWS_MOST : CHUNK_ROWS
}
/** A running import whose worker has not been heard of for so long is taken up by another. */
export const SILENT_MS = 30_000

/** What makes two imports the same: the kind, the file's content and its sheet, whatever the file is called. Unique in the company, unless the person said `again`. */
export function importKey({ id, params }: ImportRun): string {
  const sheet = params.fileKind === 'xlsx' ? params.sheet : ''
  return [params.kind, params.sha256, sheet, ...(params.again === true ? [id] : [])].join(' ')
}
