/**
 * Time and memory of reading and writing tables and PDFs: `node scripts/bench/files.ts`. Each measure runs in a process of its own, so that its
 * memory is its own; what was written is then read.
 */
import { execFileSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeCsv } from '../../src/platform/files/csv-export.ts'
import type { Cell, ExportColumn } from '../../src/platform/files/export-table.ts'
import { writePdf } from '../../src/platform/files/pdf-export.ts'
import { readTable } from '../../src/platform/files/read-table.ts'
import { writeXlsx } from '../../src/platform/files/xlsx-export.ts'

const ROWS = 100_000
const PDF_ROWS = 5_000
const KINDS = [
  'text',
  'text',
  'text',
  'integer',
  'amount',
  'day',
  'text',
  'text',
  'text',
  'text',
  'amount',
  'amount',
  'text',
  'instant',
  'percent',
] as const
const columns: ExportColumn[] = KINDS.map((kind, at) => ({ title: `列${at + 1}`, kind }))
const MEASURES = ['write xlsx', 'read xlsx', 'write csv', 'read csv', 'write pdf']

function* rows(count: number): Generator<Cell[]> {
  for (let at = 0; at < count; at++) {
    const amount = ((at * 7919) % 1_000_003) / 100
    const names: Cell[] = [`C${at}`, `第${at}某某科技有限公司`, `INV-${at}`]
    const middle: Cell[] = [at % 400, amount.toFixed(2), '2026-03-31', '华东', '张三', '北京市朝阳区', 'CNY']
    yield [...names, ...middle, String(at * 3), (-amount).toFixed(2), `=备注 ${at % 100}`, '2026-03-31 18:00:05', '0.13']
  }
}

async function measure(name: string, folder: string): Promise<void> {
  const [verb, kind = ''] = name.split(' ')
  const path = join(folder, `table.${kind}`)
  const started = performance.now()
  if (verb === 'read') await readAll(path)
  else if (kind === 'xlsx') await writeXlsx(createWriteStream(path), { sheets: [{ name: '台账', columns, rows: rows(ROWS) }] })
  else if (kind === 'csv') await writeCsv(createWriteStream(path), { columns, rows: rows(ROWS) })
  else await writePdf(createWriteStream(path), { title: '台账', columns, rows: [...rows(PDF_ROWS)], language: 'zh-CN' })
  const seconds = ((performance.now() - started) / 1000).toFixed(2)
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)
  const count = kind === 'pdf' ? PDF_ROWS : ROWS
  console.log(`${name}: ${count} rows, ${seconds} s, ${memory} MB resident, file ${((await stat(path)).size / 1e6).toFixed(1)} MB`)
}

async function readAll(path: string): Promise<void> {
  const table = await readTable({ path, name: path })
  let count = 0
  for await (const row of table.rows()) count += row.cells.length > 0 ? 1 : 0
  await table.close()
  if (count !== ROWS + 1) throw new Error(`${count} rows were read, not ${ROWS + 1}`)
}

const [name, givenFolder] = process.argv.slice(2)
if (name !== undefined && givenFolder !== undefined) await measure(name, givenFolder)
else {
  const folder = await mkdtemp(join(tmpdir(), 'files-bench-'))
  for (const each of MEASURES) execFileSync(process.execPath, [fileURLToPath(import.meta.url), each, folder], { stdio: 'inherit' })
  await rm(folder, { recursive: true })
}
