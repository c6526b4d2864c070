import type pg from 'pg'
import type { Begun } from './hand-memory.ts'
import type { Books } from './reminders-by-hand.ts'

/** The rows that the reckoning by hand begins from, read as the owner of the tables. */
export async function plainBooks(owner: pg.Pool, tenantId: number): Promise<Books> {
  const rows = async <T>(text: string): Promise<T[]> => (await owner.query(text, [tenantId])).rows as T[]
  return {
    customers: await rows(`select c.id, c.code, c.name, c.class, c.status, c.email from ar.customers c where c.tenant_id = $1`),
    contacts: await rows(
      `select k.customer_id as customer, k.email, k.purpose, k.is_primary as main, k.status from ar.customer_contacts k where k.tenant_id = $1 order by k.id`,
    ),
    receivables:
      await rows(`select r.id, n.series || '-' || ar.no_text(n.no) as no, r.customer_id as customer, r.due_on::text as due, r.currency, r.open::text as open, r.open_base::text as base,
      r.disputed, r.voided_on is not null as voided from ar.receivables r join ar.document_numbers n on n.tenant_id = $1 and n.document_id = r.id where r.tenant_id = $1`),
    money: await rows(
      `select p.customer_id as customer, (p.amount_base - p.allocated_base)::text as left from ar.receipts p where p.tenant_id = $1 and p.status = 'confirmed' and p.customer_id is not null`,
    ),
    blocks: await rows(
      `select b.customer_id as customer, b.receivable_id as receivable, b.until_on::text as until from ar.dunning_blocks b where b.tenant_id = $1 and b.lifted_at is null`,
    ),
    ladders: await rows(
      `select l.id, l.is_standard as standard, l.status, l.classes from ar.dunning_ladders l where l.tenant_id = $1 order by l.id`,
    ),
    versions: await rows(
      `select v.ladder_id as ladder, v.no, v.valid_from::text as from, v.content from ar.dunning_ladder_versions v where v.tenant_id = $1`,
    ),
    assigned: await rows(
      `select a.customer_id as customer, a.ladder_id as ladder from ar.dunning_ladder_customers a where a.tenant_id = $1`,
    ),
  }
}

/** How far every customer has come before the first day; what happens afterwards is remembered by whoever reckons. */
export async function begunCases(owner: pg.Pool, tenantId: number): Promise<Begun[]> {
  const { rows } = await owner.query(
    `with w as (select s.case_id, s.level, s.turn from ar.dunning_steps s join ar.messages m on m.tenant_id = $1 and m.id = s.message_id and m.status = 'withheld'
        and m.reason in ('paused', 'itemsExcluded', 'covered', 'belowMinimum', 'noAddress', 'customerMerged') where s.tenant_id = $1)
    select k.customer_id as customer, k.closed_on is not null as "isOver", k.level, k.turn, k.last_step_on::text as last,
      (select count(*)::int from w where w.case_id = k.id and w.level = k.level) as withheld, exists (select from w where w.case_id = k.id and w.level = k.level and w.turn = k.turn) as "isWithheld",
      coalesce((select json_agg(json_build_object('receivable', i.receivable_id, 'level', i.level, 'turn', i.turn, 'on', (select max(s.on_day) from ar.dunning_steps s
          where s.tenant_id = $1 and s.case_id = i.case_id and s.level = i.level and s.turn = i.turn), 'isVoid', exists (select from w where w.case_id = i.case_id and w.level = i.level and w.turn = i.turn)))
        from ar.dunning_step_items i where i.tenant_id = $1 and i.case_id = k.id), '[]') as named
    from ar.dunning_cases k where k.tenant_id = $1 and (k.closed_on is null or k.closed_how = 'excluded') order by k.id`,
    [tenantId],
  )
  return rows as Begun[]
}
