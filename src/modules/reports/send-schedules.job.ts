import { day as toDay } from '../../kernel/day.ts'
import type { Job } from '../../platform/jobs.ts'
import { SEND_REPORTS_TASK } from './send-reports-task.ts'
import { lookAfterSchedules, sendSchedule, sendTrial } from './send-schedules.command.ts'

/** Reports by mail, at the company's hour. In the name of the system, which reads each report in the name of the person who gets it. `publicUrl`: where the program is reached, for links. */
export function sendSchedulesJob(publicUrl: string): Job {
  return {
    task: SEND_REPORTS_TASK,
    isLong: true,
    everyMinute: lookAfterSchedules,
    run: ({ db, caller }, { scheduleId, day, trial, personId }) =>
      trial === undefined
        ? sendSchedule(db, caller, { scheduleId: String(scheduleId), day: toDay(String(day)), publicUrl })
        : sendTrial(db, caller, { scheduleId: String(scheduleId), personId: String(personId), trial: String(trial), publicUrl }),
  }
}
