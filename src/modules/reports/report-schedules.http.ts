import { type BoundRoute, read, write } from '../../platform/http.ts'
import { addSchedule, changeSchedule, endSchedule, mayChange, tryScheduleOut } from './edit-schedules.command.ts'
import * as api from './report-schedules.api.ts'
import { schedulesOf } from './report-schedules.query.ts'
import { nextDay } from './schedule-day.ts'
import { lastOutcomes } from './schedule-outcomes.query.ts'

export const reportSchedulesHttp: readonly BoundRoute[] = [
  read(api.listSchedules, async (reader) => {
    const schedules = await schedulesOf(reader)
    const outcomes = await lastOutcomes(reader, schedules)
    return {
      items: schedules.map(({ createdBy, query, ...schedule }) => {
        const last = outcomes.get(schedule.id) ?? null
        return {
          ...schedule,
          query: { ...query },
          mine: createdBy === reader.caller.actorId,
          mayChange: mayChange(reader.caller, { createdBy }),
          nextOn: nextDay(schedule, reader.today, last?.onDay === reader.today),
          last,
        }
      }),
    }
  }),
  write(api.addSchedule, async (tx, { body }) => ({ id: await addSchedule(tx, body) })),
  write(api.changeSchedule, async (tx, { params, body: { version, ...schedule } }) => {
    await changeSchedule(tx, { id: params.id, version }, schedule)
    return { ok: true } as const
  }),
  write(api.tryScheduleOut, async (tx, { params }) => {
    await tryScheduleOut(tx, params.id)
    return { ok: true } as const
  }),
  write(api.endSchedule, async (tx, { params, body }) => {
    await endSchedule(tx, { id: params.id, version: body.version })
    return { ok: true } as const
  }),
]
