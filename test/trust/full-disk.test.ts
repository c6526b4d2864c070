import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { DISK_MB, type FullDiskRig, openFullDiskRig, runFullDisk } from '../../scripts/proof/full-disk-run.ts'
import { noteProof } from '../../scripts/proof/proof-lines.ts'
import { openSmallDisk, type SmallDisk } from '../../scripts/proof/small-disk.ts'

/** More: `npm run proof:full-disk -- --cycles N --seed S`. */
const CYCLES = 2
const SEED = 20_261_122
const CLIENTS = 4
const NOTHING_WRONG = { findings: [], lost: 0, traces: 0, untold: 0, violations: 0, bugs: 0 }

/** One installation on a disk of its own: each test goes on where the one before it ended. */
let disk: SmallDisk | { readonly refused: string }
let rig: FullDiskRig | undefined
beforeAll(async () => {
  disk = openSmallDisk(DISK_MB)
  if (!('refused' in disk)) rig = await openFullDiskRig(disk)
}, 120_000)
afterAll(async () => {
  await rig?.processes.stop()
  if (!('refused' in disk)) disk.remove()
})

const rigOr = (context: TestContext): FullDiskRig => {
  if (rig === undefined) context.skip('refused' in disk ? disk.refused : 'the installation did not start')
  return rig!
}

describe('a disk that fills up under load, and has room again', () => {
  test('S16, T96: little is left: writes are refused with the reason while reading goes on, before the database has to end; nothing acknowledged is lost, and all goes on by itself', async (context) => {
    const summary = await runFullDisk(rigOr(context), { fullness: 'low', cycles: CYCLES, seed: SEED, clients: CLIENTS })
    noteProof({ ...summary, proof: 'full disk, little left', ids: ['S16', 'T96'] })
    expect(summary).toEqual({ ...summary, ...NOTHING_WRONG, cycles: CYCLES, restarts: 0, refusedWith: ['platform.diskFull'] })
    expect(summary.readsWhileFull).toBeGreaterThan(CYCLES)
    expect(Object.keys(summary.statusesWhileFull)).toContain('503')
    expect(summary.statusesWhileFull).not.toHaveProperty('500')
  }, 120_000)
  test('S16, T96: not a byte is left, for the log of the database neither: it ends, is started again when there is room, and nothing acknowledged is lost', async (context) => {
    const summary = await runFullDisk(rigOr(context), { fullness: 'none', cycles: CYCLES, seed: SEED + 1, clients: CLIENTS })
    noteProof({ ...summary, proof: 'full disk, nothing left', ids: ['S16', 'T96'] })
    expect(summary).toEqual({ ...summary, ...NOTHING_WRONG, cycles: CYCLES, restarts: CYCLES })
    expect(summary.repeated).toBeGreaterThan(0)
    for (const code of summary.refusedWith) expect(['platform.diskFull', 'platform.databaseAway']).toContain(code)
    expect(summary.statusesWhileFull).not.toHaveProperty('500')
  }, 120_000)
})
