import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type KillRig, openKillRig, runKills } from '../../scripts/proof/kill-run.ts'
import { noteProof } from '../../scripts/proof/proof-lines.ts'

/** More: HUIKUAN_KILL_CYCLES, or `npm run proof:kill -- --cycles N --seed S`. */
const CYCLES = Number(process.env['HUIKUAN_KILL_CYCLES'] ?? 20)
const SHUTDOWN_CYCLES = Math.ceil(CYCLES / 7)
const SEED = 20_261_122
/** Every invariant is proven after so many kills; that what was acknowledged is there, after each. */
const VERIFY_EVERY = 10
/** Without its durability the database loses what it had not written; at the latest after so many kills. */
const CONTROL_CYCLES = 10
/** T94: the program starts its database again by itself. */
const HEALS_WITHIN_MS = 15_000

/** One installation for all: each test goes on where the one before it ended, the control last. */
let rig: KillRig
beforeAll(async () => {
  rig = await openKillRig()
}, 120_000)
afterAll(() => rig.processes.stop())

describe('kill -9 under load, on an installation of its own', () => {
  test(`S13, S27, T94, T95, M1, M2: ${CYCLES} times each the database with all its processes, and the server with the worker: what was acknowledged is there, what was refused left nothing, the books are true`, async () => {
    const what = ['postgres', 'serverAndWorker'] as const
    const summary = await runKills(rig, { what, cycles: CYCLES, seed: SEED, clients: 4, verifyEvery: VERIFY_EVERY })
    noteProof({ ...summary, proof: 'kill -9 under load', ids: ['S13', 'S27', 'T94', 'T95', 'M1', 'M2'] })
    expect(summary).toEqual({ ...summary, findings: [], lost: 0, traces: 0, untold: 0, violations: 0, jobsLost: 0, endedByThemselves: 0 })
    expect(summary.kills).toEqual({ postgres: CYCLES, serverAndWorker: CYCLES })
    expect([summary.acknowledged > CYCLES, summary.refused > 0, summary.repeated > 0]).toEqual([true, true, true])
    expect(summary.statuses).not.toHaveProperty('500')
    expect(summary.healMs['postgres']!.mean).toBeLessThan(HEALS_WITHIN_MS)
  }, 900_000)

  test(`S15, T94: ${SHUTDOWN_CYCLES} times each the database is shut down fast and immediately under 16 clients: nothing is lost, and all goes on`, async () => {
    const what = ['postgresFast', 'postgresImmediate'] as const
    const summary = await runKills(rig, { what, cycles: SHUTDOWN_CYCLES, seed: SEED + 1, clients: 16, verifyEvery: VERIFY_EVERY })
    noteProof({ ...summary, proof: 'the database restarts under load', ids: ['S15', 'T94'] })
    expect(summary).toEqual({ ...summary, findings: [], lost: 0, traces: 0, untold: 0, violations: 0, jobsLost: 0, endedByThemselves: 0 })
    expect(Object.keys(summary.statuses)).toEqual(expect.arrayContaining(['201', '503']))
    expect(Object.keys(summary.statuses).filter((status) => !['0', '201', '409', '422', '404', '503'].includes(status))).toEqual([])
  }, 300_000)

  test('control: with synchronous_commit off the same kills lose what was acknowledged, and are found out', async () => {
    const summary = await runKills(rig, {
      what: ['postgres'],
      cycles: CONTROL_CYCLES,
      seed: SEED + 2,
      clients: 4,
      asynchronousCommit: true,
    })
    noteProof({
      ...summary,
      proof: 'control: kill -9 with synchronous_commit off, expected to lose',
      ids: ['S13', 'M1'],
      findings: summary.findings.length,
    })
    expect(summary.lost).toBeGreaterThan(0)
  }, 300_000)
})
