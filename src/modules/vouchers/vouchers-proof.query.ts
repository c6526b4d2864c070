import { sql } from '../../platform/sql.ts'
import type { Proof } from '../receivables/receivables-proof.query.ts'
import { receivablesAccounts } from './receivables-accounts.query.ts'

export const voucherProofs: readonly Proof[] = [
  {
    id: 'I-13',
    says: 'Every voucher balances, in base currency and in its own, and shows its total; every line has its voucher',
    violations: (
      t,
    ) => sql`select v.id from ar.vouchers v left join ar.voucher_lines l on l.tenant_id = v.tenant_id and l.voucher_id = v.id where v.tenant_id = ${t}
      group by v.id, v.total_base having count(l.line_no) = 0 or sum(l.debit_base) <> sum(l.credit_base) or sum(l.debit_base) <> v.total_base
        or (count(distinct l.currency) = 1 and sum(l.debit) <> sum(l.credit))
      union all select l.voucher_id from ar.voucher_lines l where l.tenant_id = ${t} and not exists (select 1 from ar.vouchers v where v.tenant_id = ${t} and v.id = l.voucher_id)`,
  },
  {
    id: 'I-14',
    says: 'A line is debit or credit, never both, never negative',
    violations: (
      t,
    ) => sql`select l.voucher_id, l.line_no from ar.voucher_lines l where l.tenant_id = ${t} and (least(l.debit, l.credit, l.debit_base, l.credit_base) < 0
      or (l.debit_base > 0 and l.credit_base > 0) or (l.debit > 0 and l.credit > 0))`,
  },
  {
    id: 'I-15',
    says: 'The trial balance is zero',
    violations: (t) =>
      sql`select sum(l.debit_base - l.credit_base) as difference from ar.voucher_lines l where l.tenant_id = ${t} having sum(l.debit_base - l.credit_base) <> 0`,
  },
  // A merge moves what is owed, and no voucher: what is voided after one mirrors the voucher of the customer for whom it was opened.
  {
    id: 'I-17',
    says: 'The receivables account is the receivables ledger, customer by customer',
    violations: (t) => sql`select x.customer_id, sum(x.ledger) as ledger, sum(x.account) as account from (
        select coalesce(o.customer_id, e.customer_id) as customer_id, sum(e.amount_base) as ledger, 0 as account from ar.receivable_entries e
          left join ar.receivable_entries o on e.kind = 'voided' and o.tenant_id = e.tenant_id and o.receivable_id = e.receivable_id and o.kind = 'opened'
          where e.tenant_id = ${t} and e.kind <> 'reassigned' group by 1
        union all select l.customer_id, 0, sum(l.debit_base - l.credit_base) from ar.voucher_lines l where l.tenant_id = ${t} and l.account in (${receivablesAccounts(t)}) group by 1) x
      group by x.customer_id having sum(x.ledger) <> sum(x.account)`,
  },
  {
    id: 'I-20',
    says: 'Every receivable, every confirmed receipt and every allocation batch has exactly one voucher',
    violations: (
      t,
    ) => sql`select v.source_id, count(*)::int as count from ar.vouchers v where v.tenant_id = ${t} and v.reverses_id is null group by v.source_id, v.source_kind having count(*) > 1
      union all select r.id, 0 from ar.receivables r where r.tenant_id = ${t} and not exists (
        select 1 from ar.vouchers v where v.tenant_id = ${t} and v.source_id = r.id and v.source_kind = 'receivable' and v.reverses_id is null)
      union all select r.id, 0 from ar.receipts r where r.tenant_id = ${t} and r.status in ('confirmed', 'reversed') and not exists (
        select 1 from ar.vouchers v where v.tenant_id = ${t} and v.source_id = r.id and v.source_kind = 'receipt' and v.reverses_id is null)
      union all select a.batch_id, 0 from ar.allocations a where a.tenant_id = ${t} and not exists (
        select 1 from ar.vouchers v where v.tenant_id = ${t} and v.source_id = a.batch_id and v.source_kind = 'allocationBatch')`,
  },
  {
    id: 'I-21',
    says: 'Every entry that changes what is owed names a posted voucher',
    violations: (
      t,
    ) => sql`select e.id from ar.receivable_entries e left join ar.vouchers v on v.tenant_id = e.tenant_id and v.id = e.voucher_id
      where e.tenant_id = ${t} and ((v.id is null) <> (e.kind in ('rescheduled', 'reassigned')) or v.voucher_on <> e.entry_on)`,
  },
  {
    id: 'I-22',
    says: 'A reversal mirrors its voucher exactly',
    violations: (
      t,
    ) => sql`select m.id from ar.vouchers m join ar.voucher_lines l on l.tenant_id = m.tenant_id and l.voucher_id in (m.id, m.reverses_id)
      where m.tenant_id = ${t} and m.reverses_id is not null group by m.id, l.account, l.customer_id, l.currency
      having sum(l.debit - l.credit) <> 0 or sum(l.debit_base - l.credit_base) <> 0`,
  },
  {
    id: 'I-23',
    says: 'Numbers have no gap, and every receivable and voucher has one',
    violations: (
      t,
    ) => sql`select s.series, null::uuid as id from ar.number_series s left join ar.document_numbers n on n.tenant_id = s.tenant_id and n.series = s.series
        where s.tenant_id = ${t} group by s.series, s.last having count(n.no) <> s.last or coalesce(max(n.no), 0) <> s.last
      union all select distinct n.series, null::uuid from ar.document_numbers n where n.tenant_id = ${t} and not exists (select 1 from ar.number_series s where s.tenant_id = ${t} and s.series = n.series)
      union all select 'AR', r.id from ar.receivables r where r.tenant_id = ${t} and not exists (select 1 from ar.document_numbers n where n.tenant_id = ${t} and n.document_id = r.id)
      union all select 'V', v.id from ar.vouchers v where v.tenant_id = ${t} and not exists (select 1 from ar.document_numbers n where n.tenant_id = ${t} and n.document_id = v.id)`,
  },
  {
    id: 'I-26',
    says: "A voucher's day lies in its period, and the period exists",
    violations: (t) => sql`select v.id from ar.vouchers v left join ar.periods p on p.tenant_id = v.tenant_id and p.period = v.period
      where v.tenant_id = ${t} and (p.period is null or v.period <> extract(year from v.voucher_on) * 100 + extract(month from v.voucher_on))`,
  },
]
