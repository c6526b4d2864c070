/**
 * npm run proof:kill [-- --what postgres|server|worker|serverAndWorker|postgresFast|postgresImmediate|all --cycles N --seed S --clients C --verify-every V --asynchronous-commit]: kills under
 * load on an installation of its own; prints one JSON line; exit 1 when anything acknowledged was lost.
 */
import { parseArgs } from 'node:util'
import { openKillRig, runKills } from './kill-run.ts'
import { KILLED, type Killed, SHUTDOWNS } from './processes.ts'

const { values } = parseArgs({
  options: {
    what: { type: 'string', default: 'all' },
    cycles: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    clients: { type: 'string', default: '6' },
    'verify-every': { type: 'string', default: '1' },
    'asynchronous-commit': { type: 'boolean', default: false },
  },
})
const known = [...KILLED, ...(Object.keys(SHUTDOWNS) as Killed[])]
const what = values.what === 'all' ? known : known.filter((one) => one === values.what)
if (what.length === 0) throw new Error(`--what ${known.join('|')}|all`)
const rig = await openKillRig()
const summary = await runKills(rig, {
  what,
  cycles: Number(values.cycles),
  seed: Number(values.seed),
  clients: Number(values.clients),
  verifyEvery: Number(values['verify-every']),
  asynchronousCommit: values['asynchronous-commit'],
}).finally(() => rig.processes.stop())
console.info(JSON.stringify(summary))
const { lost, traces, untold, violations, jobsLost, endedByThemselves } = summary
process.exitCode = lost + traces + untold + violations + jobsLost + endedByThemselves > 0 ? 1 : 0
