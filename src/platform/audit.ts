import { createHash } from 'node:crypto'
import { uuid } from '../kernel/uuid.ts'
import type { Caller } from './caller.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Row } from './write-set.ts'

/**
 * What was done to what. `before`/`after` hold the changed fields only; of a plural command either one entry a document, or one entry a chunk
 * with the documents' ids and digests inside `detail`. Nothing personal that may have to be erased belongs in here.
 */
export type AuditEntry = {
  readonly action: string
  readonly entity: string
  readonly entityId?: string
  readonly before?: Row | undefined
  readonly after?: Row | undefined
  readonly detail?: Row | undefined
}

/** The row of ar.audit_log. Its leaf is the RFC 6962 leaf hash of everything that the row says. */
export function auditRow(caller: Caller, at: Date, { action, entity, entityId, before, after, detail }: AuditEntry): Row {
  const body = JSON.parse(canonicalJson({ before, after, detail })) as Row
  const row = {
    id: uuid(),
    at: at.toISOString(),
    actorId: caller.actorId,
    actorKind: caller.actorKind,
    ip: caller.ip ?? null,
    requestId: caller.requestId ?? null,
    action,
    entity,
    entityId: entityId ?? null,
    body,
  }
  return { ...row, leaf: auditLeaf(caller.tenantId, row) }
}

/** RFC 6962 section 2.1: SHA-256(0x00 || entry). The entry is the canonical JSON of tenant and row. */
export function auditLeaf(tenantId: number, row: Row): Buffer {
  const { id, at, actorId, actorKind, ip, requestId, action, entity, entityId, body } = row
  const entry = canonicalJson({ tenantId, id, at, actorId, actorKind, ip, requestId, action, entity, entityId, body })
  return createHash('sha256').update('\0').update(entry).digest()
}

/** The fields of `after` that differ from `before`: what an audit entry should show of an edit. Undefined when nothing differs. */
export function changes(before: Row, after: Row): { before: Row; after: Row } | undefined {
  const changed = Object.keys(after).filter((key) => canonicalJson(plain(before[key])) !== canonicalJson(plain(after[key])))
  if (changed.length === 0) return undefined
  const pick = (row: Row): Row => Object.fromEntries(changed.map((key) => [key, plain(row[key])]))
  return { before: pick(before), after: pick(after) }
}

/** Decimals become text, so that they hash alike everywhere. */
function plain(value: unknown): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) ? String(value) : value
}
