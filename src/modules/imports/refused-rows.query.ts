import { PassThrough, type Readable } from 'node:stream'
import type { Caller } from '../../platform/caller.ts'
import type { Database } from '../../platform/db.ts'
import { writeXlsx } from '../../platform/files/xlsx-export.ts'
import { sql } from '../../platform/sql.ts'
import { word } from '../../platform/words.ts'
import { judgeFile } from './check-import.query.ts'
import { type ImportHandler, newContext } from './import-handler.query.ts'
import type { ImportRun } from './import-run.ts'
import { sentenceOf } from './import-view.query.ts'
import { isRefused } from './judged-row.ts'
import type { Finding } from './read-row.ts'

type RefusedRow = { readonly line: number; readonly cells: readonly string[]; readonly findings: readonly Finding[] }

/**
 * The refused rows as Excel: the file's own columns, then line and reason in the caller's language, so that they can be corrected and uploaded again. Before the import
 * they are judged anew, afterwards they are those that were left out.
 */
export function refusedWorkbook(db: Database, caller: Caller, run: ImportRun, handler: ImportHandler): Readable {
  const { language } = caller
  const title = (key: string) => word(language, `imports.refusedFile.${key}`) ?? key
  const columns = [
    ...run.params.columns.map(({ header }) => ({ title: header, kind: 'text' as const })),
    { title: title('line'), kind: 'integer' as const },
    { title: title('reason'), kind: 'text' as const, width: 60 },
  ]
  const output = new PassThrough()
  const rows = run.status === 'draft' ? judgedAnew(db, caller, run, handler) : keptRows(db, caller, run.id)
  async function* cells() {
    for await (const row of rows) {
      const reasons = row.findings
        .filter((one) => one.severity === 'refused' || one.severity === 'already')
        .map(({ field, code, params }) => sentenceOf(language, code, { field, ...params }))
      yield [...run.params.columns.map((_, at) => row.cells[at] ?? ''), row.line, reasons.join(' ')]
    }
  }
  writeXlsx(output, { sheets: [{ name: title('sheet'), columns, rows: cells() }] }).catch((error: Error) => output.destroy(error))
  return output
}

async function* judgedAnew(db: Database, caller: Caller, run: ImportRun, handler: ImportHandler): AsyncGenerator<RefusedRow> {
  const refused: RefusedRow[] = []
  await judgeFile(db, caller, run.params, handler, newContext(run.params.options), async (judged, cells) => {
    judged.forEach((row, index) => {
      if (isRefused(row)) refused.push({ line: row.line, cells: cells[index]!.cells, findings: row.findings })
    })
  })
  yield* refused
}

/** One chunk's rows at a time, as they were kept. */
async function* keptRows(db: Database, caller: Caller, runId: string): AsyncGenerator<RefusedRow> {
  const files = await db.read(caller, (reader) =>
    reader.all<{ id: string }>(
      sql`select f.id from ar.files f where f.tenant_id = ${caller.tenantId} and f.entity_id = ${runId} and f.purpose = 'result' order by f.id`,
    ),
  )
  for (const { id } of files) {
    const pieces = await db.read(caller, (reader) =>
      reader.all<{ content: Buffer }>(
        sql`select p.content from ar.file_pieces p where p.tenant_id = ${caller.tenantId} and p.file_id = ${id} order by p.piece`,
      ),
    )
    for (const line of Buffer.concat(pieces.map((piece) => piece.content))
      .toString('utf8')
      .split('\n'))
      yield JSON.parse(line) as RefusedRow
  }
}
