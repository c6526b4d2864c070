import type { Reader } from '../../platform/db.ts'
import { kept } from '../../platform/kept.ts'
import { sql } from '../../platform/sql.ts'
import type { AccountCodes } from './chart-of-accounts.ts'
import { defaultPostingRules, type PostingKind, type PostingLine, type PostingRules } from './posting-rules.ts'

/** What a company's vouchers are made by: its own rules and account codes over the defaults. */
export type PostingSetup = {
  readonly rules: PostingRules
  readonly codes: AccountCodes
  readonly versions: Readonly<Record<string, number>>
}

/** The kind under which the account codes are stored beside the rules. */
export const ACCOUNT_CODES = 'accountCodes'

/** The newest version of every rule. */
export const postingSetup = kept(async (reader): Promise<PostingSetup> => {
  const rows = await reader.all<RuleRow>(sql`select distinct on (r.kind) r.kind, r.version, r.rule
    from ar.posting_rules r where r.tenant_id = ${reader.caller.tenantId} order by r.kind, r.version desc`)
  return setupOf(rows)
})

/** By allocation batch: the setup by which its voucher was made, for its undoing. */
export async function postingSetupsOfBatches(reader: Reader, batchIds: readonly string[]): Promise<(batchId: string) => PostingSetup> {
  const t = reader.caller.tenantId
  const rows = await reader.all<
    RuleRow & { batchId: string }
  >(sql`select v.source_id as batch_id, r.kind, r.version, r.rule from ar.vouchers v
    cross join lateral (select distinct on (r.kind) r.kind, r.version, r.rule from ar.posting_rules r
      where r.tenant_id = ${t} and r.created_at <= v.recorded_at order by r.kind, r.version desc) r
    where v.tenant_id = ${t} and v.source_id = any(${batchIds}::uuid[]) and v.source_kind = 'allocationBatch' and v.reverses_id is null`)
  const byBatch = Map.groupBy(rows, (row) => row.batchId)
  return (batchId) => setupOf(byBatch.get(batchId) ?? [])
}

type RuleRow = { readonly kind: string; readonly version: number; readonly rule: unknown }

/** The newest row of every kind over the defaults. */
function setupOf(rows: readonly RuleRow[]): PostingSetup {
  const own = Object.fromEntries(
    rows.filter((row) => row.kind in defaultPostingRules).map((row) => [row.kind, row.rule as readonly PostingLine[]]),
  )
  return {
    rules: { ...defaultPostingRules, ...(own as { [kind in PostingKind]?: readonly PostingLine[] }) },
    codes: (rows.find((row) => row.kind === ACCOUNT_CODES)?.rule ?? {}) as AccountCodes,
    versions: Object.fromEntries(rows.map((row) => [row.kind, row.version])),
  }
}
