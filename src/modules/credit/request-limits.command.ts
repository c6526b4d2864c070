import { formatMinor, LARGEST_MINOR } from '../../kernel/money.ts'
import { phrase } from '../../kernel/phrase.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { may } from '../../platform/caller.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { requestApprovals } from '../approvals/request-approvals.command.ts'
import { readCustomers } from '../customers/lock-customers.query.ts'
import { applyLimits } from './apply-limits.command.ts'
import { type CreditAccount, lockCreditAccounts } from './credit-accounts.query.ts'
import { insertLimits } from './credit-limit.store.ts'
import type { LimitWanted, StoredLimit } from './credit-limit.ts'
import { limitHash } from './limit-hash.query.ts'

/**
 * Asks for new limits. Where the approval rules ask nobody and the person may set limits, a limit is active at once (approved by rule); otherwise it waits for
 * somebody else's decision (approvals, kind creditLimit). Returns the ids with `waiting`. Throws platform.staleVersion, credit.limitPending (conflict), credit.limitDays.
 */
export async function requestLimits(tx: Tx, wanted: readonly LimitWanted[]): Promise<{ id: string; waiting: boolean }[]> {
  const ids = wanted.map((one) => one.customerId)
  const customers = await readCustomers(tx, ids)
  const accounts = await lockCreditAccounts(tx, ids)
  await refusePending(tx, wanted)
  for (const one of wanted) refuseWrong(tx, one, accounts.get(one.customerId), customers.get(one.customerId)!.status)
  const rows = wanted.map(({ version: _version, ...limit }): StoredLimit => ({ id: uuid(), ...limit }))
  const everSet = await withStandardLimit(tx, ids)
  const answers = await requestApprovals(
    tx,
    rows.map((row) => wantedApproval(tx, row, customers.get(row.customerId)!, accounts.get(row.customerId)!, everSet.has(row.customerId))),
  )
  const stored = rows.map((row) => {
    const answer = answers.get(row.id)!
    return {
      ...row,
      status: answer.needed ? 'pending' : 'active',
      requestId: answer.needed ? answer.requestId : null,
      requestedBy: tx.caller.actorId,
      approvedHow: answer.needed ? null : 'rule',
    }
  })
  insertLimits(tx, stored)
  for (const { id, customerId, kind, limitBase, effectiveFrom, effectiveUntil, reason, status } of stored)
    tx.audit({
      action: 'credit.limitRequested',
      entity: 'customer',
      entityId: customerId,
      before: { limitBase: accounts.get(customerId)!.limitBase },
      after: { kind, limitBase, effectiveFrom, effectiveUntil, status },
      detail: { limitId: id, reason },
    })
  await applyLimits(
    tx,
    stored.filter((row) => row.status === 'active'),
    accounts,
  )
  return stored.map((row) => ({ id: row.id, waiting: row.status === 'pending' }))
}

function refuseWrong(tx: Tx, wanted: LimitWanted, account: CreditAccount | undefined, status: string): void {
  if (!account) throw missing('customer')
  if (account.version !== wanted.version) throw new Problem('platform.staleVersion', { version: account.version }, { kind: 'conflict' })
  if (status === 'merged') throw new Problem('credit.customerMerged')
  if (wanted.effectiveFrom < tx.today) throw new Problem('credit.limitInPast', {}, { path: 'effectiveFrom' })
  if (wanted.kind === 'temporary' && wanted.effectiveUntil === null) throw new Problem('credit.limitDays', {}, { path: 'effectiveUntil' })
  if (wanted.effectiveUntil !== null && (wanted.kind === 'standard' || wanted.effectiveUntil < wanted.effectiveFrom))
    throw new Problem('credit.limitDays', {}, { path: 'effectiveUntil' })
  if (wanted.kind === 'temporary' && wanted.limitBase === null) throw new Problem('credit.temporaryUnlimited', {}, { path: 'limit' })
}

/** One waiting change a customer and kind: two people who ask at once wait for the account's lock here, and the second one is told. */
async function refusePending(tx: Tx, wanted: readonly LimitWanted[]): Promise<void> {
  const pending = await tx.all<{ customerId: string; kind: string }>(
    sql`select l.customer_id, l.kind from ar.credit_limits l where l.tenant_id = ${tx.caller.tenantId} and l.status = 'pending' and l.customer_id = any(${wanted.map((one) => one.customerId)}::uuid[])`,
  )
  const keys = [...pending, ...wanted].map(({ customerId, kind }) => `${customerId} ${kind}`)
  if (new Set(keys).size < keys.length) throw new Problem('credit.limitPending', {}, { kind: 'conflict' })
}

/** Whose limit was set before: without an amount theirs is unlimited; the others have none. */
async function withStandardLimit(tx: Tx, customerIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.all<{
    customerId: string
  }>(sql`select distinct l.customer_id from ar.credit_limits l where l.tenant_id = ${tx.caller.tenantId}
    and l.status = 'active' and l.kind = 'standard' and l.effective_from <= ${tx.today} and l.customer_id = any(${customerIds}::uuid[])`)
  return new Set(rows.map(({ customerId }) => customerId))
}

function wantedApproval(
  tx: Tx,
  limit: StoredLimit,
  customer: { name: string; class: string | null },
  account: CreditAccount,
  wasSet: boolean,
) {
  const amount = (minor: bigint | null) =>
    minor === null ? phrase('credit.approval.unlimited') : formatMinor(minor, tx.caller.baseCurrency)
  const params = {
    name: customer.name,
    amount: amount(limit.limitBase),
    before: account.limitBase === null && !wasSet ? phrase('credit.approval.notSet') : amount(account.limitBase),
    from: limit.effectiveFrom,
    until: limit.effectiveUntil ?? '',
  }
  const used = formatMinor(account.ordersBase + account.receivablesBase, tx.caller.baseCurrency)
  return {
    kind: 'creditLimit' as const, entityId: limit.id, customerId: limit.customerId, amountBase: limit.limitBase ?? account.limitBase ?? 0n, contentHash: limitHash(limit),
    // no limit is more than any amount that a rule may name
    facts: { amountBase: limit.limitBase ?? LARGEST_MINOR, customerClass: customer.class }, mustAsk: !may(tx.caller, 'credit.hold'),
    summary: {
      about: phrase(`credit.approval.${limit.kind}`, params), facts: [phrase('credit.approval.before', params), phrase('credit.approval.used', { usedAmount: used }), phrase('credit.approval.reason', { reason: limit.reason })],
      ifApproved: phrase('credit.approval.ifApproved', params), ifRejected: phrase('credit.approval.ifRejected', params), reasonNeeded: false,
    },
  } // biome-ignore format: one line a group of facts
}
