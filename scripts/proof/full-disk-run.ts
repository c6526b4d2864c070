import { setTimeout as sleep } from 'node:timers/promises'
import { compareWithTold, type Findings } from './acknowledged.ts'
import type { Outcome } from './caller.ts'
import { type Company, foundCompany } from './company.ts'
import { bugsIn, violationsOf } from './kill-run.ts'
import { type Load, prepareLoad } from './load.ts'
import { type Processes, startProcesses } from './processes.ts'
import { randomOf } from './random.ts'
import type { SmallDisk } from './small-disk.ts'

/** `low`: less is left than the program keeps free. `none`: not a byte is left, and the database needs the next piece of its log: it ends in the middle of everything. */
export type Fullness = 'low' | 'none'
export type FullDiskRig = {
  readonly disk: SmallDisk
  readonly processes: Processes
  readonly company: Company
  readonly outcomes: Outcome[]
}
export type FullDiskSummary = {
  readonly proof: 'full disk'
  readonly fullness: Fullness
  readonly cycles: number
  readonly seed: number
  readonly calls: number
  readonly acknowledged: number
  readonly repeated: number
  /** Every answer that came while the disk was full, and how often; 0 is none at all. */
  readonly statusesWhileFull: Readonly<Record<string, number>>
  /** Codes of what writes were refused with while it was full. */
  readonly refusedWith: readonly string[]
  /** Reads that were answered while it was full. */
  readonly readsWhileFull: number
  /** The database ended and began anew. */
  readonly restarts: number
  readonly lost: number
  readonly traces: number
  readonly untold: number
  readonly violations: number
  readonly bugs: number
  /** Milliseconds from room on the disk to the first write that was done. */
  readonly healMs: { readonly least: number; readonly most: number }
  readonly seconds: number
  readonly findings: readonly string[]
}

export const DISK_MB = 448
/** What the program keeps free of it. */
const LEAST_MB = 96
const LOW_MB = 48
const LOAD_LEAST_MS = 400
const LOAD_MORE_MS = 400
const FULL_MS = 1_500
const LOG_PIECES_TRIED = 40
const FINDINGS_SHOWN = 10

export async function openFullDiskRig(disk: SmallDisk): Promise<FullDiskRig> {
  const processes = await startProcesses({ HUIKUAN_DISK_LEAST_MB: String(LEAST_MB) }, disk.folder)
  try {
    return { disk, processes, company: await foundCompany(processes.address(), processes.setUpLink), outcomes: [] }
  } catch (error) {
    await processes.stop()
    throw error
  }
}

type Options = { readonly fullness: Fullness; readonly cycles: number; readonly seed: number; readonly clients: number }
type Cycle = { readonly healMs: number; readonly restarted: boolean; readonly told: readonly string[]; readonly reads: number }

/** Under load, again and again: the disk is filled, stays full for a while, and has room again. What was acknowledged is compared after each time, every invariant at the end. */
export async function runFullDisk(rig: FullDiskRig, options: Options): Promise<FullDiskSummary> {
  const began = performance.now()
  const before = rig.outcomes.length
  const random = randomOf(options.seed)
  const load = prepareLoad(rig.processes.address, rig.company, { ...options, outcomes: rig.outcomes })
  const whileFull = new Map<number, number>()
  const cycles: Cycle[] = []
  let found: Findings = { lost: [], traces: [], untold: [] }
  for (let cycle = 0; cycle < options.cycles; cycle += 1) {
    load.start()
    await sleep(LOAD_LEAST_MS + random.whole(0, LOAD_MORE_MS))
    cycles.push(await fullForAWhile(rig, load, options.fullness, whileFull))
    await load.stop()
    found = await compareWithTold(rig.processes, rig.outcomes)
    if ([found.lost, found.traces, found.untold].some(({ length }) => length > 0)) break
  }
  const violations = await violationsOf(rig.processes, rig.company)
  const bugs = bugsIn(rig.processes.logged())
  const outcomes = rig.outcomes.slice(before)
  const healed = cycles.map(({ healMs }) => healMs)
  return {
    proof: 'full disk',
    fullness: options.fullness,
    cycles: cycles.length,
    seed: options.seed,
    calls: outcomes.length,
    acknowledged: outcomes.filter(({ status }) => status < 300).length,
    repeated: outcomes.filter(({ repeats }) => repeats > 0).length,
    statusesWhileFull: Object.fromEntries([...whileFull].sort(([a], [b]) => a - b)),
    refusedWith: [...new Set(cycles.flatMap(({ told }) => told))].sort(),
    readsWhileFull: cycles.reduce((sum, { reads }) => sum + reads, 0),
    restarts: cycles.filter(({ restarted }) => restarted).length,
    lost: found.lost.length,
    traces: found.traces.length,
    untold: found.untold.length,
    violations: violations.length,
    bugs: bugs.length,
    healMs: { least: Math.min(...healed), most: Math.max(...healed) },
    seconds: Math.round((performance.now() - began) / 100) / 10,
    findings: [...found.lost, ...found.traces, ...found.untold, ...violations, ...bugs].slice(0, FINDINGS_SHOWN),
  }
}

async function fullForAWhile(rig: FullDiskRig, load: Load, fullness: Fullness, whileFull: Map<number, number>): Promise<Cycle> {
  const { disk, processes } = rig
  const life = await lifeOf(processes)
  disk.fill(fullness === 'low' ? LOW_MB : 0)
  if (fullness === 'none') await wantMoreLog(processes)
  const before = new Map(load.statuses)
  const [told, reads] = await askWhileFull(rig)
  for (const [status, count] of load.statuses) whileFull.set(status, (whileFull.get(status) ?? 0) + count - (before.get(status) ?? 0))
  const seen = load.outcomes.length
  disk.free()
  const freed = performance.now()
  const healMs = await firstWrite(load, seen, freed)
  return { healMs, restarted: (await lifeOf(processes)) !== life, told, reads }
}

/** The database is made to begin the next piece of its log, which needs room on the disk. */
async function wantMoreLog({ owner }: Processes): Promise<void> {
  for (let turn = 0; turn < LOG_PIECES_TRIED; turn += 1) {
    const isAway = await owner(`select pg_logical_emit_message(false, 'full disk', 'x'), pg_switch_wal()`).then(
      () => false,
      () => true,
    )
    if (isAway) return
  }
}

/** What one more write is told, and how many reads are answered, as long as the disk is full. */
async function askWhileFull({ processes, company }: FullDiskRig): Promise<[told: string[], reads: number]> {
  const told: string[] = []
  let reads = 0
  const headers = { authorization: `Bearer ${company.keys[0]}` }
  const until = performance.now() + FULL_MS
  await sleep(FULL_MS / 2) // the program looks twice a second
  while (performance.now() < until) {
    const written = await fetch(`${processes.address()}/api/customers`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/json' },
      body: JSON.stringify({ name: `客户 ${crypto.randomUUID()}` }),
    }).catch(() => undefined)
    const answer = (await written?.json().catch(() => undefined)) as { code?: string } | undefined
    told.push(answer?.code ?? String(written?.status ?? 'no answer'))
    const read = await fetch(`${processes.address()}/api/customers`, { headers }).catch(() => undefined)
    if (read?.status === 200) reads += 1
    await sleep(50)
  }
  return [told, reads]
}

async function firstWrite(load: Load, seen: number, freed: number): Promise<number> {
  for (;;) {
    const first = load.outcomes.slice(seen).find(({ status }) => status < 300)
    if (first) return Math.round(first.answeredAt - freed)
    await sleep(5)
  }
}

/** A process that lives as long as the database does; undefined while it does not answer. */
function lifeOf({ owner }: Processes): Promise<number | undefined> {
  return owner<{ pid: number }>(`select a.pid from pg_stat_activity a where a.backend_type = 'checkpointer'`).then(
    ([row]) => row?.pid,
    () => undefined,
  )
}
