import type { Job } from '../../platform/jobs.ts'
import { SEND_REPORTS_TASK } from './report-schedule.store.ts'
import { lookAfterSchedules, sendSchedule, sendTrial } from './send-schedules.command.ts'

/** Reports by mail, at the company's hour. In the name of the system, which reads each report in the name of the person who gets it. */
export const sendSchedulesJob: Job = {
  task: SEND_REPORTS_TASK,
  everyMinute: lookAfterSchedules,
  run: ({ db, caller }, { scheduleId, day, trial, personId }) =>
    trial === undefined
      ? sendSchedule(db, caller, String(scheduleId), String(day))
      : sendTrial(db, caller, String(scheduleId), String(personId), String(trial)),
}
