import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { receivablesAccounts } from './receivables-accounts.query.ts'

/** Base currency, minor units. `opening`: debit less credit; `year…`: from the first day of the year of the last day. */
export type AccountBalance = {
  readonly code: string
  readonly opening: bigint
  readonly debit: bigint
  readonly credit: bigint
  readonly yearDebit: bigint
  readonly yearCredit: bigint
}

/**
 * What stood before `from` and what moved until `until` (included), account by account. Opening balances (期初: what was owed, and money that was there) brought in on any day until `until` are what stood
 * before, not what moved; their taking back is a movement. Accounts without anything are left out.
 */
export function accountBalances(reader: Reader, from: Day, until: Day): Promise<AccountBalance[]> {
  const t = reader.caller.tenantId
  const sum = (side: 'debit' | 'credit', since: Sql) =>
    sql`coalesce(sum(l.${sql.ref(`${side}_base`)}) filter (where v.voucher_on >= ${since} and coalesce(o.id, p.id) is null), 0)::bigint`
  const start = sql`${from}::date`
  const year = sql`${`${until.slice(0, 4)}-01-01`}::date`
  return reader.all(sql`select l.account as code, coalesce(sum(l.debit_base - l.credit_base) filter (where v.voucher_on < ${start} or coalesce(o.id, p.id) is not null), 0)::bigint as opening,
      ${sum('debit', start)} as debit, ${sum('credit', start)} as credit, ${sum('debit', year)} as year_debit, ${sum('credit', year)} as year_credit
    from ar.vouchers v join ar.voucher_lines l on l.tenant_id = v.tenant_id and l.voucher_id = v.id
      left join ar.receivables o on o.tenant_id = ${t} and o.kind = 'opening' and o.id = v.source_id and v.source_kind = 'receivable' and v.reverses_id is null
      left join ar.receipts p on p.tenant_id = ${t} and p.opening and p.id = v.source_id and v.source_kind = 'receipt' and v.reverses_id is null
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
