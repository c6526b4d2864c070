import { createHash } from 'node:crypto'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { StoredLimit } from './credit-limit.ts'

/** What was asked for, as a hash: the decision is about exactly this. */
export function limitHash(limit: StoredLimit): Buffer {
  const { id, customerId, kind, limitBase, effectiveFrom, effectiveUntil, reason } = limit
  return createHash('sha256')
    .update(canonicalJson({ id, customerId, kind, limitBase: limitBase?.toString() ?? null, effectiveFrom, effectiveUntil, reason }))
    .digest()
}
