import { setTimeout as sleep } from 'node:timers/promises'
import { compareWithTold, type Findings } from './acknowledged.ts'
import type { Outcome } from './caller.ts'
import { type Company, foundCompany } from './company.ts'
import { type Load, prepareLoad } from './load.ts'
import { type Killed, type Processes, startProcesses } from './processes.ts'
import { randomOf } from './random.ts'

/** An installation that is killed and started again, run after run: what was told of in one run must be there in the next one too. */
export type KillRig = { readonly processes: Processes; readonly company: Company; readonly outcomes: Outcome[] }
export type KillOptions = {
  /** Killed in turn. */
  readonly what: readonly Killed[]
  /** Of each. */
  readonly cycles: number
  readonly seed: number
  readonly clients: number
  /** After so many cycles, and at the end, every invariant is proven too; what was told is compared after each. */
  readonly verifyEvery?: number
  /** Commits are answered before they are on disk: the control, which must lose what was acknowledged. Ends at the first loss. */
  readonly asynchronousCommit?: boolean
}
export type KillSummary = {
  readonly proof: 'kill'
  readonly kills: Readonly<Record<string, number>>
  readonly synchronousCommit: 'on' | 'off'
  readonly seed: number
  readonly clients: number
  readonly calls: number
  readonly acknowledged: number
  readonly refused: number
  /** Calls that were cut off or told to come again, and were sent again with their key. */
  readonly repeated: number
  readonly statuses: Readonly<Record<string, number>>
  readonly lost: number
  readonly traces: number
  readonly untold: number
  readonly violations: number
  /** Jobs that were asked for and had no effect after all. */
  readonly jobsLost: number
  /** Processes that ended without being killed, and failures that the program calls its own bugs. */
  readonly endedByThemselves: number
  readonly healMs: Readonly<Record<string, { readonly least: number; readonly most: number; readonly mean: number }>>
  readonly seconds: number
  /** The first sentences of what was wrong. */
  readonly findings: readonly string[]
}

const FINDINGS_SHOWN = 10
/** Longer than a silent worker's jobs wait to be given back (platform/job-locks.ts). */
const SETTLES_WITHIN_MS = 60_000
const LOAD_LEAST_MS = 300
const LOAD_MORE_MS = 400

export async function openKillRig(): Promise<KillRig> {
  const processes = await startProcesses()
  try {
    return { processes, company: await foundCompany(processes.address(), processes.setUpLink), outcomes: [] }
  } catch (error) {
    await processes.stop()
    throw error
  }
}

/** Cycles of load, kill -9, restart and comparison. With `asynchronousCommit` the rig is spoilt afterwards. */
export async function runKills({ processes, company, outcomes }: KillRig, options: KillOptions): Promise<KillSummary> {
  const began = performance.now()
  const before = outcomes.length
  if (options.asynchronousCommit) await answerBeforeDisk(processes)
  const load = prepareLoad(processes.address, company, { ...options, outcomes })
  const found = await killAgainAndAgain(processes, company, load, options)
  return summaryOf(options, { ...load, outcomes: outcomes.slice(before) }, found, performance.now() - began)
}

type Kill = { readonly what: Killed; readonly healMs: number }
type Found = Findings & {
  readonly violations: readonly string[]
  readonly jobsLost: number
  readonly kills: readonly Kill[]
  readonly bugs: readonly string[]
}

async function killAgainAndAgain(processes: Processes, company: Company, load: Load, options: KillOptions): Promise<Found> {
  const random = randomOf(options.seed)
  const kills: Kill[] = []
  for (let cycle = 1; ; cycle += 1) {
    load.start()
    await sleep(LOAD_LEAST_MS + random.whole(0, LOAD_MORE_MS))
    const what = options.what[cycle % options.what.length]!
    await processes.kill(what)
    const killed = performance.now()
    await processes.restart(what)
    kills.push({ what, healMs: await healed(load, killed) })
    await load.stop()
    const told = await compareWithTold(processes, load.outcomes)
    const isLast = cycle >= options.cycles * options.what.length
    const isVerified = isLast || cycle % (options.verifyEvery ?? 1) === 0
    const violations = isVerified ? await violationsOf(processes, company) : []
    const isWrong = [told.lost, told.traces, told.untold, violations].some(({ length }) => length > 0)
    if (isWrong || isLast)
      return { ...told, violations, jobsLost: isWrong ? 0 : await jobsLost(processes), kills, bugs: bugsIn(processes.logged()) }
  }
}

/** What the program calls its own bugs, line by line. */
export function bugsIn(logged: string): string[] {
  return logged.split('\n').filter((line) => /unexpected failure|a bug: the program ends/.test(line))
}

/** Milliseconds from the kill to the first answer to a call that had to be sent again, or was sent later. */
async function healed(load: Load, killed: number): Promise<number> {
  const seen = load.outcomes.length
  for (;;) {
    const first = load.outcomes.slice(seen).find(({ repeats, sentAt }) => repeats > 0 || sentAt > killed)
    if (first) return Math.round(first.answeredAt - killed)
    await sleep(5)
  }
}

/** What the program refuses to start with, switched on under it while it runs. */
async function answerBeforeDisk({ owner }: Processes): Promise<void> {
  await owner(`alter system set synchronous_commit = off`)
  await owner(`select pg_reload_conf()`)
}

/** Every invariant of the books, asked over the API when the audit log is sealed. */
export async function violationsOf(processes: Processes, company: Company): Promise<string[]> {
  await settled(async () => (await processes.owner(`select 1 from ar.audit_unsealed limit 1`)).length === 0)
  const answer = await fetch(`${processes.address()}/api/verify`, { headers: { authorization: `Bearer ${company.keys[0]}` } })
  const { invariants } = (await answer.json()) as { invariants: { id: string; sentence: string; holds: boolean; count: number }[] }
  return invariants.filter(({ holds }) => !holds).map(({ id, sentence, count }) => `${id} ${sentence}: ${count}`)
}

/** Each confirmed receipt asks for one job that makes one task; those still without are counted, when the workers have had time for them. */
async function jobsLost({ owner }: Processes): Promise<number> {
  const missing = async () => {
    const [row] = await owner<{ missing: number }>(`select count(*)::int as missing from ar.receipts r where r.status = 'confirmed'
      and not exists (select 1 from ar.tasks t where t.tenant_id = r.tenant_id and t.kind = 'customerCare' and t.source_id = r.id)`)
    return row!.missing
  }
  await settled(async () => (await missing()) === 0)
  return missing()
}

async function settled(isSettled: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + SETTLES_WITHIN_MS
  while (performance.now() < until && !(await isSettled())) await sleep(50)
}

function summaryOf({ seed, clients, asynchronousCommit }: KillOptions, load: Load, found: Found, tookMs: number): KillSummary {
  const { outcomes, statuses } = load
  const { kills, lost, traces, untold, violations } = found
  const ofEach = Object.entries(Object.groupBy(kills, ({ what }) => what)).map(
    ([what, own]) => [what, own.map(({ healMs }) => healMs)] as const,
  )
  return {
    proof: 'kill',
    kills: Object.fromEntries(ofEach.map(([what, times]) => [what, times.length])),
    synchronousCommit: asynchronousCommit ? 'off' : 'on',
    seed,
    clients,
    calls: outcomes.length,
    acknowledged: outcomes.filter(({ status }) => status < 300).length,
    refused: outcomes.filter(({ status }) => status >= 300).length,
    repeated: outcomes.filter(({ repeats }) => repeats > 0).length,
    statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a - b)),
    lost: lost.length,
    traces: traces.length,
    untold: untold.length,
    violations: violations.length,
    jobsLost: found.jobsLost,
    endedByThemselves: found.bugs.length,
    healMs: Object.fromEntries(ofEach.map(([what, times]) => [what, spread(times)])),
    seconds: Math.round(tookMs / 100) / 10,
    findings: [...lost, ...traces, ...untold, ...violations, ...found.bugs].slice(0, FINDINGS_SHOWN),
  }
}

function spread(times: readonly number[]): { least: number; most: number; mean: number } {
  const sum = times.reduce((total, ms) => total + ms, 0)
  return { least: Math.min(...times), most: Math.max(...times), mean: Math.round(sum / times.length) }
}
