import type { Tx } from '../../platform/db.ts'

/** Rules are never changed: a new version stands beside the old. */
export function insertRuleVersion(tx: Tx, kind: string, version: number, rule: unknown): void {
  tx.insert('posting_rules', [{ kind, version, rule, createdBy: tx.caller.actorId }])
}
