import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { chartOfAccounts } from './accounts.query.ts'
import type { AccountCodes, AccountKey } from './chart-of-accounts.ts'
import { insertRuleVersion } from './posting-rule.store.ts'
import type { PostingKind, PostingLine } from './posting-rules.ts'
import { ACCOUNT_CODES, postingSetup } from './posting-setup.query.ts'
import { ruleIssues } from './rule-issues.ts'

/** A new version of a posting rule, for vouchers from now on. Throws vouchers.ruleRefused with every fault, platform.staleVersion. */
export async function editPostingRule(
  tx: Tx,
  kind: PostingKind,
  { version, lines, reason }: { readonly version: number; readonly lines: readonly PostingLine[]; readonly reason: string },
): Promise<void> {
  const { rules, versions } = await postingSetup(tx)
  const current = versions[kind] ?? 0
  if (current !== version) throw new Problem('platform.staleVersion', { version: current }, { kind: 'conflict' })
  const issues = ruleIssues(kind, lines)
  if (issues.length > 0) throw new Problem('vouchers.ruleRefused', { count: issues.length }, { issues })
  insertRuleVersion(tx, kind, version + 1, lines)
  tx.audit({
    action: 'postingRules.edited',
    entity: 'postingRule',
    before: { lines: rules[kind] },
    after: { lines },
    detail: { kind, version: version + 1, reason },
  })
}

/** Other accounts behind the keys of the rules. Throws vouchers.accountUnknown for a code that is not in use in the chart, platform.staleVersion. */
export async function editAccountCodes(
  tx: Tx,
  {
    version,
    codes,
    reason,
  }: { readonly version: number; readonly codes: readonly { readonly key: AccountKey; readonly code: string }[]; readonly reason: string },
): Promise<void> {
  const [setup, chart] = await Promise.all([postingSetup(tx), chartOfAccounts(tx)])
  const current = setup.versions[ACCOUNT_CODES] ?? 0
  if (current !== version) throw new Problem('platform.staleVersion', { version: current }, { kind: 'conflict' })
  const active = new Set(chart.filter((account) => account.status === 'active').map((account) => account.code))
  const issues = codes.flatMap(({ code }, index) =>
    active.has(code) ? [] : [{ path: `codes.${index}.code`, code: 'vouchers.accountUnknown', params: { code } }],
  )
  const shared = receivablesShared(codes)
  if (shared !== undefined) issues.push({ path: 'codes', code: 'vouchers.receivablesAccountShared', params: { code: shared } })
  if (issues.length > 0) throw new Problem('vouchers.ruleRefused', { count: issues.length }, { issues })
  const rule: AccountCodes = Object.fromEntries(codes.map(({ key, code }) => [key, code]))
  insertRuleVersion(tx, ACCOUNT_CODES, version + 1, rule)
  tx.audit({
    action: 'postingRules.accountsEdited',
    entity: 'postingRule',
    before: setup.codes,
    after: rule,
    detail: { version: version + 1, reason },
  })
}

/** Another key on the receivables account would make it differ from the ledger. */
function receivablesShared(codes: readonly { readonly key: AccountKey; readonly code: string }[]): string | undefined {
  const receivables = codes.find((one) => one.key === 'receivables')?.code ?? '1122'
  return codes.find((one) => one.key !== 'receivables' && one.code === receivables)?.code
}
