import type { Language } from '../../kernel/language.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type AccountKind, defaultAccounts } from './chart-of-accounts.ts'

/** An account as the company keeps it. `version` 0: a default that has no row yet. */
export type AccountRow = {
  readonly code: string
  readonly name: Readonly<Record<Language, string>>
  readonly kind: AccountKind
  readonly status: 'active' | 'disabled'
  readonly version: number
}

/** The chart of accounts by code; a company that never touched it has the defaults. */
export async function chartOfAccounts(reader: Reader): Promise<AccountRow[]> {
  const own = await reader.all<AccountRow>(
    sql`select a.code, a.name, a.kind, a.status, a.version from ar.accounts a where a.tenant_id = ${reader.caller.tenantId}`,
  )
  const known = new Set(own.map((account) => account.code))
  const absent = defaultAccounts
    .filter((account) => !known.has(account.code))
    .map(({ code, name, kind }) => ({ code, name, kind, status: 'active' as const, version: 0 }))
  return [...own, ...absent].sort((a, b) => (a.code < b.code ? -1 : 1))
}

export function accountName(account: Pick<AccountRow, 'name'> | undefined, language: Language, code: string): string {
  return account?.name[language] || account?.name['zh-CN'] || code
}
