import type { Day } from '../../kernel/day.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { lockCustomers } from '../customers/lock-customers.query.ts'
import { readTerms } from './terms.query.ts'
import { deleteCustomerTerms, insertCustomerTerms } from './terms.store.ts'

export type CustomerTermsWanted = { readonly customerId: string; readonly termsId: string; readonly effectiveFrom: Day }

/** Gives customers payment terms from a day on, today or later: documents before that day keep theirs. Throws terms.fromInPast, terms.fromTaken (conflict), terms.disabled. */
export async function setCustomerTerms(tx: Tx, wanted: readonly CustomerTermsWanted[]): Promise<string[]> {
  await lockCustomers(
    tx,
    wanted.map((one) => one.customerId),
  )
  const terms = await readTerms(
    tx,
    wanted.map((one) => one.termsId),
  )
  for (const { termsId, effectiveFrom } of wanted) {
    if (terms.get(termsId)!.status !== 'active') throw new Problem('terms.disabled', {}, { path: 'termsId' })
    if (effectiveFrom < tx.today) throw new Problem('terms.fromInPast', {}, { path: 'effectiveFrom' })
  }
  const taken = await tx.all<{
    customerId: string
    effectiveFrom: Day
  }>(sql`select d.customer_id, d.effective_from from ar.customer_terms d where d.tenant_id = ${tx.caller.tenantId}
    and d.customer_id = any(${wanted.map((one) => one.customerId)}::uuid[]) and d.effective_from >= ${tx.today}`)
  const keys = [...taken, ...wanted].map(({ customerId, effectiveFrom }) => `${customerId} ${effectiveFrom}`)
  if (new Set(keys).size < keys.length) throw new Problem('terms.fromTaken', {}, { kind: 'conflict', path: 'effectiveFrom' })
  const rows = wanted.map((one) => ({ id: uuid(), ...one, createdBy: tx.caller.actorId }))
  insertCustomerTerms(tx, rows)
  for (const { id, customerId, termsId, effectiveFrom } of rows)
    tx.audit({
      action: 'terms.customerTermsSet',
      entity: 'customer',
      entityId: customerId,
      after: { terms: terms.get(termsId)!.name, effectiveFrom },
      detail: { rowId: id, termsId },
    })
  return rows.map((row) => row.id)
}

/** Takes back terms that have not begun; what has begun is history. */
export async function removeCustomerTerms(tx: Tx, customerId: string, id: string): Promise<void> {
  const stored = await tx.maybe<{ effectiveFrom: Day; termsId: string }>(
    sql`select d.effective_from, d.terms_id from ar.customer_terms d where d.tenant_id = ${tx.caller.tenantId} and d.id = ${id} and d.customer_id = ${customerId}`,
  )
  if (!stored) throw missing('terms')
  if (stored.effectiveFrom <= tx.today) throw new Problem('terms.hasBegun')
  deleteCustomerTerms(tx, id)
  tx.audit({ action: 'terms.customerTermsTakenBack', entity: 'customer', entityId: customerId, before: { ...stored } })
}
