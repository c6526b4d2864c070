import type { Reader } from '../../platform/db.ts'
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

const loaded = new WeakMap<Reader, Promise<PostingSetup>>()

/** The newest version of every rule; asked once a transaction, whatever number of events it posts. */
export function postingSetup(reader: Reader): Promise<PostingSetup> {
  const setup = loaded.get(reader) ?? loadSetup(reader)
  loaded.set(reader, setup)
  return setup
}

async function loadSetup(reader: Reader): Promise<PostingSetup> {
  const rows = await reader.all<{ kind: string; version: number; rule: unknown }>(sql`select distinct on (r.kind) r.kind, r.version, r.rule
    from ar.posting_rules r where r.tenant_id = ${reader.caller.tenantId} order by r.kind, r.version desc`)
  const own = Object.fromEntries(
    rows.filter((row) => row.kind in defaultPostingRules).map((row) => [row.kind, row.rule as readonly PostingLine[]]),
  )
  return {
    rules: { ...defaultPostingRules, ...(own as { [kind in PostingKind]?: readonly PostingLine[] }) },
    codes: (rows.find((row) => row.kind === ACCOUNT_CODES)?.rule ?? {}) as AccountCodes,
    versions: Object.fromEntries(rows.map((row) => [row.kind, row.version])),
  }
}
