import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { created, day, done, id, idParams, requiredText, version } from '../../platform/fields.ts'

export const cadences = ['daily', 'weekly', 'monthly'] as const
export const periods = ['usual', 'yesterday', 'lastWeek', 'thisMonth', 'lastMonth'] as const
const filterValue = z.union([z.string().max(100), z.array(z.string().max(100)).max(200)])
const schedule = {
  report: z.string().max(60),
  name: requiredText(60),
  /** Grouping and filters as the report's own route takes them; the time is `period`. */
  query: z.record(z.string().max(40), filterValue),
  period: z.enum(periods),
  cadence: z.enum(cadences),
  /** Weekday (1 = Monday) of a weekly one, date of a monthly one; 1 for a daily one. */
  onDay: z.int().min(1).max(31),
  atHour: z.int().min(0).max(23),
  people: z.array(id).min(1).max(50),
  /** With the Excel file; else the figures stand in the mail only. */
  attach: z.boolean(),
}
const editable = Object.fromEntries(Object.entries(schedule).filter(([name]) => name !== 'report')) as Omit<typeof schedule, 'report'>
/** Why somebody got none: no longer active, may not see the report, or the report cannot be made any more. */
export const leftOutReasons = ['left', 'mayNot', 'failed'] as const
export const listSchedules = route({
  method: 'GET',
  path: '/api/report-schedules',
  permission: 'reports.view',
  summary: 'Reports that go out by mail: those that the caller made or gets; all of them for the administrator',
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        id,
        ...schedule,
        peopleNames: z.array(z.string()),
        createdByName: z.string(),
        mine: z.boolean(),
        /** By whoever made it, and the administrator. */
        mayChange: z.boolean(),
        /** The next day on which it goes out, at its hour. */
        nextOn: day,
        /** The last day on which it went out; `messages`: how many mails stand where in the outbox, as far as the caller sees them. */
        last: z
          .strictObject({
            onDay: day,
            isDone: z.boolean(),
            reached: z.int(),
            leftOut: z.array(z.strictObject({ name: z.string(), reason: z.enum(leftOutReasons) })),
            messages: z.record(z.string(), z.int()),
          })
          .nullable(),
        version,
      }),
    ),
  }),
})
export const addSchedule = route({
  method: 'POST',
  path: '/api/report-schedules',
  permission: 'reports.export',
  summary: 'Sends a report by mail to people of the company, daily, weekly or monthly; each gets what they may see themselves',
  body: z.strictObject(schedule),
  response: created,
})
export const changeSchedule = route({
  method: 'PUT',
  path: '/api/report-schedules/:id',
  permission: 'reports.export',
  summary: 'Changes a schedule whole but for its report: by whoever made it, or by the administrator',
  params: idParams,
  body: z.strictObject({ ...editable, version }),
  response: done,
})
export const tryScheduleOut = route({
  method: 'POST',
  path: '/api/report-schedules/:id/trial',
  permission: 'reports.view',
  summary: 'Sends the report of a schedule at once, to the caller alone; at most one a minute',
  params: idParams,
  response: done,
})
export const endSchedule = route({
  method: 'POST',
  path: '/api/report-schedules/:id/end',
  permission: 'reports.view',
  summary: 'Ends a schedule: by whoever made it, or by the administrator',
  params: idParams,
  body: z.strictObject({ version }),
  response: done,
})
