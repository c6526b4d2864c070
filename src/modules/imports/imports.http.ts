import { PassThrough } from 'node:stream'
import { Problem } from '../../kernel/problem.ts'
import type { TextEncoding } from '../../platform/files/text-encoding.ts'
import { writeXlsx } from '../../platform/files/xlsx-export.ts'
import { type BoundRoute, download, handle, read, signedIn, write } from '../../platform/http.ts'
import { word } from '../../platform/words.ts'
import { checkImport } from './check-import.query.ts'
import { mapColumns, nameMapping, placeTable, removeMapping } from './edit-import.command.ts'
import { nameCandidates } from './find-names.query.ts'
import { importForms } from './import-fields.ts'
import { importHandlers } from './import-handlers.command.ts'
import * as mappingsApi from './import-mappings.api.ts'
import { importRun, recentImports, withKeptFile } from './import-runs.query.ts'
import { checkView, namedMappings, progressOf, undoView, viewOf } from './import-view.query.ts'
import * as api from './imports.api.ts'
import { withReceivedFile } from './receive-file.command.ts'
import { refusedWorkbook } from './refused-rows.query.ts'
import { scanFile } from './scan-file.query.ts'
import { cancelImport, resumeImport, startImport } from './start-import.command.ts'
import { undoImport } from './undo-import.command.ts'
import { undoing } from './undoing.query.ts'
import { uploadImport, XLSX } from './upload-import.command.ts'

const OK = { ok: true } as const

export const importsHttp: readonly BoundRoute[] = [
  handle(api.uploadImport, async ({ db, request, reply, caller }, { query }) => {
    const person = signedIn(caller)
    const id = await withReceivedFile(request, async (file) => {
      const scan = await scanFile(file, query.kind)
      return db.transaction(person, (tx) => uploadImport(tx, file, scan, query.kind, query.map))
    })
    reply.code(201)
    return { id }
  }),
  read(api.listImports, async (reader, { query }) => ({
    items: (await recentImports(reader, query)).map((run) => progressOf(run, reader.caller.language, reader.at)),
  })),
  read(api.getImport, async (reader, { params }) => viewOf(reader, await importRun(reader, params.id), reader.at)),
  read(api.getProgress, async (reader, { params }) => progressOf(await importRun(reader, params.id), reader.caller.language, reader.at)),
  write(api.mapColumns, async (tx, { params, body }) => {
    await mapColumns(tx, params.id, { ...body, options: body.options && given(body.options) })
    return OK
  }),
  handle(api.placeTable, async ({ db, caller }, { params, body }) => {
    const person = signedIn(caller)
    const run = await db.read(person, (reader) => importRun(reader, params.id))
    if (run.status !== 'draft') throw new Problem('imports.started', {}, { kind: 'conflict' })
    const encoding = body.encoding ?? (run.params.encoding as TextEncoding | undefined)
    const scan = await withKeptFile(db, person, run.params.fileId, (path) =>
      scanFile({ path, name: run.params.fileName }, run.params.kind, { ...body, encoding }),
    )
    await db.transaction(person, (tx) => placeTable(tx, params.id, scan))
    return OK
  }),
  handle(api.checkImport, async ({ db, caller }, { params }) => {
    const person = signedIn(caller)
    const run = await db.read(person, (reader) => importRun(reader, params.id))
    const check = await checkImport(db, person, run, importHandlers[run.params.kind])
    const isDebt = run.params.kind === 'openItems' || run.params.kind === 'invoices'
    const fields = [...new Set([...check.names.map((name) => name.field), ...(isDebt ? (['terms'] as const) : [])])]
    const candidates = await db.read(person, (reader) =>
      Promise.all(fields.map(async (field) => ({ field, items: await nameCandidates(reader, field) }))),
    )
    return checkView(check, run.params.options, candidates, person.language)
  }),
  download(api.refusedRows, async ({ db, caller }, { params }) => {
    const run = await db.read(caller, (reader) => importRun(reader, params.id))
    const name = `${run.params.fileName.replace(/\.[^.]{1,10}$/, '')} ${word(caller.language, 'imports.refusedFile.sheet') ?? ''}.xlsx`
    return { name, contentType: XLSX, content: refusedWorkbook(db, caller, run, importHandlers[run.params.kind]) }
  }),
  write(api.startImport, async (tx, { params, body }) => {
    await startImport(tx, params.id, body)
    return OK
  }),
  write(api.resumeImport, async (tx, { params }) => {
    await resumeImport(tx, params.id)
    return OK
  }),
  write(api.cancelImport, async (tx, { params }) => {
    await cancelImport(tx, params.id)
    return OK
  }),
  read(api.getUndoing, async (reader, { params }) =>
    undoView(await undoing(reader, await importRun(reader, params.id)), reader.caller.language),
  ),
  write(api.undoImport, async (tx, { params }) => {
    await undoImport(tx, params.id)
    return OK
  }),
  write(mappingsApi.nameMapping, async (tx, { params, body }) => {
    await nameMapping(tx, (await importRun(tx, params.id)).params, body.name)
    return OK
  }),
  read(mappingsApi.listMappings, async (reader) => ({ items: await namedMappings(reader) })),
  write(mappingsApi.removeMapping, async (tx, { params, query }) => {
    await removeMapping(tx, query.kind, params.id)
    return OK
  }),
  download(mappingsApi.importTemplate, async ({ caller }, { params }) => {
    const output = new PassThrough()
    const title = (key: string) => word(caller.language, `imports.fields.${key}`) ?? key
    const columns = importForms[params.kind].fields.map(({ key }) => ({ title: title(key), kind: 'text' as const, width: 16 }))
    const name = word(caller.language, `imports.kinds.${params.kind}`) ?? params.kind
    writeXlsx(output, { sheets: [{ name, columns, rows: [] }] }).catch((error: Error) => output.destroy(error))
    return { name: `${name}.xlsx`, contentType: XLSX, content: output }
  }),
]

/** Options that were given; what was left out stays as it is. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
