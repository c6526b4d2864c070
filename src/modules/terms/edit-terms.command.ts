import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type PaymentTerms, validateTerms } from './payment-terms.ts'
import { changeTerms, insertTerms } from './terms.store.ts'

export type TermsWanted = { readonly code: string; readonly name: string; readonly definition: PaymentTerms }

/** Adds payment terms. Throws every fault of the definition with its path, and terms.codeTaken. */
export async function createTerms(tx: Tx, wanted: readonly TermsWanted[]): Promise<string[]> {
  for (const one of wanted) refuseFaults(one.definition)
  await refuseTaken(
    tx,
    wanted.map((one) => one.code),
  )
  const rows = wanted.map((one) => ({ id: uuid(), ...one }))
  insertTerms(tx, rows)
  for (const { id, ...after } of rows) tx.audit({ action: 'terms.created', entity: 'terms', entityId: id, after })
  return rows.map((row) => row.id)
}

/** Changes payment terms for documents to come; orders and receivables keep a copy of theirs. */
export async function updateTerms(
  tx: Tx,
  id: string,
  version: number,
  wanted: TermsWanted & { readonly status: 'active' | 'disabled' },
): Promise<void> {
  const stored = await tx.maybe<TermsWanted & { status: string; version: number }>(
    sql`select p.code, p.name, p.definition, p.status, p.version from ar.payment_terms p where p.tenant_id = ${tx.caller.tenantId} and p.id = ${id} for no key update`,
  )
  if (!stored) throw missing('terms')
  if (stored.version !== version) throw new Problem('platform.staleVersion', { version: stored.version }, { kind: 'conflict' })
  refuseFaults(wanted.definition)
  if (wanted.code !== stored.code) await refuseTaken(tx, [wanted.code])
  const { version: _version, ...before } = stored
  const changed = changes(before, wanted)
  if (!changed) return
  changeTerms(tx, { id, version, ...wanted })
  tx.audit({ action: 'terms.changed', entity: 'terms', entityId: id, ...changed })
}

function refuseFaults(definition: PaymentTerms): void {
  const issues = validateTerms(definition)
  const [first] = issues
  if (first)
    throw new Problem(first.code, first.params ?? {}, {
      kind: 'invalid',
      issues: issues.map((issue) => ({ ...issue, path: `definition.${issue.path}` })),
    })
}

async function refuseTaken(tx: Tx, codes: readonly string[]): Promise<void> {
  const taken = await tx.maybe<{ code: string }>(
    sql`select p.code from ar.payment_terms p where p.tenant_id = ${tx.caller.tenantId} and p.code = any(${codes}::text[]) limit 1`,
  )
  const twice = codes.find((code, index) => codes.indexOf(code) < index)
  if (taken || twice !== undefined)
    throw new Problem('terms.codeTaken', { code: taken?.code ?? twice ?? '' }, { kind: 'conflict', path: 'code' })
}
