import { periodOf } from '../../kernel/day.ts'
import { languages } from '../../kernel/language.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { TextEncoding } from '../../platform/files/text-encoding.ts'
import { word } from '../../platform/words.ts'
import { periodsAsked } from '../vouchers/periods.query.ts'
import type { MappedColumn } from './column-reading.ts'
import { guessFields, headersKey } from './header-match.ts'
import type { ImportKind } from './import-fields.ts'
import { defaultOptions, type ImportOptions } from './import-options.ts'
import { insertDraft, insertFile } from './import-run.store.ts'
import type { ImportParams } from './import-run.ts'
import { storedMappings } from './import-runs.query.ts'
import { usualOpeningDay } from './opening-day.ts'
import type { FileScan } from './scan-file.query.ts'
import { applyMapping, mappingFits, type NamedMapping, shippedMappings } from './shipped-mappings.ts'

/** A file on this machine's disk that has been received whole. */
export type ReceivedFile = { readonly path: string; readonly name: string; readonly size: number; readonly sha256: Buffer }

/**
 * Keeps a file that has been read once, and begins an import of it: the mapping named, else the one remembered for these headers, else one that ships and fits, else
 * what the headers look like. Throws imports.noSuchMapping.
 */
export async function uploadImport(tx: Tx, file: ReceivedFile, scan: FileScan, kind: ImportKind, mappingName?: string): Promise<string> {
  const id = uuid()
  const fileId = uuid()
  const headers = scan.profiles.map((profile) => profile.header)
  const chosen = await chooseMapping(tx, kind, headers, mappingName)
  const params: ImportParams = {
    kind,
    fileId,
    fileName: file.name,
    sha256: file.sha256.toString('hex'),
    ...scan,
    columns: chosen.columns,
    mappingName: chosen.name,
    options: { ...defaultOptions, ...(await usualOptions(tx, kind)), ...chosen.options },
  }
  await insertFile(
    tx,
    {
      id: fileId,
      purpose: 'upload',
      entityId: id,
      name: file.name,
      contentType: scan.fileKind === 'xlsx' ? XLSX : 'text/csv',
      size: file.size,
      sha256: file.sha256,
    },
    file.path,
  )
  insertDraft(tx, id, params)
  tx.audit({
    action: 'imports.uploaded',
    entity: 'import',
    entityId: id,
    after: { kind, file: file.name, sha256: params.sha256, rows: scan.rows },
  })
  return id
}

/** What a file of this kind usually wants. Opening balances: as of the last month end, unless that month is closed here already. */
async function usualOptions(tx: Tx, kind: ImportKind): Promise<Partial<ImportOptions>> {
  if (kind === 'customers') return { createRegions: true }
  if (kind !== 'openItems') return {}
  const openingOn = usualOpeningDay(tx.today)
  const period = periodOf(openingOn)
  const { found, lastClosed } = await periodsAsked(tx, [period])
  const isClosed = found.get(period) === 'closed' || (!found.has(period) && lastClosed >= period)
  return { openingOn: isClosed ? tx.today : openingOn }
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Chosen = {
  readonly name: string | null
  readonly columns: readonly MappedColumn[]
  readonly options?: Partial<ImportOptions> | undefined
}

export async function chooseMapping(tx: Tx, kind: ImportKind, headers: readonly string[], name: string | undefined): Promise<Chosen> {
  const stored = await storedMappings(tx, kind)
  const shipped = shippedMappings.filter((mapping) => mapping.kind === kind)
  if (name !== undefined) {
    const named = [...stored, ...shipped].find((mapping) => mapping.name === name)
    if (named === undefined) throw noSuchMapping(name, kind, stored, shipped)
    return laid(named, headers)
  }
  const key = fileKey(headers)
  const known = stored.find((mapping) => mapping.headerKey === key) ?? shipped.find((mapping) => mappingFits(mapping, headers))
  if (known !== undefined) return laid(known, headers)
  const fields = guessFields(kind, headers)
  return { name: null, columns: headers.map((header, at) => ({ header, field: fields[at]! })) }
}

/** What a mapping is remembered by: the headers, without the two columns that our file of refused rows adds, so that it is mapped as the file it came from. */
export function fileKey(headers: readonly string[]): string {
  const own = new Set(languages.flatMap((language) => ['line', 'reason'].map((name) => word(language, `imports.refusedFile.${name}`))))
  return headersKey(headers.filter((header) => !own.has(header)))
}

/** Remembered mappings have no name of their own. */
export const REMEMBERED = '#'

/** Says which mappings there are for this kind, those that ship and those that somebody kept here. */
function noSuchMapping(name: string, kind: ImportKind, stored: readonly NamedMapping[], shipped: readonly NamedMapping[]): Problem {
  const namesOf = (mappings: readonly NamedMapping[]) =>
    mappings
      .map((one) => one.name)
      .filter((one) => !one.startsWith(REMEMBERED))
      .join(', ') || '–'
  const ofOthers = shippedMappings.find((mapping) => mapping.name === name)
  const params = { name, kind, shipped: namesOf(shipped), saved: namesOf(stored) }
  return ofOthers === undefined
    ? new Problem('imports.noSuchMapping', params, { kind: 'invalid', path: 'map' })
    : new Problem('imports.mappingOfOtherKind', { ...params, other: ofOthers.kind }, { kind: 'invalid', path: 'map' })
}

function laid(mapping: NamedMapping, headers: readonly string[]): Chosen {
  return {
    name: mapping.name.startsWith(REMEMBERED) ? null : mapping.name,
    columns: applyMapping(mapping, headers),
    options: mapping.options,
  }
}

/** The same file read in another way: other sheet, header row or encoding. The mapping begins anew. */
export async function replacedScan(tx: Tx, params: ImportParams, scan: FileScan): Promise<ImportParams> {
  const headers = scan.profiles.map((profile) => profile.header)
  const chosen = await chooseMapping(tx, params.kind, headers, undefined)
  return {
    ...params,
    ...scan,
    encoding: scan.encoding satisfies TextEncoding | undefined,
    columns: chosen.columns,
    mappingName: chosen.name,
  }
}
