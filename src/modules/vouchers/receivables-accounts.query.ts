import { type Sql, sql } from '../../platform/sql.ts'
import { defaultAccountCodes } from './chart-of-accounts.ts'
import { ACCOUNT_CODES } from './posting-setup.query.ts'

/** Every code that was ever the receivables account (应收账款) of the company: a changed code leaves the old vouchers where they are. */
export function receivablesAccounts(tenantId: number): Sql {
  return sql`select ${defaultAccountCodes.receivables} union select r.rule ->> 'receivables' from ar.posting_rules r
    where r.tenant_id = ${tenantId} and r.kind = ${ACCOUNT_CODES} and r.rule ->> 'receivables' is not null`
}
