import type { Job } from '../../platform/jobs.ts'
import { resumeSilentImports } from './resume-silent-imports.command.ts'
import { runImport } from './run-import.command.ts'
import { IMPORT_TASK } from './start-import.command.ts'
import { isUndoing, takeBackChunks } from './undo-import.command.ts'

/** Brings a started import in, or takes one back, in the name of the person who started it. */
export const runImports: Job = {
  task: IMPORT_TASK,
  isLong: true,
  everyMinute: resumeSilentImports,
  run: async ({ db, caller }, { runId }) => {
    const id = String(runId)
    return (await isUndoing(db, caller, id)) ? takeBackChunks(db, caller, id) : runImport(db, caller, id)
  },
}
