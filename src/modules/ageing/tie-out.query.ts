import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { receivablesAccounts } from '../vouchers/receivables-accounts.query.ts'

/** Minor units of the base currency. `difference` = ledger − account1122, 0 when the books are right. */
export type TieOut = { readonly ledger: bigint; readonly account1122: bigint; readonly difference: bigint }

/**
 * The proof of a report, from two sources that share nothing: the entries of the sub-ledger and the lines of the vouchers on the receivables account, both up to
 * the day. Null for whoever sees only a part of the company: vouchers are whole.
 */
export async function tieOut(reader: Reader, asOf: Day): Promise<TieOut | null> {
  const { tenantId, scope } = reader.caller
  if (scope.kind !== 'all') return null
  const accounts = (await reader.all<{ code: string }>(sql`select x.code from (${receivablesAccounts(tenantId)}) x(code)`)).map(
    ({ code }) => code,
  )
  return reader.one<TieOut>(sql`select x.ledger, x.account1122, x.ledger - x.account1122 as difference from (select
    (select coalesce(sum(e.amount_base), 0)::bigint from ar.receivable_entries e where e.tenant_id = ${tenantId} and e.entry_on <= ${asOf}::date) as ledger,
    (select coalesce(sum(l.debit_base - l.credit_base), 0)::bigint from ar.voucher_lines l where l.tenant_id = ${tenantId} and l.account = any(${accounts}::text[])
      and not exists (select 1 from ar.vouchers v where v.tenant_id = ${tenantId} and v.voucher_on > ${asOf}::date and v.id = l.voucher_id)) as account1122) x`)
}
