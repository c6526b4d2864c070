import { runDunning } from '../../../src/modules/dunning/run-dunning.command.ts'
import type { Caller } from '../../../src/platform/caller.ts'
import { openDatabase } from '../../../src/platform/db.ts'
import { countPoints, endAtPoint, pointsPassed } from './points.ts'

/** A worker that works off one run of dunning, two customers at a time, and ends by signal 9 at the n-th point; when it lives to the end it says how many points there were. */
export type ToRun = {
  readonly url: string
  readonly now: string
  readonly caller: Caller
  readonly runId: string
  readonly crashAt: number
}

process.once('message', async ({ url, now, caller, runId, crashAt }: ToRun) => {
  const db = await openDatabase({ url, clock: () => new Date(now), poolSize: 1 })
  await db.transaction(caller, async () => undefined) // the connection is there: opening it is no point of the run
  countPoints()
  endAtPoint(crashAt)
  await runDunning(db, caller, runId, 2)
  process.send!(pointsPassed(), () => process.exit(0))
})
process.once('disconnect', () => process.exit(0))
process.send!('ready')
