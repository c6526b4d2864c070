import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { readCustomers } from '../customers/lock-customers.query.ts'
import { setHold } from './credit-account.store.ts'
import { lockCreditAccounts } from './credit-accounts.query.ts'
import { insertHolds, releaseHolds } from './credit-limit.store.ts'

/** 信用冻结: stops new orders of these customers, with a reason, until somebody releases them. Throws credit.alreadyOnHold (conflict). */
export async function holdCustomers(tx: Tx, wanted: readonly { customerId: string; reason: string }[]): Promise<void> {
  const ids = wanted.map((one) => one.customerId)
  await readCustomers(tx, ids)
  const accounts = await lockCreditAccounts(tx, ids)
  if (ids.some((id) => accounts.get(id)?.onHold)) throw new Problem('credit.alreadyOnHold', {}, { kind: 'conflict' })
  setHold(
    tx,
    ids.map((customerId) => ({ customerId, onHold: true, version: accounts.get(customerId)!.version })),
  )
  insertHolds(
    tx,
    wanted.map(({ customerId, reason }) => ({ id: uuid(), customerId, reason, placedBy: tx.caller.actorId, placedAt: tx.at })),
  )
  for (const { customerId, reason } of wanted)
    tx.audit({
      action: 'credit.held',
      entity: 'customer',
      entityId: customerId,
      before: { onHold: false },
      after: { onHold: true, reason },
    })
}

/** Lets new orders of these customers pass again. Throws credit.notOnHold (conflict). */
export async function releaseCustomers(tx: Tx, wanted: readonly { customerId: string; reason: string }[]): Promise<void> {
  const ids = wanted.map((one) => one.customerId)
  await readCustomers(tx, ids)
  const accounts = await lockCreditAccounts(tx, ids)
  const holds = await tx.all<{ id: string; customerId: string; version: number }>(
    sql`select h.id, h.customer_id, h.version from ar.credit_holds h where h.tenant_id = ${tx.caller.tenantId} and h.customer_id = any(${ids}::uuid[]) and h.released_at is null order by h.id for no key update`,
  )
  const byCustomer = new Map(holds.map((hold) => [hold.customerId, hold]))
  const rows = wanted.map(({ customerId, reason }) => {
    const account = accounts.get(customerId)
    if (!account) throw missing('customer')
    if (!account.onHold) throw new Problem('credit.notOnHold', {}, { kind: 'conflict' })
    return { account, hold: byCustomer.get(customerId), reason }
  })
  setHold(
    tx,
    rows.map(({ account }) => ({ customerId: account.customerId, onHold: false, version: account.version })),
  )
  releaseHolds(
    tx,
    rows.flatMap(({ hold, reason }) =>
      hold ? [{ id: hold.id, version: hold.version, releasedBy: tx.caller.actorId, releasedAt: tx.at, releaseReason: reason }] : [],
    ),
  )
  for (const { account, reason } of rows)
    tx.audit({
      action: 'credit.released',
      entity: 'customer',
      entityId: account.customerId,
      before: { onHold: true },
      after: { onHold: false, reason },
    })
}
