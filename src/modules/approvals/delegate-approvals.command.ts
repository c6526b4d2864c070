import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { addDelegations, revokeDelegations } from './approval.store.ts'

/** Longer than this is a change of role, not a delegation. */
const MOST_DAYS = 92

export type DelegationInput = { readonly delegateId: string; readonly fromOn: string; readonly untilOn: string }

/** 审批代理: the caller lets others decide in their place from `fromOn` until `untilOn`, both included, on the company's calendar. Auditors decide nothing. */
export async function delegateApprovals(tx: Tx, wanted: readonly DelegationInput[]): Promise<string[]> {
  const people = await tx.all<{
    id: string
  }>(sql`select p.id from ar.people p where p.tenant_id = ${tx.caller.tenantId} and p.id = any(${wanted.map(({ delegateId }) => delegateId)}::uuid[])
    and p.status = 'active' and p.role <> 'auditor'`)
  const known = new Set(people.map(({ id }) => id))
  const rows = wanted.map(({ delegateId, fromOn, untilOn }, index) => {
    const refuse = (path: string, code: string, params = {}): never => {
      throw new Problem(code, params, { path: wanted.length === 1 ? path : `${index}.${path}` })
    }
    if (delegateId === tx.caller.actorId) refuse('delegateId', 'approvals.delegateIsSelf')
    if (!known.has(delegateId)) refuse('delegateId', 'approvals.delegateNotActive')
    if (untilOn < fromOn) refuse('untilOn', 'approvals.delegationEndsBefore')
    if (untilOn < tx.today) refuse('untilOn', 'approvals.delegationIsPast')
    if (Date.parse(untilOn) - Date.parse(fromOn) > MOST_DAYS * 86_400_000)
      refuse('untilOn', 'approvals.delegationTooLong', { most: MOST_DAYS })
    return { id: uuid(), personId: tx.caller.actorId, delegateId, fromOn, untilOn }
  })
  addDelegations(tx, rows)
  for (const { id, ...after } of rows) tx.audit({ action: 'approvals.delegated', entity: 'approvalDelegation', entityId: id, after })
  return rows.map(({ id }) => id)
}

/** Takes own delegations back at once. */
export async function revokeDelegation(tx: Tx, id: string): Promise<void> {
  const found = await tx.maybe<{ revokedAt: Date | null }>(sql`select g.revoked_at from ar.approval_delegations g
    where g.tenant_id = ${tx.caller.tenantId} and g.id = ${id} and g.person_id = ${tx.caller.actorId}`)
  if (!found) throw missing('approvalDelegation')
  if (found.revokedAt) throw new Problem('approvals.delegationRevoked', {}, { kind: 'conflict' })
  revokeDelegations(tx, [id])
  tx.audit({ action: 'approvals.delegationRevoked', entity: 'approvalDelegation', entityId: id })
}
