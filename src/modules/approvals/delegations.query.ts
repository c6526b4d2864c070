import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

export type ListedDelegation = {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly delegateId: string
  readonly delegateName: string
  readonly fromOn: Day
  readonly untilOn: Day
  readonly revokedAt: Date | null
  readonly state: 'coming' | 'running' | 'over' | 'revoked'
}
const DELEGATIONS_MOST = 200

/** What the caller gave and was given, the latest first. */
export function ownDelegations(reader: Reader): Promise<ListedDelegation[]> {
  const { tenantId, actorId } = reader.caller
  return reader.all<ListedDelegation>(sql`select g.id, g.person_id, p.name as person_name, g.delegate_id, q.name as delegate_name, g.from_on, g.until_on, g.revoked_at,
    case when g.revoked_at is not null then 'revoked' when g.until_on < ${reader.today} then 'over' when g.from_on > ${reader.today} then 'coming' else 'running' end as state
    from ar.approval_delegations g join ar.people p on p.tenant_id = g.tenant_id and p.id = g.person_id join ar.people q on q.tenant_id = g.tenant_id and q.id = g.delegate_id
    where g.tenant_id = ${tenantId} and (g.person_id = ${actorId} or g.delegate_id = ${actorId}) order by g.until_on desc, g.id limit ${DELEGATIONS_MOST}`)
}
