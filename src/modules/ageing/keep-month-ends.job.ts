import type { Job } from '../../platform/jobs.ts'
import { forgetMonthEnd, keepMonthEnd, monthEndsToMake } from './keep-month-ends.command.ts'

/** Once a tenant's day: month ends that are new, or up to which something was posted since, are kept for reports of past days. May run twice. */
export const keepMonthEndsJob: Job = {
  task: 'ageing.keepMonthEnds',
  isDaily: true,
  isLong: true,
  run: async ({ db, caller, log }) => {
    const { missing, surplus } = await db.read(caller, monthEndsToMake)
    for (const onDay of surplus) await db.transaction(caller, (tx) => forgetMonthEnd(tx, onDay))
    for (const onDay of missing) {
      const items = await db.transaction(caller, (tx) => keepMonthEnd(tx, onDay))
      if (items !== undefined) log('month end kept', { onDay, items })
    }
  },
}
