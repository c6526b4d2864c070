import { execFileSync } from 'node:child_process'
import { createWriteStream, openAsBlob, readFileSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addDays, type Day, day } from '../../src/kernel/day.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import type { ExportColumn } from '../../src/platform/files/export-table.ts'
import { writeXlsx } from '../../src/platform/files/xlsx-export.ts'
import { openFolder, type RunningProgram, startProgram } from '../../test/harness/program.ts'
import { foundCompany } from '../proof/company.ts'
import { sizes } from './facts.ts'
import { print } from './measure.ts'

const LIMIT_SECONDS_PER_100K = 20
const CUSTOMERS = 2_000
const POLL_MS = 250

/**
 * An xlsx of open items, from upload to posted, in the program as an operator starts it: one process that serves, works and seals, on an embedded database of its own. The file is
 * written by another process and sent by this one, so that the peak (VmHWM) is the program's alone. Memory of the database's own processes is not in it.
 */
export async function importBench(size: string): Promise<void> {
  const rows = sizes[size]!.receivables
  const folder = await mkdtemp(join(tmpdir(), 'huikuan-import-bench-'))
  const home = openFolder('huikuan-import-program-')
  const program = await startProgram({ folder: home, environment: profiling() })
  try {
    const { keys, today } = await foundCompany(program.address, program.setUpLink)
    const path = join(folder, 'open-items.xlsx')
    execFileSync(process.execPath, [import.meta.filename, path, String(rows), today])
    const { size: bytes } = await stat(path)
    const before = memoryMb(program)
    const { seconds, uploaded, asked, imported } = await bringIn(program, keys[0], path)
    if (imported !== rows) throw new Error(`${imported} rows were brought in, not ${rows}`)
    print({
      what: 'import of open items from xlsx, upload to posted',
      size,
      seconds,
      perSecond: rows / seconds,
      peakMb: memoryMb(program).peak,
      limitSeconds: (LIMIT_SECONDS_PER_100K * rows) / 100_000,
      ratioToLimit: seconds / ((LIMIT_SECONDS_PER_100K * rows) / 100_000),
      note: `file ${(bytes / 1e6).toFixed(1)} MB, uploaded and scanned in ${uploaded.toFixed(1)} s, progress seen ${asked} times, the program held ${before.now} MB before (${before.peak} MB at most)`,
    })
  } finally {
    await program.stop()
    await rm(home, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

/** What Node is to write down about the program, where somebody asks (HUIKUAN_BENCH_NODE_OPTIONS='--cpu-prof --cpu-prof-dir=…'). */
function profiling(): Record<string, string> {
  const options = process.env['HUIKUAN_BENCH_NODE_OPTIONS']
  return options === undefined ? {} : { NODE_OPTIONS: options }
}

/** What the program's process holds and held at most, in MB, as the kernel counts it (Linux). */
function memoryMb({ pid }: RunningProgram): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mb = (name: string) => Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)![1]) / 1_024)
  return { now: mb('VmRSS'), peak: mb('VmHWM') }
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
const DAYS_BACK = 325

async function writeOpenItems(path: string, rows: number, today: Day): Promise<void> {
  const run = uuid().slice(9, 18)
  const first = addDays(today, -DAYS_BACK)
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
type Progress = { readonly done: number; readonly imported: number; readonly status: string }

async function bringIn({ address }: RunningProgram, key: string, path: string): Promise<Brought> {
  const headers = { authorization: `Bearer ${key}` }
  const call = async <T>(method: string, route: string, body?: unknown): Promise<T> => {
    const answer = await fetch(address + route, {
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
  const answer = await fetch(`${address}/api/imports?kind=openItems`, { method: 'POST', headers, body: form })
  if (!answer.ok) throw new Error(await answer.text())
  const { id } = (await answer.json()) as { id: string }
  const uploaded = (performance.now() - from) / 1_000
  await call('PUT', `/api/imports/${id}/mapping`, { options: { createCustomers: true } })
  await call('POST', `/api/imports/${id}/start`, {})
  const seen = new Set<number>()
  for (;;) {
    const { done, imported, status } = await call<Progress>('GET', `/api/imports/${id}/progress`)
    seen.add(done)
    if (status === 'done') return { seconds: (performance.now() - from) / 1_000, uploaded, asked: seen.size, imported }
    if (status !== 'waiting' && status !== 'running') throw new Error(`the import ended as ${status}`)
    await sleep(POLL_MS)
  }
}

const [target, count, today] = process.argv.slice(2)
if (import.meta.main && target !== undefined) await writeOpenItems(target, Number(count), day(today!))
