import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { receivablesAccounts } from './receivables-accounts.query.ts'

export type AccountBalance = { readonly code: string; readonly opening: bigint; readonly debit: bigint; readonly credit: bigint }

/** Base currency, debit less credit: what stood before `from`, what moved until `until` (included). Accounts without any movement are left out. */
export function accountBalances(reader: Reader, from: Day, until: Day): Promise<AccountBalance[]> {
  const t = reader.caller.tenantId
  return reader.all(sql`select l.account as code, coalesce(sum(l.debit_base - l.credit_base) filter (where v.voucher_on < ${from}::date), 0)::bigint as opening,
      coalesce(sum(l.debit_base) filter (where v.voucher_on >= ${from}::date), 0)::bigint as debit, coalesce(sum(l.credit_base) filter (where v.voucher_on >= ${from}::date), 0)::bigint as credit
    from ar.vouchers v join ar.voucher_lines l on l.tenant_id = v.tenant_id and l.voucher_id = v.id
    where v.tenant_id = ${t} and l.tenant_id = ${t} and v.voucher_on <= ${until}::date group by l.account order by l.account`)
}

/**
 * The same sum from three places, base currency, at the end of `asOf`: the receivables account of the vouchers, the ledger's entries, and the open amounts of today
 * less what was entered after the day. `accounts`: the codes that are or were the receivables account.
 */
export async function tieOutAt(reader: Reader, asOf: Day): Promise<{ account: bigint; ledger: bigint; open: bigint; accounts: string[] }> {
  const t = reader.caller.tenantId
  const codes = receivablesAccounts(t)
  return reader.one(sql`select
    (select coalesce(sum(l.debit_base - l.credit_base), 0)::bigint from ar.vouchers v join ar.voucher_lines l on l.tenant_id = v.tenant_id and l.voucher_id = v.id
      where v.tenant_id = ${t} and v.voucher_on <= ${asOf}::date and l.account in (${codes})) as account,
    (select coalesce(sum(e.amount_base), 0)::bigint from ar.receivable_entries e where e.tenant_id = ${t} and e.entry_on <= ${asOf}::date) as ledger,
    ((select coalesce(sum(r.open_base), 0) from ar.receivables r where r.tenant_id = ${t} and r.open <> 0)
      - (select coalesce(sum(e.amount_base), 0) from ar.receivable_entries e where e.tenant_id = ${t} and e.entry_on > ${asOf}::date))::bigint as open,
    array(${codes}) as accounts`)
}
