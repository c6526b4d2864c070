import { type Sql, sql } from '../../platform/sql.ts'

/** One sentence about the books that is always true, as the question for its violations: the right answer is no row. `id` is that of the list of invariants. */
export type Proof = { readonly id: string; readonly says: string; readonly violations: (tenantId: number) => Sql }

export const receivableProofs: readonly Proof[] = [
  {
    id: 'I-01',
    says: 'A receivable is the sum of its lines, in its currency and in base currency, and has at least one',
    violations: (
      t,
    ) => sql`select r.id from ar.receivables r left join ar.receivable_lines l on l.tenant_id = r.tenant_id and l.receivable_id = r.id
      where r.tenant_id = ${t} group by r.id, r.amount, r.amount_base
      having coalesce(sum(l.amount), 0) <> r.amount or coalesce(sum(l.amount_base), 0) <> r.amount_base or coalesce(sum(l.net + l.tax), 0) <> r.amount`,
  },
  {
    id: 'I-03',
    says: 'Opening adds, settling takes away, undoing gives back, a move is nothing in total',
    violations: (
      t,
    ) => sql`select e.id, e.kind from ar.receivable_entries e where e.tenant_id = ${t} and (e.amount = 0 or (e.amount > 0) <> (e.kind in ('opened', 'reversed')))
        and e.kind not in ('rescheduled', 'reassigned')
      union all select e.source_id, e.kind from ar.receivable_entries e where e.tenant_id = ${t} and e.kind in ('rescheduled', 'reassigned')
        group by e.source_id, e.receivable_id, e.kind having sum(e.amount) <> 0 or sum(e.amount_base) <> 0 or count(*) <> 2`,
  },
  {
    id: 'I-05',
    says: 'What is no longer open was allocated or adjusted, never more than the whole',
    violations: (t) => sql`select r.id from ar.receivables r
      left join (select x.receivable_id, sum(x.amount) as amount, sum(x.amount_base) as base from (
        select a.receivable_id, a.amount, a.amount_base from ar.allocations a where a.tenant_id = ${t}
        union all select d.receivable_id, d.amount, d.amount_base from ar.adjustments d where d.tenant_id = ${t}) x group by 1) s on s.receivable_id = r.id
      where r.tenant_id = ${t} and r.voided_on is null and (r.amount - r.open <> coalesce(s.amount, 0) or r.amount_base - r.open_base <> coalesce(s.base, 0) or r.open < 0)`,
  },
  {
    id: 'I-09',
    says: 'Settled means nothing open, on the day of the entry that settled it',
    violations: (
      t,
    ) => sql`select r.id, r.settled_on from ar.receivables r where r.tenant_id = ${t} and ((r.open = 0) <> (r.settled_on is not null)
      or (r.settled_on is not null and r.settled_on is distinct from (select max(e.entry_on) from ar.receivable_entries e where e.tenant_id = ${t} and e.receivable_id = r.id)))`,
  },
  {
    id: 'I-16',
    says: 'The entries of a receivable make its open amount',
    violations: (t) => sql`select r.id, r.open, s.amount from ar.receivables r
      left join (select e.receivable_id, sum(e.amount) as amount, sum(e.amount_base) as base from ar.receivable_entries e where e.tenant_id = ${t} group by 1) s on s.receivable_id = r.id
      where r.tenant_id = ${t} and (coalesce(s.amount, 0) <> r.open or coalesce(s.base, 0) <> r.open_base)`,
  },
  {
    id: 'I-18',
    says: 'Customer, due day, salesperson and region of the entries add up to those of the receivable',
    violations: (
      t,
    ) => sql`select e.receivable_id from ar.receivable_entries e join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id
      where e.tenant_id = ${t} and (e.customer_id, e.due_on, e.issued_on, e.salesperson_id, e.region_id) is distinct from (r.customer_id, r.due_on, r.issued_on, r.salesperson_id, r.region_id)
      group by e.receivable_id, e.customer_id, e.due_on, e.issued_on, e.salesperson_id, e.region_id having sum(e.amount) <> 0 or sum(e.amount_base) <> 0`,
  },
  {
    id: 'I-18-product',
    says: 'The open shares of the lines make the open amount, and fall due with it',
    violations: (
      t,
    ) => sql`select r.id from ar.receivables r join ar.receivable_lines l on l.tenant_id = r.tenant_id and l.receivable_id = r.id
      where r.tenant_id = ${t} group by r.id, r.open_base, r.due_on having sum(l.open_base) <> r.open_base or bool_or(l.due_on <> r.due_on)`,
  },
  {
    id: 'I-19',
    says: 'On no past day was a receivable below nothing, wherever it stood',
    violations: (t) => sql`select x.receivable_id, x.entry_on from (
      select e.receivable_id, e.entry_on, sum(sum(e.amount)) over (partition by e.receivable_id, e.customer_id, e.due_on, e.salesperson_id, e.region_id order by e.entry_on) as standing
      from ar.receivable_entries e where e.tenant_id = ${t} group by e.receivable_id, e.customer_id, e.due_on, e.salesperson_id, e.region_id, e.entry_on) x where x.standing < 0`,
  },
  {
    id: 'I-25',
    says: 'What is settled in its currency has no value left in base currency',
    violations: (t) =>
      sql`select e.receivable_id from ar.receivable_entries e where e.tenant_id = ${t} group by 1 having sum(e.amount) = 0 and sum(e.amount_base) <> 0`,
  },
  {
    id: 'I-30-counter',
    says: 'The receivables that a credit account counts are those of its customer and of everyone below',
    violations: (t) => sql`select a.customer_id, a.receivables_base, s.base from ar.credit_accounts a left join (
        select x.customer_id, sum(r.open_base) as base from ar.receivables r join ar.credit_accounts b on b.tenant_id = r.tenant_id and b.customer_id = r.customer_id
        cross join unnest(b.ancestors) x(customer_id) where r.tenant_id = ${t} and r.open <> 0 group by 1) s on s.customer_id = a.customer_id
      where a.tenant_id = ${t} and a.receivables_base <> coalesce(s.base, 0)`,
  },
]
