import { hourIn } from '../../../../kernel/day.ts'
import { phrase } from '../../../../kernel/phrase.ts'
import { sql } from '../../../../platform/sql.ts'
import { runDueToday } from '../../../dunning/run-due.query.ts'
import { isUnfinished } from '../../../dunning/runs.query.ts'
import type { TodaySource } from '../today-source.query.ts'

/** Failed imports are told of for so many days, as in the list of imports. */
const STOPPED_DAYS = 14

/** 中断的导入: imports that failed lately, with the rows that are in nevertheless. Whoever sees a part of the company sees the own ones only. */
export const importsStopped: TodaySource = {
  key: 'importsStopped',
  permission: 'imports.run',
  find: async (reader) => {
    const { tenantId, actorId, scope } = reader.caller
    const row = await reader.one<{ count: number; done: bigint }>(
      sql`select count(*)::int as count, coalesce(sum((r.result ->> 'imported')::bigint), 0)::bigint as done from ar.runs r
        where r.tenant_id = ${tenantId} and r.kind = 'import' and r.status = 'failed' and r.created_at >= ${reader.today}::date - ${STOPPED_DAYS}::int ${scope.kind === 'all' ? sql`` : sql`and r.created_by = ${actorId}`}`,
    )
    if (row.count === 0) return undefined
    return {
      count: row.count,
      amounts: [],
      dueOn: reader.today,
      facts: [phrase('home.facts.rowsImported', { count: Number(row.done) })],
      list: { path: '/api/imports', query: { stopped: 'true' } },
    }
  },
}

/** 未跑完的催收: runs of the last days that failed, stand still or were not finished on their day. */
export const dunningRuns: TodaySource = {
  key: 'dunningRuns',
  permission: 'dunning.run',
  find: async (reader) => {
    const { count } = await reader.one<{ count: number }>(sql`select count(*)::int as count from ar.runs r where ${isUnfinished(reader)}`)
    if (count === 0) return undefined
    return {
      count,
      amounts: [],
      dueOn: reader.today,
      facts: [phrase('home.facts.judgedAgain')],
      list: { path: '/api/dunning/runs', query: { unfinished: 'true' } },
    }
  },
}

/** A clock that begins a run looks every minute; so many hours after the hour of the company something is wrong with it. */
const BEGUN_WITHIN_HOURS = 1

/** 今天的催收没有开始: the clock should have begun today's run and has not, because no worker is running or it cannot get through. The line opens what the run would do. */
export const dunningNotBegun: TodaySource = {
  key: 'dunningNotBegun',
  permission: 'dunning.run',
  find: async (reader) => {
    const due = await runDueToday(reader)
    const hour = hourIn(reader.caller.timeZone, reader.at)
    if (due === undefined || hour < due.fromHour + BEGUN_WITHIN_HOURS) return undefined
    const time = `${String(due.fromHour).padStart(2, '0')}:00`
    return {
      count: 1,
      amounts: [],
      dueOn: reader.today,
      facts: [phrase('home.facts.shouldHaveBegun', { time }), ...(hour < due.untilHour ? [] : [phrase('home.facts.noLongerToday')])],
      list: { path: '/api/dunning/dry-run', query: {} },
    }
  },
}
