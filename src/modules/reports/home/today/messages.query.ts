import { type Day, dayIn } from '../../../../kernel/day.ts'
import { phrase } from '../../../../kernel/phrase.ts'
import { sql } from '../../../../platform/sql.ts'
import type { TodaySource } from '../today-source.query.ts'

/** 发送结果不明或失败的消息: nobody knows whether they went out, or they did not; none is ever sent again by itself. */
export const messages: TodaySource = {
  key: 'messages',
  permission: 'messages.view',
  find: async (reader) => {
    const row = await reader.one<{ count: number; failed: number; oldest: Date | null }>(
      sql`select count(*)::int as count, (count(*) filter (where m.status = 'failed'))::int as failed, min(m.created_at) as oldest
        from ar.messages m where m.tenant_id = ${reader.caller.tenantId} and m.status in ('uncertain', 'failed')`,
    )
    if (row.oldest === null) return undefined
    const since: Day = dayIn(reader.caller.timeZone, row.oldest)
    return {
      count: row.count,
      amounts: [],
      dueOn: since,
      facts: [phrase('home.facts.messages', { uncertain: row.count - row.failed, failed: row.failed })],
      list: { path: '/api/messages', query: { status: ['uncertain', 'failed'] } },
    }
  },
}
