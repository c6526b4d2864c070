import { dayIn } from '../../kernel/day.ts'
import type { Job } from '../../platform/jobs.ts'
import { applyScheduledLimits } from './apply-limits.command.ts'

/** Rounds a night; each takes up to a thousand accounts. */
const ROUNDS_MOST = 1_000

/** Once a tenant's day: scheduled limits begin, temporary ones end. May run twice. */
export const applyLimitsJob: Job = {
  task: 'credit.applyLimits',
  isDaily: true,
  run: async ({ db, caller, log }) => {
    const today = dayIn(caller.timeZone, db.now())
    for (let round = 0; round < ROUNDS_MOST; round += 1) {
      const changed = await db.transaction(caller, (tx) => applyScheduledLimits(tx, today))
      if (changed > 0) log('credit limits applied', { accounts: changed })
      if (changed < 1_000) return
    }
  },
}
