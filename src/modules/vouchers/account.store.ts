import type { Tx } from '../../platform/db.ts'
import type { AccountRow } from './accounts.query.ts'

export function insertAccounts(tx: Tx, accounts: readonly Omit<AccountRow, 'version'>[]): void {
  tx.insert(
    'accounts',
    accounts.map(({ code, name, kind, status }) => ({ code, name, kind, status })),
  )
}

export function saveAccount(tx: Tx, account: Omit<AccountRow, 'kind'>): void {
  tx.update('accounts', [account], { match: ['code'], set: ['name', 'status'], expect: ['version'] })
}
