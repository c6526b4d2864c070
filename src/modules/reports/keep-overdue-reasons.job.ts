import type { Job } from '../../platform/jobs.ts'
import { keepOverdueReasons } from './keep-overdue-reasons.command.ts'

/** Once a tenant's day: the reasons of what is overdue now take the place of those that this month had before. May run twice. */
export const keepOverdueReasonsJob: Job = {
  task: 'reports.keepOverdueReasons',
  isDaily: true,
  isLong: true,
  run: ({ db, caller }) => db.transaction(caller, keepOverdueReasons),
}
