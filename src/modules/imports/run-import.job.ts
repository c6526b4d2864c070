import type { Job } from '../../platform/jobs.ts'
import { resumeSilentImports } from './resume-silent-imports.command.ts'
import { runImport } from './run-import.command.ts'
import { IMPORT_TASK } from './start-import.command.ts'

/** Brings a started import in, in the name of the person who started it. */
export const runImports: Job = {
  task: IMPORT_TASK,
  everyMinute: resumeSilentImports,
  run: ({ db, caller }, { runId }) => runImport(db, caller, String(runId)),
}
