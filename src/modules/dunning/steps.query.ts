import { type Day, daysBetween } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { ActionKind } from './ladder.ts'
import type { NotPossible } from './recipients.ts'

type StepRow = {
  readonly id: string
  readonly caseId: string
  readonly customerId: string
  readonly customerCode: string
  readonly customerName: string
  readonly level: number
  readonly levelName: string | null
  readonly turn: number
  readonly action: ActionKind
  readonly onDay: Day
  readonly template: string | null
  readonly to: string[]
  readonly personName: string | null
  readonly held: boolean
  readonly netBase: bigint
  readonly oldestDueOn: Day
  readonly items: number
  readonly notPossible: NotPossible | null
  readonly messageId: string | null
  readonly messageStatus: string | null
  readonly messageReason: string | null
  readonly taskId: string | null
  readonly taskDone: boolean | null
}

/** Steps that fulfil a condition on `s`, in the order of their ids, with what became of their messages and tasks. */
export async function stepsWhere(reader: Reader, condition: Sql, limit: number) {
  const t = reader.caller.tenantId
  const rows =
    await reader.all<StepRow>(sql`select s.id, s.case_id, s.customer_id, c.code as customer_code, c.name as customer_name, s.level, s.turn, s.action, s.on_day, s.template, s.recipients as to,
      v.content #>> array['levels', (s.level - 1)::text, 'name'] as level_name, p.name as person_name, s.held_credit as held, s.net_base, s.oldest_due_on,
      (select count(*)::int from ar.dunning_step_items i where i.tenant_id = ${t} and i.case_id = s.case_id and i.level = s.level and i.turn = s.turn) as items,
      s.not_possible, s.message_id, m.status as message_status, m.reason as message_reason, s.task_id, k.done_at is not null as task_done
    from ar.dunning_steps s
    join ar.customers c on c.tenant_id = ${t} and c.id = s.customer_id
    join ar.dunning_ladder_versions v on v.tenant_id = ${t} and v.id = s.ladder_version_id
    left join ar.people p on p.tenant_id = ${t} and p.id = s.person_id
    left join ar.messages m on m.tenant_id = ${t} and m.id = s.message_id
    left join ar.tasks k on k.tenant_id = ${t} and k.id = s.task_id
    where s.tenant_id = ${t} and ${condition} order by s.id limit ${limit}`)
  const currency = reader.caller.baseCurrency
  return rows.map(({ netBase, levelName, taskDone, ...row }) => ({
    ...row,
    levelName: levelName ?? String(row.level),
    taskDone: row.taskId === null ? null : taskDone,
    net: formatMinor(netBase, currency),
    overdueDays: Math.max(0, daysBetween(row.oldestDueOn, row.onDay)),
  }))
}
