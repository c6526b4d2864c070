import { createHash } from 'node:crypto'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { fieldTwice, type MappedColumn } from './column-reading.ts'
import { nameCandidates } from './find-names.query.ts'
import { type ImportKind, importField } from './import-fields.ts'
import type { ImportOptions } from './import-options.ts'
import { changeMapping, deleteMapping, insertMapping, saveParams } from './import-run.store.ts'
import type { ImportParams, ImportRun } from './import-run.ts'
import { lockImportRun, storedMappings } from './import-runs.query.ts'
import type { FileScan } from './scan-file.query.ts'
import { shippedMappings } from './shipped-mappings.ts'
import { chooseMapping, fileKey, REMEMBERED, replacedScan } from './upload-import.command.ts'

/** Changes which column goes into which field, and the options. Only before the import is started. */
export async function mapColumns(
  tx: Tx,
  id: string,
  wanted: {
    readonly columns?: readonly Pick<MappedColumn, 'field' | 'read'>[] | undefined
    readonly mapping?: string | undefined
    readonly options?: Partial<ImportOptions> | undefined
  },
): Promise<void> {
  const { params } = await lockDraft(tx, id)
  const headers = params.columns.map((column) => column.header)
  const named = wanted.mapping === undefined ? undefined : await chooseMapping(tx, params.kind, headers, wanted.mapping)
  const columns = wanted.columns === undefined ? (named?.columns ?? params.columns) : withHeaders(params, wanted.columns)
  const options = { ...params.options, ...named?.options, ...wanted.options }
  if (wanted.options?.names !== undefined) await refuseUnknownChoices(tx, wanted.options.names)
  if (wanted.options?.newTermsId) await refuseUnknownChoices(tx, [{ field: 'terms', value: '', id: wanted.options.newTermsId }])
  saveParams(tx, id, {
    ...params,
    columns,
    options,
    mappingName: wanted.columns === undefined ? (named?.name ?? params.mappingName) : null,
  })
}

/** Reads the file anew: other sheet, header row or encoding. */
export async function placeTable(tx: Tx, id: string, scan: FileScan): Promise<void> {
  const { params } = await lockDraft(tx, id)
  saveParams(tx, id, await replacedScan(tx, params, scan))
}

async function lockDraft(tx: Tx, id: string): Promise<ImportRun> {
  const run = await lockImportRun(tx, id)
  if (run.status !== 'draft') throw new Problem('imports.started', {}, { kind: 'conflict' })
  return run
}

/** A word may only be set to something of this company that a person could have chosen. */
async function refuseUnknownChoices(tx: Tx, names: ImportOptions['names']): Promise<void> {
  for (const [field, own] of Map.groupBy(names, (name) => name.field)) {
    const known = new Set((await nameCandidates(tx, field)).map((one) => one.id))
    if (own.some(({ id }) => id !== null && !known.has(id))) throw missing(field)
  }
}

function withHeaders(params: ImportParams, columns: readonly Pick<MappedColumn, 'field' | 'read'>[]): MappedColumn[] {
  if (columns.length !== params.columns.length)
    throw new Problem('imports.otherColumns', { count: params.columns.length }, { kind: 'invalid', path: 'columns' })
  const mapped = columns.map(({ field, read }, at) => ({
    header: params.columns[at]!.header,
    field,
    ...(read === undefined ? {} : { read }),
  }))
  const unknown = mapped.find((column) => column.field !== null && importField(params.kind, column.field) === undefined)
  if (unknown !== undefined)
    throw new Problem('imports.noSuchField', { field: unknown.field!, kind: params.kind }, { kind: 'invalid', path: 'columns' })
  const twice = fieldTwice(mapped)
  if (twice !== undefined) throw new Problem('imports.fieldTwice', { field: twice }, { kind: 'invalid', path: 'columns' })
  return mapped
}

/** Keeps the mapping of an import under a name, for files of the same headers. A name that is there is changed. */
export async function nameMapping(tx: Tx, params: ImportParams, name: string): Promise<void> {
  if (name.startsWith(REMEMBERED) || shippedMappings.some((mapping) => mapping.name === name))
    throw new Problem('imports.nameTaken', { name }, { kind: 'conflict', path: 'name' })
  await keepMapping(tx, params, name, params.options)
  tx.audit({ action: 'imports.mappingNamed', entity: 'importMapping', after: { kind: params.kind, name } })
}

/** 改过的会记住: what was mapped for these headers is offered the next time. Not the options: what they create is decided each time. */
export async function rememberMapping(tx: Tx, params: ImportParams): Promise<void> {
  const key = fileKey(params.columns.map((column) => column.header))
  await keepMapping(tx, params, `${REMEMBERED}${createHash('sha256').update(key).digest('hex').slice(0, 32)}`)
}

async function keepMapping(tx: Tx, { kind, columns }: ImportParams, name: string, options?: ImportOptions): Promise<void> {
  const mapping = {
    columns: columns.flatMap(({ header, field, read }) =>
      field === null ? [] : [{ header, field, ...(read === undefined ? {} : { read }) }],
    ),
    ...(options === undefined
      ? {}
      : {
          options: { createCustomers: options.createCustomers, createRegions: options.createRegions, dueFromTerms: options.dueFromTerms },
        }),
  }
  const known = (await storedMappings(tx, kind)).find((one) => one.name === name)
  const row = { id: known?.id ?? uuid(), kind, name, headerKey: fileKey(columns.map((column) => column.header)), mapping }
  if (known === undefined) insertMapping(tx, row)
  else changeMapping(tx, { ...row, version: known.version })
}

export async function removeMapping(tx: Tx, kind: ImportKind, id: string): Promise<void> {
  const known = (await storedMappings(tx, kind)).find((one) => one.id === id)
  if (known === undefined) throw missing('importMapping')
  deleteMapping(tx, id)
  tx.audit({ action: 'imports.mappingRemoved', entity: 'importMapping', entityId: id, before: { kind, name: known.name } })
}
