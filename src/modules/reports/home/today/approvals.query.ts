import { addDays, type Day, earlierDay } from '../../../../kernel/day.ts'
import { phrase } from '../../../../kernel/phrase.ts'
import { sql } from '../../../../platform/sql.ts'
import { myRequests } from '../../../approvals/approval-inbox.query.ts'
import { inBase, type TodaySource } from '../today-source.query.ts'

/** A request is answered within a day. */
const ANSWER_DAYS = 1

/** 待我审批: requests whose current step this person may decide, by kind. */
export const approvals: TodaySource = {
  key: 'approvals',
  permission: 'approvals.view',
  find: async (reader) => {
    const rows = await reader.all<{ kind: string; count: number; amount: bigint; oldest: Day }>(
      sql`select r.kind, count(*)::int as count, sum(r.amount_base)::bigint as amount, min(r.requested_at at time zone ${reader.caller.timeZone})::date as oldest
        from ar.approval_requests r where r.tenant_id = ${reader.caller.tenantId} and ${myRequests(reader)} group by r.kind order by count(*) desc, r.kind`,
    )
    if (rows.length === 0) return undefined
    const oldest = rows.map((row) => row.oldest).reduce(earlierDay)
    return {
      count: rows.reduce((sum, { count }) => sum + count, 0),
      amounts: inBase(
        reader,
        rows.reduce((sum, { amount }) => sum + amount, 0n),
      ),
      dueOn: addDays(oldest, ANSWER_DAYS),
      facts: rows.map(({ kind, count }) => phrase('home.facts.ofKind', { kind: phrase(`approvals:kind.${kind}`), count })),
      list: { path: '/api/approvals', query: { box: 'toDecide' } },
    }
  },
}
