import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTable } from '../../src/platform/files/read-table.ts'

/** The cells of a workbook that was downloaded, row by row, as texts. */
export async function excelRows(raw: Buffer): Promise<readonly (readonly string[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'huikuan-excel-'))
  await writeFile(join(folder, 'f'), raw)
  const table = await readTable({ path: join(folder, 'f'), name: 'f.xlsx' })
  const rows: (readonly string[])[] = []
  for await (const row of table.rows()) rows.push(row.cells)
  await table.close()
  await rm(folder, { recursive: true })
  return rows
}
