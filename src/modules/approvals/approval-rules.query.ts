import type { Reader } from '../../platform/db.ts'
import { kept } from '../../platform/kept.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import type { ApprovalKind } from './approval-events.ts'
import type { ApprovalRule } from './approval-rule.ts'

export type StoredRule = ApprovalRule & { readonly status: 'active' | 'off'; readonly version: number }
const RULES_MOST = 200

/** The rules that are on for these kinds, first position first. */
export async function activeRules(reader: Reader, kinds: readonly ApprovalKind[]): Promise<StoredRule[]> {
  return (await allActive(reader)).filter(({ kind }) => kinds.includes(kind))
}

const allActive = kept((reader) => rulesWhere(reader, sql`r.status = 'active'`))

/** All rules, for the settings page. */
export function allRules(reader: Reader): Promise<StoredRule[]> {
  return rulesWhere(reader, sql`true`)
}

export function rulesById(reader: Reader, ids: readonly string[]): Promise<StoredRule[]> {
  return rulesWhere(reader, sql`r.id = any(${ids}::uuid[])`)
}

function rulesWhere(reader: Reader, condition: Sql): Promise<StoredRule[]> {
  return reader.all<StoredRule>(
    sql`select r.id, r.kind, r.position, r.name, r.conditions, r.steps, r.status, r.version from ar.approval_rules r
      where ${and(sql`r.tenant_id = ${reader.caller.tenantId}`, condition)} order by r.kind, r.position, r.id limit ${RULES_MOST}`,
  )
}
