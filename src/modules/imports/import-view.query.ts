import type { Language } from '../../kernel/language.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { ProblemParams } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { problemSentence, word } from '../../platform/words.ts'
import type { FindingGroup } from './check-counter.ts'
import type { ImportCheck } from './check-import.query.ts'
import { columnNote, columnReadings, missingFields } from './column-reading.ts'
import { importForms, importKinds } from './import-fields.ts'
import type { ImportOptions, NamedField } from './import-options.ts'
import { type ImportRun, SILENT_MS } from './import-run.ts'
import { previewRows, storedMappings } from './import-runs.query.ts'
import type { JudgedRow } from './judged-row.ts'
import { readRow } from './read-row.ts'
import { mappingFits, shippedMappings } from './shipped-mappings.ts'
import { difference, type TieOut } from './tie-out.ts'
import type { Undoing } from './undoing.query.ts'
import { REMEMBERED } from './upload-import.command.ts'

/** How far a run is, in the answer's form. */
export function progressOf(run: ImportRun, language: Language, now: Date) {
  const { id, status, params, done, refused, result, createdByName, createdAt, finishedAt, heartbeatAt } = run
  const silent =
    (status === 'running' || status === 'waiting' || status === 'undoing') &&
    now.getTime() - (heartbeatAt ?? createdAt).getTime() > SILENT_MS
  return {
    id,
    kind: params.kind,
    status,
    fileName: params.fileName,
    rows: params.rows,
    done,
    imported: result.imported,
    already: result.already,
    refused,
    silent,
    totals: result.totals.map((one) =>
      totalOf({ ...one, file: BigInt(one.file), toImport: BigInt(one.toImport), refused: BigInt(one.refused) }),
    ),
    message: result.problem === undefined ? null : problemSentence(language, result.problem.code, result.problem.params),
    createdByName,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    seconds: result.seconds ?? null,
  }
}

function totalOf(sum: TieOut) {
  const { currency, rows, importRows, file, toImport, refused } = sum
  const money = (minor: bigint) => formatMinor(minor, currency)
  return {
    currency,
    rows,
    importRows,
    file: money(file),
    toImport: money(toImport),
    refused: money(refused),
    difference: money(difference(sum)),
  }
}

/** Everything the mapping page shows, from what was kept of the file. */
export async function viewOf(reader: Reader, run: ImportRun, now: Date) {
  const { params } = run
  const { language } = reader.caller
  const headers = params.columns.map((column) => column.header)
  const stored = await storedMappings(reader, params.kind)
  const mappings = [
    ...stored
      .filter((one) => !one.name.startsWith(REMEMBERED))
      .map((one) => ({ id: one.id as string | null, name: one.name, shipped: false, fits: mappingFits(one, headers) })),
    ...shippedMappings
      .filter((one) => one.kind === params.kind)
      .map((one) => ({ id: null, name: one.name, shipped: true, fits: mappingFits(one, headers) })),
  ]
  return {
    ...progressOf(run, language, now),
    fileKind: params.fileKind,
    encoding: params.encoding ?? null,
    sheets: [...params.sheets],
    sheet: params.sheet,
    headerLine: params.headerLine,
    columns: params.columns.map((column, at) => {
      const { how, note, count, asks, chosen } = columnNote(params.kind, column, params.profiles[at]!, params.rows)
      return {
        header: column.header,
        sample: params.profiles[at]!.samples[0] ?? '',
        field: column.field,
        read: column.read ?? null,
        how,
        note: note ?? null,
        count: count ?? null,
        asks: [...(asks ?? [])] as ('dmy' | 'mdy' | 'dot' | 'comma')[],
        chosen: chosen ?? null,
      }
    }),
    fields: importForms[params.kind].fields.map(({ key, type }) => ({
      key,
      type,
      needed: importForms[params.kind].needs.some((group) => group[0] === key),
    })),
    missing: missingFields(params.kind, params.columns),
    preview: previewOf(run, language),
    mappings,
    mappingName: params.mappingName,
    options: { ...params.options, rates: [...params.options.rates], names: [...params.options.names] },
  }
}

/** Every mapping that has a name. */
export async function namedMappings(reader: Reader) {
  const stored = await Promise.all(importKinds.map((kind) => storedMappings(reader, kind)))
  return [
    ...shippedMappings.map(({ name, kind }) => ({ id: null, name, kind, shipped: true })),
    ...stored
      .flat()
      .filter((one) => !one.name.startsWith(REMEMBERED))
      .map(({ id, name, kind }) => ({ id, name, kind, shipped: false })),
  ]
}

function previewOf({ params }: ImportRun, language: Language) {
  const readings = columnReadings(params.kind, params.columns, params.profiles)
  return previewRows(params).map((row) => {
    const { values, findings } = readRow(row, readings)
    return {
      line: row.line,
      cells: readings.map(({ field, column }) => {
        const finding = findings.find((one) => one.field === field)
        return {
          field,
          text: values[field] ?? row.cells[column] ?? '',
          problem: finding === undefined ? null : problemSentence(language, finding.code, finding.params ?? {}),
        }
      }),
    }
  })
}

type Candidates = { readonly field: NamedField; readonly items: { id: string; label: string }[] }[]

/** The dry run in the caller's language. */
export function checkView(
  { totals, refusedRows, warnedRows, acceptedRows, groups, names, ...check }: ImportCheck,
  options: ImportOptions,
  candidates: Candidates,
  language: Language,
) {
  const rows = (judged: readonly JudgedRow[]) => judged.map((row) => judgedView(row, language))
  const isCreating = options.createRegions
  return {
    ...check,
    totals: totals.map(totalOf),
    groups: groups.map(({ params, ...group }) => ({
      ...group,
      lines: [...group.lines],
      message: groupSentence(language, { ...group, params }),
    })),
    names: names
      .filter((name) => name.field !== 'region' || !isCreating)
      .map(({ field, value, rows: count }) => {
        const chosen = options.names.find((one) => one.field === field && one.value === value)
        const choice = chosen === undefined ? ('open' as const) : chosen.id === null ? ('blank' as const) : ('chosen' as const)
        return { field, value, rows: count, choice, id: chosen?.id ?? null }
      }),
    candidates,
    refusedRows: rows(refusedRows),
    warnedRows: rows(warnedRows),
    acceptedRows: rows(acceptedRows),
  }
}

/** A kind of remark in one line; kinds that have no sentence of their own are said by their first row. */
function groupSentence(language: Language, { code, rows, params }: Omit<FindingGroup, 'lines' | 'severity'>): string {
  const own = word(language, `imports.groups.${code.slice(code.indexOf('.') + 1)}`, { count: rows })
  return own ?? word(language, 'imports.groups.other', { count: rows, sentence: sentenceOf(language, code, params) }) ?? code
}

/** A field inside a sentence is called by its title. */
export function sentenceOf(language: Language, code: string, params: ProblemParams): string {
  const { field } = params
  return problemSentence(
    language,
    code,
    field === undefined ? params : { ...params, field: word(language, `imports.fields.${field}`) ?? field },
  )
}

/** What taking back would do, in the caller's language. */
export function undoView({ documents, ...counts }: Undoing, language: Language) {
  return {
    ...counts,
    documents: documents
      .map((one) => ({ ...one, message: problemSentence(language, `imports.${one.reason}`, { no: one.no, by: one.by ?? '' }) }))
      .map(({ by: _, ...one }) => one),
  }
}

const ORDER: readonly string[] = ['refused', 'already', 'warned', 'noted']

function judgedView({ line, title, currency, amount, findings }: JudgedRow, language: Language) {
  return {
    line,
    title,
    currency: currency ?? null,
    amount: currency === undefined || amount === undefined ? null : formatMinor(amount, currency),
    findings: findings
      .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
      .map(({ severity, field, code, params = {}, fix }) => ({
        severity,
        field,
        code,
        params,
        message: sentenceOf(language, code, { field, ...params }),
        fix: fix === undefined ? null : (word(language, `imports.fixes.${fix}`) ?? fix),
      })),
  }
}
