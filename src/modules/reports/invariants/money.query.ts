import { currencies } from '../../../kernel/currency.ts'
import { type Sql, sql } from '../../../platform/sql.ts'
import { type AccountKey, defaultAccountCodes } from '../../vouchers/chart-of-accounts.ts'
import { ACCOUNT_CODES } from '../../vouchers/posting-setup.query.ts'
import type { Invariant } from './invariant.query.ts'

/** Every code that an account ever had: a changed code leaves the old vouchers where they are. */
function codesOf(t: number, key: AccountKey): Sql {
  return sql`(select ${defaultAccountCodes[key]} union select r.rule ->> ${key} from ar.posting_rules r where r.tenant_id = ${t} and r.kind = ${ACCOUNT_CODES} and r.rule ->> ${key} is not null)`
}

/** The balance of an account (credit less debit) beside what the receipts say it should be. */
function waiting(t: number, key: AccountKey, receipts: Sql): Sql {
  return sql`select x.vouchers, x.receipts from (select
      (select coalesce(sum(l.credit_base - l.debit_base), 0) from ar.voucher_lines l where l.tenant_id = ${t} and l.account in ${codesOf(t, key)}) as vouchers,
      (select coalesce(sum(p.amount_base - p.allocated_base), 0) from ar.receipts p where p.tenant_id = ${t} and p.status = 'confirmed' and ${receipts}) as receipts) x where x.vouchers <> x.receipts`
}

export const moneyInvariants: readonly Invariant[] = [
  {
    id: 'I-02',
    says: 'Every amount is a whole number of minor units of a currency that exists',
    violations: (t) => sql`select x.document, x.id, x.currency from (
      select 'receivable' as document, r.id, r.currency from ar.receivables r where r.tenant_id = ${t} union all select 'receipt', p.id, p.currency from ar.receipts p where p.tenant_id = ${t}
      union all select 'order', o.id, o.currency from ar.orders o where o.tenant_id = ${t} union all select 'voucher', l.voucher_id, l.currency from ar.voucher_lines l where l.tenant_id = ${t}) x
      where x.currency <> all(${[...currencies]}::text[])`,
  },
  {
    id: 'I-03-money',
    says: 'Receipts, allocations and adjustments are above zero; what undoes one is its mirror',
    violations: (t) => sql`select p.id from ar.receipts p where p.tenant_id = ${t} and (p.amount <= 0 or p.fee < 0 or p.fee > p.amount)
      union all select a.id from ar.allocations a where a.tenant_id = ${t} and (a.amount = 0 or (a.amount > 0) <> (a.reverses_id is null))
      union all select d.id from ar.adjustments d where d.tenant_id = ${t} and (d.amount = 0 or (d.amount > 0) <> (d.reverses_id is null))`,
  },
  {
    id: 'I-04',
    says: 'A receipt counts exactly what was allocated of it, and never more than it is',
    violations: (t) => sql`select p.id, p.allocated, coalesce(s.amount, 0) as allocations from ar.receipts p
      left join (select a.receipt_id, sum(a.amount) as amount, sum(a.receipt_base) as base from ar.allocations a where a.tenant_id = ${t} group by a.receipt_id) s on s.receipt_id = p.id
      where p.tenant_id = ${t} and (p.allocated <> coalesce(s.amount, 0) or p.allocated_base <> coalesce(s.base, 0) or p.allocated + p.refunded > p.amount or p.allocated_base > p.amount_base
        or (p.allocated = p.amount and p.allocated_base <> p.amount_base))`,
  },
  {
    id: 'I-06',
    says: 'Only confirmed receipts pay, and only receivables that stand are paid',
    violations: (
      t,
    ) => sql`select a.receipt_id, a.receivable_id from ar.allocations a join ar.receipts p on p.tenant_id = a.tenant_id and p.id = a.receipt_id join ar.receivables r on r.tenant_id = a.tenant_id and r.id = a.receivable_id
      where a.tenant_id = ${t} and (p.status <> 'confirmed' or r.voided_on is not null) group by a.receipt_id, a.receivable_id having sum(a.amount) <> 0`,
  },
  {
    id: 'I-07',
    says: 'An allocation stays in one currency, and pays for a customer that is known',
    violations: (
      t,
    ) => sql`select a.id from ar.allocations a join ar.receipts p on p.tenant_id = a.tenant_id and p.id = a.receipt_id join ar.receivables r on r.tenant_id = a.tenant_id and r.id = a.receivable_id
      where a.tenant_id = ${t} and (p.currency <> r.currency or p.customer_id is null)`,
  },
  {
    id: 'I-08',
    says: 'Every allocation and adjustment has its receipt and its receivable',
    violations: (
      t,
    ) => sql`select a.id from ar.allocations a left join ar.receipts p on p.tenant_id = a.tenant_id and p.id = a.receipt_id left join ar.receivables r on r.tenant_id = a.tenant_id and r.id = a.receivable_id
        where a.tenant_id = ${t} and (p.id is null or r.id is null)
      union all select d.id from ar.adjustments d left join ar.receivables r on r.tenant_id = d.tenant_id and r.id = d.receivable_id where d.tenant_id = ${t} and r.id is null`,
  },
  {
    id: 'I-12',
    says: 'An allocation is undone at most once, by a row that mirrors it',
    violations: (
      t,
    ) => sql`select a.reverses_id as id from ar.allocations a where a.tenant_id = ${t} and a.reverses_id is not null group by a.reverses_id having count(*) > 1
      union all select m.id from ar.allocations m left join ar.allocations a on a.tenant_id = m.tenant_id and a.id = m.reverses_id where m.tenant_id = ${t} and m.reverses_id is not null
        and (a.id is null or a.reverses_id is not null or (m.receipt_id, m.receivable_id, m.amount, m.amount_base, m.receipt_base) is distinct from (a.receipt_id, a.receivable_id, -a.amount, -a.amount_base, -a.receipt_base))
      union all select d.reverses_id from ar.adjustments d where d.tenant_id = ${t} and d.reverses_id is not null group by d.reverses_id having count(*) > 1
      union all select m.id from ar.adjustments m left join ar.adjustments d on d.tenant_id = m.tenant_id and d.id = m.reverses_id where m.tenant_id = ${t} and m.reverses_id is not null
        and (d.id is null or d.reverses_id is not null or (m.receivable_id, m.amount, m.amount_base) is distinct from (d.receivable_id, -d.amount, -d.amount_base))`,
  },
  {
    id: 'I-35',
    says: 'One receipt a transaction of a bank or payment channel',
    violations: (t) =>
      sql`select p.channel, p.channel_tx, count(*)::int as receipts from ar.receipts p where p.tenant_id = ${t} and p.channel_tx is not null and p.status in ('draft', 'confirmed') group by p.channel, p.channel_tx having count(*) > 1`,
  },
  {
    id: 'M5',
    says: 'Money is conserved: what came in is allocated, given back or still waits on its account',
    violations: (t) => waiting(t, 'unallocatedReceipts', sql`p.customer_id is not null`),
  },
  {
    id: 'M5-unidentified',
    says: 'Money of unknown origin is what stands on its account',
    violations: (t) => waiting(t, 'unidentifiedReceipts', sql`p.customer_id is null`),
  },
  {
    id: 'I-29',
    says: 'Nothing is due before it was issued, or entered or paid before it existed',
    violations: (
      t,
    ) => sql`select r.id from ar.receivables r where r.tenant_id = ${t} and (r.due_on < r.issued_on or r.settled_on < r.issued_on)
      union all select e.receivable_id from ar.receivable_entries e where e.tenant_id = ${t} and (e.entry_on < e.issued_on or e.due_on < e.issued_on)
      union all select a.id from ar.allocations a join ar.receipts p on p.tenant_id = a.tenant_id and p.id = a.receipt_id where a.tenant_id = ${t} and a.entry_on < p.received_on`,
  },
]
