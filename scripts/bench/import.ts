import { execFileSync } from 'node:child_process'
import { createWriteStream, openAsBlob } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDays, day } from '../../src/kernel/day.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { runImport } from '../../src/modules/imports/run-import.command.ts'
import type { ExportColumn } from '../../src/platform/files/export-table.ts'
import { writeXlsx } from '../../src/platform/files/xlsx-export.ts'
import { sizes } from './facts.ts'
import { peakMb, print } from './measure.ts'
import { openWorld, type Served, type World } from './world.ts'

const LIMIT_SECONDS_PER_100K = 20
const CUSTOMERS = 2_000
const POLL_MS = 250

/** An xlsx of open items, from upload through HTTP to posted: read, judged, opened with vouchers, with its progress asked for meanwhile. */
export async function importBench(size: string): Promise<void> {
  const rows = sizes[size]!.receivables
  const world = await openWorld('import')
  const folder = await mkdtemp(join(tmpdir(), 'huikuan-import-bench-'))
  const server = await world.serve()
  try {
    const path = join(folder, 'open-items.xlsx')
    execFileSync(process.execPath, [import.meta.filename, path, String(rows)]) // in a process of its own: its memory is not the import's
    const generatedMb = peakMb()
    const { seconds, uploaded, asked, imported } = await bringIn(world, server, path)
    if (imported !== rows) throw new Error(`${imported} rows were brought in, not ${rows}`)
    const { size: bytes } = await stat(path)
    print({
      what: 'import of open items from xlsx, upload to posted',
      size,
      seconds,
      perSecond: rows / seconds,
      peakMb: peakMb(),
      limitSeconds: (LIMIT_SECONDS_PER_100K * rows) / 100_000,
      ratioToLimit: seconds / ((LIMIT_SECONDS_PER_100K * rows) / 100_000),
      note: `file ${(bytes / 1e6).toFixed(1)} MB, uploaded and scanned in ${uploaded.toFixed(1)} s, progress seen ${asked} times, ${Math.round(generatedMb)} MB before`,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
    await server.close()
    await world.close()
  }
}

const COLUMNS: readonly ExportColumn[] = [
  { title: '客户名称', kind: 'text' },
  { title: '单据号', kind: 'text' },
  { title: '开票日期', kind: 'day' },
  { title: '到期日', kind: 'day' },
  { title: '价税合计', kind: 'amount' },
  { title: '余额', kind: 'amount' },
  { title: '币别', kind: 'text' },
  { title: '备注', kind: 'text' },
]

async function writeOpenItems(path: string, rows: number): Promise<void> {
  const run = uuid().slice(9, 18)
  const first = day('2026-01-01')
  function* cells(): Generator<string[]> {
    for (let at = 0; at < rows; at += 1) {
      const issuedOn = addDays(first, at % 300)
      const amount = (((at * 7919) % 9_999_991) / 100 + 1).toFixed(2)
      yield [
        `第${at % CUSTOMERS}号客户有限公司`,
        `XS-${run}-${at}`,
        issuedOn,
        addDays(issuedOn, 60),
        amount,
        amount,
        '人民币',
        `第 ${at} 行`,
      ]
    }
  }
  await writeXlsx(createWriteStream(path), { sheets: [{ name: '明细', columns: COLUMNS, rows: cells() }] })
}

type Brought = { readonly seconds: number; readonly uploaded: number; readonly asked: number; readonly imported: number }

async function bringIn(world: World, server: Served, path: string): Promise<Brought> {
  const headers = server.headers(world.maker)
  const call = async <T>(method: string, route: string, body?: unknown): Promise<T> => {
    const answer = await fetch(server.url + route, {
      method,
      headers: { ...headers, 'idempotency-key': uuid(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as T
  }
  const from = performance.now()
  const form = new FormData()
  form.append('file', await openAsBlob(path), 'open-items.xlsx')
  const answer = await fetch(`${server.url}/api/imports?kind=openItems`, { method: 'POST', headers, body: form })
  if (!answer.ok) throw new Error(await answer.text())
  const { id } = (await answer.json()) as { id: string }
  const uploaded = (performance.now() - from) / 1_000
  await call('PUT', `/api/imports/${id}/mapping`, { options: { createCustomers: true } })
  await call('POST', `/api/imports/${id}/start`, {})
  let isRunning = true
  const seen = new Set<number>()
  const watching = (async () => {
    while (isRunning) {
      seen.add((await call<{ done: number }>('GET', `/api/imports/${id}/progress`)).done)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  })()
  await runImport(world.db, world.maker, id)
  isRunning = false
  await watching
  const { imported, status } = await call<{ imported: number; status: string }>('GET', `/api/imports/${id}/progress`)
  if (status !== 'done') throw new Error(`the import ended as ${status}`)
  return { seconds: (performance.now() - from) / 1_000, uploaded, asked: seen.size, imported }
}

const [target, count] = process.argv.slice(2)
if (import.meta.main && target !== undefined) await writeOpenItems(target, Number(count))
