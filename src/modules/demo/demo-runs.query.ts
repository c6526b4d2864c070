import type { Language } from '../../kernel/language.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

export type DemoRun = {
  readonly id: string
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly done: bigint
  readonly total: bigint | null
  readonly params: { readonly seed: number; readonly language?: Language; readonly demoTenantId?: number }
  readonly finishedAt: Date | null
  readonly heartbeatAt: Date | null
  readonly createdAt: Date
}

/** Demo companies that this company has asked for, the latest first; those that were removed are 'cancelled'. */
export function demoRuns(reader: Reader): Promise<DemoRun[]> {
  return reader.report(sql`select u.id, u.status, u.done, u.total, u.params, u.finished_at, u.heartbeat_at, u.created_at from ar.runs u
    where u.tenant_id = ${reader.caller.tenantId} and u.kind = 'demo' order by u.id desc limit 20`)
}

/** Who works at the demo company, one a role first: as whom one may look. */
export function demoPeople(reader: Reader) {
  return reader.all<{ id: string; name: string; role: 'administrator' }>(sql`select p.id, p.name, p.role from ar.people p
    where p.tenant_id = ${reader.caller.tenantId} and p.status = 'active' order by p.id limit 50`)
}
