import { type BoundRoute, read } from '../../platform/http.ts'
import * as api from './audit.api.ts'
import { auditEntries, roots, securityEvents } from './audit.query.ts'
import { auditConsistency, auditProof } from './audit-proof.query.ts'

export const auditHttp: readonly BoundRoute[] = [
  read(api.getAudit, async (reader, { query }) => {
    const found = await auditEntries(reader, query)
    return {
      ...found,
      items: found.items.map(({ body, at, ...row }) => ({
        ...row,
        at: at.toISOString(),
        before: body.before ?? null,
        after: body.after ?? null,
        detail: body.detail ?? null,
      })),
    }
  }),
  read(api.getProof, (reader, { params }) => auditProof(reader, params.id)),
  read(api.getRoots, async (reader, { query }) => ({
    items: (await roots(reader)).map(({ size, root, sealedAt }) => ({ size: String(size), root, sealedAt: sealedAt.toISOString() })),
    consistency: query.first !== undefined && query.second !== undefined ? await auditConsistency(reader, query.first, query.second) : null,
  })),
  read(api.getSecurityEvents, async (reader, { query }) => {
    const found = await securityEvents(reader, query)
    return { ...found, items: found.items.map((row) => ({ ...row, at: row.at.toISOString() })) }
  }),
]
