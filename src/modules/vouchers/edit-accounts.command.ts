import type { Language } from '../../kernel/language.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { insertAccounts, saveAccount } from './account.store.ts'
import { chartOfAccounts } from './accounts.query.ts'
import { type AccountKind, defaultAccounts } from './chart-of-accounts.ts'
import { codesInUse } from './posting-codes.ts'
import { postingSetup } from './posting-setup.query.ts'

type Name = Readonly<Record<Language, string>>

/** Handler of companies.founded: the accounts a new company starts with. Posting rules need no rows: the defaults hold until the company writes its own. */
export async function foundAccounts(tx: Tx): Promise<void> {
  insertAccounts(
    tx,
    defaultAccounts.map(({ code, name, kind }) => ({ code, name, kind, status: 'active' })),
  )
  tx.audit({ action: 'accounts.founded', entity: 'account', detail: { count: defaultAccounts.length } })
}

/** Adds an account. Throws vouchers.accountExists. */
export async function addAccount(
  tx: Tx,
  account: { readonly code: string; readonly name: Name; readonly kind: AccountKind },
): Promise<void> {
  const chart = await chartOfAccounts(tx)
  if (chart.some((one) => one.code === account.code)) throw new Problem('vouchers.accountExists', { code: account.code }, { path: 'code' })
  insertAccounts(tx, [{ ...account, status: 'active' }])
  tx.audit({ action: 'accounts.added', entity: 'account', after: account })
}

/** Renames, disables or enables an account. Throws vouchers.accountInRules when a posting rule still uses it, platform.staleVersion, platform.notFound. */
export async function editAccount(
  tx: Tx,
  code: string,
  { version, ...wanted }: { readonly version: number; readonly name: Name; readonly status: 'active' | 'disabled' },
): Promise<void> {
  const [chart, setup] = await Promise.all([chartOfAccounts(tx), postingSetup(tx)])
  const before = chart.find((one) => one.code === code)
  if (before === undefined) throw missing('account')
  if (before.version !== version) throw new Problem('platform.staleVersion', { version: before.version }, { kind: 'conflict' })
  if (wanted.status === 'disabled' && codesInUse(setup).has(code))
    throw new Problem('vouchers.accountInRules', { code }, { path: 'status' })
  if (version === 0) insertAccounts(tx, [{ code, kind: before.kind, ...wanted }])
  else saveAccount(tx, { code, version, ...wanted })
  const { name, status } = before
  tx.audit({ action: 'accounts.edited', entity: 'account', ...changes({ name, status }, wanted), detail: { code } })
}
