import type { Job } from '../../platform/jobs.ts'
import { runDunning } from './run-dunning.command.ts'
import { RUN_TASK } from './run-kind.ts'
import { lookAfterDunning } from './start-run.command.ts'

/** The daily reminders of a company, at its own hour on its own working days. Always in the name of the system: whoever starts it by hand may see fewer customers than it is about. */
export const runDunningJob: Job = {
  task: RUN_TASK,
  everyMinute: lookAfterDunning,
  run: ({ db, caller }, { runId }) => runDunning(db, caller, String(runId)),
}
