import type { Job } from '../../../platform/jobs.ts'
import { forgetKpiMonths, keepKpiMonth, kpiMonthsToMake } from './keep-kpi-months.command.ts'

/** Once a tenant's day: the sums up to the ends of months and up to yesterday that are new, or up to which something was entered since, are kept for the key figures. May run twice. */
export const keepKpiMonthsJob: Job = {
  task: 'reports.keepKpiMonths',
  isDaily: true,
  isLong: true,
  run: async ({ db, caller, log }) => {
    const { missing, surplus } = await db.read(caller, kpiMonthsToMake)
    if (surplus.length > 0) await db.transaction(caller, (tx) => forgetKpiMonths(tx, surplus))
    for (const onDay of missing) if (await db.transaction(caller, (tx) => keepKpiMonth(tx, onDay))) log('key figures kept', { onDay })
  },
}
