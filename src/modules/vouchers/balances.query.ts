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
 * What stood before `from` and what moved until `until` (included), account by account. Accounts without anything are left out.
 * Opening balances (期初: what was owed, and money that was there) of the month in which the books begin, that of the first opening balance, are what stood before a range that holds the beginning, not what moved in it.
 * One of a later month moves, like its taking back: the opening of a month is the closing of the month before.
 */
export function accountBalances(reader: Reader, from: Day, until: Day): Promise<AccountBalance[]> {
  const t = reader.caller.tenantId
  const start = sql`${from}::date`
  const year = sql`${`${until.slice(0, 4)}-01-01`}::date`
  const isBefore = (since: Sql) => sql`(d.on_day < ${since} or (d.is_opening and d.on_day < b.until_day and b.first_day >= ${since}))`
  const moved = (side: 'debit' | 'credit', since: Sql) =>
    sql`coalesce(sum(d.${sql.ref(side)}) filter (where not ${isBefore(since)}), 0)::bigint`
  return reader.all(sql`with d as materialized (
      select l.account, v.voucher_on as on_day, coalesce(o.id, p.id) is not null as is_opening, sum(l.debit_base) as debit, sum(l.credit_base) as credit
      from ar.vouchers v join ar.voucher_lines l on l.tenant_id = v.tenant_id and l.voucher_id = v.id
        left join ar.receivables o on o.tenant_id = ${t} and o.kind = 'opening' and o.id = v.source_id and v.source_kind = 'receivable' and v.reverses_id is null
        left join ar.receipts p on p.tenant_id = ${t} and p.opening and p.id = v.source_id and v.source_kind = 'receipt' and v.reverses_id is null
      where v.tenant_id = ${t} and l.tenant_id = ${t} and v.voucher_on <= ${until}::date group by l.account, v.voucher_on, coalesce(o.id, p.id) is not null),
    b as (select min(d.on_day) as first_day, date_trunc('month', min(d.on_day)) + interval '1 month' as until_day from d where d.is_opening)
    select d.account as code, coalesce(sum(d.debit - d.credit) filter (where ${isBefore(start)}), 0)::bigint as opening,
      ${moved('debit', start)} as debit, ${moved('credit', start)} as credit, ${moved('debit', year)} as year_debit, ${moved('credit', year)} as year_credit
    from d cross join b group by d.account order by d.account`)
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
