import { type Sql, sql } from '../../../platform/sql.ts'
import { isWithheldForNow } from '../../dunning/open-cases.query.ts'
import type { Invariant } from './invariant.query.ts'

/** The level of a step as it was published: how many days overdue it wants (0 or less: before the due day). */
function withDays(t: number): Sql {
  return sql`ar.dunning_steps s join ar.dunning_ladder_versions v on v.tenant_id = ${t} and v.id = s.ladder_version_id
    cross join lateral (select (v.content #>> array['levels', (s.level - 1)::text, 'days'])::int as days) l`
}

/** What the clocks of a payment and of a claim may differ by: a transaction of either takes seconds. */
const CLOCKS_APART = '1 hour'

export const dunningInvariants: readonly Invariant[] = [
  {
    id: 'I-29-dunning',
    says: 'Nothing was chased as overdue before the day after its due day, and no level before its own day',
    violations: (
      t,
    ) => sql`select s.id, s.on_day, s.oldest_due_on as due_on from ${withDays(t)} where s.tenant_id = ${t} and l.days > 0 and s.on_day - s.oldest_due_on < l.days
      union all select s.id, s.on_day, i.due_on from ${withDays(t)} join ar.dunning_step_items i on i.tenant_id = ${t} and i.case_id = s.case_id and i.level = s.level and i.turn = s.turn
        where s.tenant_id = ${t} and l.days > 0 and i.due_on >= s.on_day`,
  },
  {
    id: 'I-36',
    says: 'A level of a case does each thing once a turn, a case takes one level a day, and every level has its place in the case',
    violations: (
      t,
    ) => sql`select s.case_id, s.level, s.action from ar.dunning_steps s where s.tenant_id = ${t} group by s.case_id, s.level, s.action, s.turn having count(*) > 1
      union all select s.case_id, max(s.level), 'day' from ar.dunning_steps s where s.tenant_id = ${t} group by s.case_id, s.on_day having count(distinct (s.level, s.turn)) > 1
      union all select s.case_id, s.level, 'case' from ar.dunning_steps s join ar.dunning_cases k on k.tenant_id = ${t} and k.id = s.case_id
        where s.tenant_id = ${t} and ((s.level, s.turn) > (k.level, k.turn) or s.on_day > k.last_step_on)
      union all select k.id, count(*) over ()::smallint, 'open' from ar.dunning_cases k left join ar.customers c on c.tenant_id = ${t} and c.id = k.customer_id
        where k.tenant_id = ${t} and (c.id is null or (k.closed_on is null and c.status = 'merged') or not exists (select from ar.dunning_ladders l where l.tenant_id = ${t} and l.id = k.ladder_id))`,
  },
  {
    id: 'I-36-turns',
    says: 'A level is repeated only where its ladder says so, as often and as far apart as it says, or because its message was withheld for a reason that passes',
    violations: (
      t,
    ) => sql`select s.case_id, s.turn, s.on_day from ar.dunning_steps s join ar.dunning_ladder_versions v on v.tenant_id = ${t} and v.id = s.ladder_version_id
        cross join lateral (select v.content #> array['levels', (s.level - 1)::text, 'repeat'] as said) r
        left join ar.dunning_steps p on p.tenant_id = ${t} and p.case_id = s.case_id and p.level = s.level and p.action = s.action and p.turn = s.turn - 1
        cross join lateral (select count(*) as turns, coalesce(bool_or(w.turn = s.turn - 1), false) as is_last from ar.dunning_steps w
          join ar.messages m on m.tenant_id = ${t} and m.id = w.message_id and ${isWithheldForNow()} where w.tenant_id = ${t} and w.case_id = s.case_id and w.level = s.level and w.turn < s.turn) h
        where s.tenant_id = ${t} and s.turn > 1 and (s.on_day <= p.on_day or (not (h.is_last and s.action = 'email')
          and (s.level <> jsonb_array_length(v.content -> 'levels') or s.turn - h.turns > 1 + coalesce((r.said ->> 'most')::int, 0) or s.on_day - p.on_day < (r.said ->> 'everyDays')::int)))`,
  },
  {
    id: 'I-37-dunning',
    says: 'Every reminder that a case says was written stands in the outbox, under that case’s own key; what was not possible has no message',
    violations: (
      t,
    ) => sql`select s.id, m.business_key from ar.dunning_steps s left join ar.messages m on m.tenant_id = ${t} and m.id = s.message_id
        where s.tenant_id = ${t} and s.action = 'email' and s.not_possible is null
          and m.business_key is distinct from 'dunning ' || s.case_id || ' ' || s.level || ' email' || case when s.turn > 1 then ' ' || s.turn else '' end
      union all select s.id, s.not_possible from ar.dunning_steps s where s.tenant_id = ${t} and s.not_possible is not null and (s.action <> 'email' or s.message_id is not null)
      union all select m.id, m.business_key from ar.messages m left join ar.dunning_steps s on s.tenant_id = ${t} and s.message_id = m.id where m.tenant_id = ${t} and m.kind = 'dunning' and s.id is null`,
  },
  {
    id: 'I-38',
    says: 'A reminder goes to the customer whose debts it names, and every step names something that exists',
    violations: (
      t,
    ) => sql`select m.id, m.customer_id from ar.dunning_steps s join ar.messages m on m.tenant_id = ${t} and m.id = s.message_id where s.tenant_id = ${t} and m.customer_id is distinct from s.customer_id
      union all select x.message_id, m.customer_id from ar.dunning_mailed_items x join ar.messages m on m.tenant_id = ${t} and m.id = x.message_id
        join ar.receivables r on r.tenant_id = ${t} and r.id = x.receivable_id
        where x.tenant_id = ${t} and r.customer_id <> m.customer_id and r.version = x.receivable_version
      union all select s.id, s.customer_id from ar.dunning_steps s where s.tenant_id = ${t} and (
        not exists (select from ar.customers c where c.tenant_id = ${t} and c.id = s.customer_id) or not exists (select from ar.dunning_cases k where k.tenant_id = ${t} and k.id = s.case_id) or not exists (select from ar.dunning_ladder_versions v where v.tenant_id = ${t} and v.id = s.ladder_version_id)
        or not exists (select from ar.dunning_step_items i join ar.receivables r on r.tenant_id = ${t} and r.id = i.receivable_id where i.tenant_id = ${t} and i.case_id = s.case_id and i.level = s.level and i.turn = s.turn))
      union all select i.case_id, i.receivable_id from ar.dunning_step_items i where i.tenant_id = ${t}
        and not exists (select from ar.dunning_steps s where s.tenant_id = ${t} and s.case_id = i.case_id and s.level = i.level and s.turn = i.turn)`,
  },
  {
    id: 'I-39',
    says: 'What went out named only what was open, undisputed and not void at the moment of sending',
    violations: (
      t,
    ) => sql`select m.id, null::uuid as receivable_id from ar.messages m where m.tenant_id = ${t} and m.kind = 'dunning' and m.status in ('sending', 'sent', 'uncertain')
        and not exists (select from ar.dunning_mailed_items x where x.tenant_id = ${t} and x.message_id = m.id)
      union all select x.message_id, x.receivable_id from ar.dunning_mailed_items x join ar.receivables r on r.tenant_id = ${t} and r.id = x.receivable_id
        where x.tenant_id = ${t} and r.version = x.receivable_version and (r.open <> x.open or r.disputed or r.voided_on is not null)
      union all select x.message_id, x.receivable_id from ar.dunning_mailed_items x where x.tenant_id = ${t}
        and (select sum(e.amount) from ar.receivable_entries e where e.tenant_id = ${t} and e.receivable_id = x.receivable_id and e.recorded_at < x.checked_at - ${CLOCKS_APART}::interval) = 0`,
  },
]
