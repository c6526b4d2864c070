import { type BoundRoute, read, write } from '../../platform/http.ts'
import { addSchedule, endSchedule } from './edit-schedules.command.ts'
import * as api from './report-schedules.api.ts'
import { schedulesOf } from './report-schedules.query.ts'

export const reportSchedulesHttp: readonly BoundRoute[] = [
  read(api.listSchedules, async (reader) => ({
    items: (await schedulesOf(reader)).map(({ createdBy, query, ...schedule }) => ({
      ...schedule,
      query: { ...query },
      mine: createdBy === reader.caller.actorId,
    })),
  })),
  write(api.addSchedule, async (tx, { body }) => ({ id: await addSchedule(tx, body) })),
  write(api.endSchedule, async (tx, { params, body }) => {
    await endSchedule(tx, { id: params.id, version: body.version })
    return { ok: true } as const
  }),
]
