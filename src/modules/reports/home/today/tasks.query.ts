import type { Day } from '../../../../kernel/day.ts'
import { phrase } from '../../../../kernel/phrase.ts'
import { sql } from '../../../../platform/sql.ts'
import { dunningTaskKinds } from '../../../dunning/step-rows.ts'
import type { TodayKey } from '../home-views.ts'
import type { TodaySource } from '../today-source.query.ts'

/** 客户关怀, 催收任务, 资料复核: the caller's own tasks whose day has come. */
export const careTasks = tasksOf('careTasks', ['customerCare'])
export const dunningTasks = tasksOf('dunningTasks', dunningTaskKinds)
export const reviewTasks = tasksOf('reviewTasks', ['customerReview'])

function tasksOf(key: TodayKey, kinds: readonly string[]): TodaySource {
  return {
    key,
    permission: 'reports.view',
    find: async (reader) => {
      const { tenantId, actorId } = reader.caller
      const row = await reader.one<{ count: number; late: number; oldest: Day | null }>(
        sql`select count(*)::int as count, (count(*) filter (where t.due_on < ${reader.today}::date))::int as late, min(t.due_on) as oldest
          from ar.tasks t where t.tenant_id = ${tenantId} and t.person_id = ${actorId} and t.done_at is null and t.due_on <= ${reader.today}::date and t.kind = any(${kinds}::text[])`,
      )
      if (row.count === 0) return undefined
      return {
        count: row.count,
        amounts: [],
        dueOn: row.oldest,
        facts: row.late > 0 ? [phrase('home.facts.tasksLate', { count: row.late })] : [],
        list: { path: '/api/tasks', query: { kind: kinds, dueUntil: reader.today } },
      }
    },
  }
}
