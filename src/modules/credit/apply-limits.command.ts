import { assert } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { ApprovalsDecided } from '../approvals/approval-events.ts'
import { setLimits, setStandardLimits, setTemporaryLimits } from './credit-account.store.ts'
import { type CreditAccount, lockCreditAccounts } from './credit-accounts.query.ts'
import { decideLimits } from './credit-limit.store.ts'
import type { StoredLimit } from './credit-limit.ts'
import { limitHash } from './limit-hash.query.ts'

/** Accounts brought up to date in one transaction of the daily job. */
const APPLIED_MOST = 1_000

/** Shows limits that have begun on their accounts. A later one waits in the history for its day; checks read the history, so nothing is let through meanwhile. */
export async function applyLimits(tx: Tx, limits: readonly StoredLimit[], accounts: ReadonlyMap<string, CreditAccount>): Promise<void> {
  const begun = limits.filter(
    (limit) => limit.effectiveFrom <= tx.today && (limit.effectiveUntil === null || tx.today <= limit.effectiveUntil),
  )
  for (const [customerId, own] of Map.groupBy(begun, (limit) => limit.customerId)) {
    const account = accounts.get(customerId)
    assert(account !== undefined, 'the credit account was locked')
    setLimits(tx, [own.reduce(shown, account)])
  }
}

/** One row an account, because a row is updated once a set. */
function shown(account: CreditAccount, { kind, limitBase, effectiveFrom, effectiveUntil }: StoredLimit): CreditAccount {
  if (kind === 'standard') return { ...account, limitBase }
  return { ...account, temporaryLimitBase: limitBase, temporaryFrom: effectiveFrom, temporaryUntil: effectiveUntil }
}

type PendingLimit = StoredLimit & { readonly status: string; readonly version: number }

/** Handler of approvals.decided: a limit becomes active, or is refused. Content that is not what was decided on is refused (void). */
export async function decideLimitRequests(tx: Tx, { requests }: ApprovalsDecided): Promise<void> {
  const mine = requests.filter((request) => request.kind === 'creditLimit')
  if (mine.length === 0) return
  const accounts = await lockCreditAccounts(
    tx,
    mine.flatMap(({ customerId }) => (customerId === null ? [] : [customerId])),
  )
  const limits =
    await tx.all<PendingLimit>(sql`select l.id, l.customer_id, l.kind, l.limit_base, l.effective_from, l.effective_until, l.reason, l.status, l.version from ar.credit_limits l
    where l.tenant_id = ${tx.caller.tenantId} and l.id = any(${mine.map((request) => request.entityId)}::uuid[]) order by l.id for no key update`)
  const byId = new Map(limits.map((limit) => [limit.id, limit]))
  const approved: StoredLimit[] = []
  for (const request of mine) {
    const limit = byId.get(request.entityId)
    assert(limit !== undefined && limit.status === 'pending', 'a decided request has a waiting limit')
    const isApproved = request.decision === 'approved' && request.contentHash.equals(limitHash(limit))
    decideLimits(tx, [
      {
        id: limit.id,
        version: limit.version,
        status: isApproved ? 'active' : 'rejected',
        approvedBy: request.decidedBy,
        approvedHow: isApproved ? request.how : null,
      },
    ])
    tx.audit({
      action: isApproved ? 'credit.limitApproved' : 'credit.limitRejected',
      entity: 'customer',
      entityId: limit.customerId,
      after: { kind: limit.kind, limitBase: limit.limitBase, effectiveFrom: limit.effectiveFrom },
      detail: { limitId: limit.id, requestId: request.id, reason: request.reason },
    })
    if (isApproved) approved.push(limit)
  }
  await applyLimits(tx, approved, accounts)
  // what else was decided with them may be about the same accounts, and is judged by the new limits: pays for a flush
  if (mine.length < requests.length) await tx.flush()
}

type Due = { readonly customerId: string; readonly limitBase: bigint | null; readonly version: number }

/**
 * The daily job: accounts whose scheduled standard limit has begun show it, and temporary limits that are over are taken off. Running again changes
 * nothing. Returns how many accounts changed; call again while it is the most.
 */
export async function applyScheduledLimits(tx: Tx, today: Day): Promise<number> {
  const t = tx.caller.tenantId
  const begun = await tx.all<Due>(sql`select a.customer_id, l.limit_base, a.version from ar.credit_accounts a join lateral (
      select s.limit_base from ar.credit_limits s where s.tenant_id = ${t} and s.customer_id = a.customer_id and s.kind = 'standard' and s.status = 'active' and s.effective_from <= ${today}
      order by s.effective_from desc, s.created_at desc, s.id desc limit 1) l on true
    where a.tenant_id = ${t} and a.limit_base is distinct from l.limit_base and a.customer_id in (select distinct s.customer_id from ar.credit_limits s where s.tenant_id = ${t} and s.status = 'active' and s.kind = 'standard' and s.effective_from <= ${today})
    order by cardinality(a.ancestors), a.customer_id limit ${APPLIED_MOST} for no key update of a`)
  setStandardLimits(tx, begun)
  if (begun.length > 0)
    tx.audit({
      action: 'credit.limitsBegan',
      entity: 'creditAccount',
      detail: { on: today, customerIds: begun.map((one) => one.customerId) },
    })
  if (begun.length > 0) await tx.flush() // the temporary limits below may be of the same accounts, and a row is updated once a set
  const temporary = await tx.all<{
    customerId: string
    temporaryLimitBase: bigint | null
    temporaryFrom: Day | null
    temporaryUntil: Day | null
    version: number
  }>(sql`select a.customer_id,
      l.limit_base as temporary_limit_base, l.effective_from as temporary_from, l.effective_until as temporary_until, a.version
    from ar.credit_accounts a left join lateral (
      select s.limit_base, s.effective_from, s.effective_until from ar.credit_limits s where s.tenant_id = ${t} and s.customer_id = a.customer_id and s.kind = 'temporary' and s.status = 'active'
        and s.effective_from <= ${today} and s.effective_until >= ${today} order by s.effective_from desc, s.created_at desc, s.id desc limit 1) l on true
    where a.tenant_id = ${t} and (a.temporary_until < ${today} or l.limit_base is not null and (a.temporary_limit_base, a.temporary_until) is distinct from (l.limit_base, l.effective_until))
    order by cardinality(a.ancestors), a.customer_id limit ${APPLIED_MOST} for no key update of a`)
  setTemporaryLimits(tx, temporary)
  if (temporary.length > 0)
    tx.audit({
      action: 'credit.temporaryLimitsChanged',
      entity: 'creditAccount',
      detail: { on: today, customerIds: temporary.map((one) => one.customerId) },
    })
  return Math.max(begun.length, temporary.length)
}
