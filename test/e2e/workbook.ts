import { Writable } from 'node:stream'
import type { ExportColumn } from '../../src/platform/files/export-table.ts'
import { writeXlsx } from '../../src/platform/files/xlsx-export.ts'

/** An .xlsx of one sheet as a person's other system would give it out. */
export async function workbook(name: string, columns: readonly ExportColumn[], rows: readonly (readonly (string | number)[])[]) {
  const pieces: Buffer[] = []
  const output = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(Buffer.from(piece))
      done()
    },
  })
  await writeXlsx(output, { sheets: [{ name, columns, rows }] })
  return {
    name: `${name}.xlsx`,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.concat(pieces),
  }
}

export const text = (title: string): ExportColumn => ({ title, kind: 'text' })
export const amount = (title: string): ExportColumn => ({ title, kind: 'amount' })
