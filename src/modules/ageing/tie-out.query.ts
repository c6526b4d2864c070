import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** Minor units of the base currency. `difference` = ledger − account1122, 0 when the books are right. */
export type TieOut = { readonly ledger: bigint; readonly account1122: bigint; readonly difference: bigint }

/**
 * The proof of a report, from two sources that share nothing: the entries of the sub-ledger and the lines of the vouchers on the receivables account, both up to
 * the day. Null for whoever sees only a part of the company: vouchers are whole.
 */
export async function tieOut(reader: Reader, asOf: Day): Promise<TieOut | null> {
  const { tenantId, scope } = reader.caller
  if (scope.kind !== 'all') return null
  const accounts = await receivablesAccounts(reader)
  const [found] = await reader.report<TieOut>(sql`select x.ledger, x.account1122, x.ledger - x.account1122 as difference from (select
    (select coalesce(sum(e.amount_base), 0)::bigint from ar.receivable_entries e where e.tenant_id = ${tenantId} and e.entry_on <= ${asOf}::date) as ledger,
    (select coalesce(sum(l.debit_base - l.credit_base), 0)::bigint from ar.voucher_lines l where l.tenant_id = ${tenantId} and l.account = any(${accounts}::text[])
      and not exists (select 1 from ar.vouchers v where v.tenant_id = ${tenantId} and v.voucher_on > ${asOf}::date and v.id = l.voucher_id)) as account1122) x`)
  return found!
}

/** 应收账款, and every code that the company has ever called it by. Vouchers stand downstream, so the rows are read here; a test holds both to the same answer. */
export async function receivablesAccounts(reader: Reader): Promise<string[]> {
  const rows = await reader.all<{ code: string }>(sql`select '1122' as code union select r.rule ->> 'receivables' from ar.posting_rules r
    where r.tenant_id = ${reader.caller.tenantId} and r.kind = 'accountCodes' and r.rule ->> 'receivables' is not null order by 1`)
  return rows.map(({ code }) => code)
}
