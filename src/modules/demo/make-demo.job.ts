import type { Job } from '../../platform/jobs.ts'
import { MAKE_DEMO, makeAskedDemo } from './ask-for-demo.command.ts'

/** Makes a demo company in the background. May run twice: what a dead worker left is removed first. */
export const makeDemoJob: Job = {
  task: MAKE_DEMO,
  isLong: true,
  run: ({ db, caller }, payload) => makeAskedDemo(db, caller, String(payload['runId'])),
}
