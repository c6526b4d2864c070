/**
 * npm run proof:full-disk [-- --cycles N --seed S --clients C]: an installation on a small disk of its own (tmpfs, so as root on Linux) that is filled under load, N times until little is left
 * and N times to the last byte; prints one JSON line each; exit 1 when anything acknowledged was lost.
 */
import { parseArgs } from 'node:util'
import { DISK_MB, openFullDiskRig, runFullDisk } from './full-disk-run.ts'
import { noteProof } from './proof-lines.ts'
import { openSmallDisk } from './small-disk.ts'

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '25' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    clients: { type: 'string', default: '6' },
  },
})
const disk = openSmallDisk(DISK_MB)
if ('refused' in disk) throw new Error(disk.refused)
try {
  const rig = await openFullDiskRig(disk)
  try {
    for (const fullness of ['low', 'none'] as const) {
      const cycles = { fullness, cycles: Number(values.cycles), seed: Number(values.seed), clients: Number(values.clients) }
      const summary = await runFullDisk(rig, cycles)
      noteProof({ ...summary, proof: `full disk, ${fullness === 'low' ? 'little' : 'nothing'} left, at length`, ids: ['S16', 'T96'] })
      console.info(JSON.stringify(summary))
      const { lost, traces, untold, violations, bugs } = summary
      if (lost + traces + untold + violations + bugs > 0) process.exitCode = 1
    }
  } finally {
    await rig.processes.stop()
  }
} finally {
  disk.remove()
}
