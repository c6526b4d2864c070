import { type AccountCodes, type AccountKey, accountCode } from './chart-of-accounts.ts'
import type { PostingRules } from './posting-rules.ts'

/** Every account code that the rules can post to. */
export function codesInUse({ rules, codes }: { readonly rules: PostingRules; readonly codes: AccountCodes }): Set<string> {
  const keys = new Set<AccountKey>(Object.values(rules).flatMap((lines) => lines.map((line) => line.account)))
  return new Set([...keys].map((key) => accountCode(key, codes)))
}
