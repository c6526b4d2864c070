import type { Caller, DataScope } from '../../platform/caller.ts'
import type { Database, Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { permissionsOf, type Role } from './roles.ts'

export type KnownPerson = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly dataScope: 'own' | 'team' | 'all'
  readonly status: 'invited' | 'active' | 'disabled'
  readonly language: Caller['language']
  readonly team: string[]
  readonly companyName: string
  readonly timeZone: string
  readonly baseCurrency: string
  readonly fourEyes: boolean
  readonly sendingEnabled: boolean
  readonly isDemo: boolean
  readonly modulesOff: string[]
}

/** A person with their company. `team`: everybody of the same team, also who has left: their customers stay visible to those who take over. */
export async function knownPerson(reader: Reader, personId: string): Promise<KnownPerson | undefined> {
  return reader.maybe<KnownPerson>(sql`select p.id, p.name, p.email, p.role, p.data_scope, p.status, p.language, t.name as company_name, t.time_zone, t.base_currency, t.four_eyes, t.sending_enabled, t.is_demo, t.modules_off,
      case when p.data_scope = 'team' and p.team_id is not null then array(select q.id::text from ar.people q where q.tenant_id = p.tenant_id and q.team_id = p.team_id order by q.id limit 2000) else '{}' end as team
    from ar.people p join ar.tenants t on t.tenant_id = p.tenant_id where p.tenant_id = ${reader.caller.tenantId} and p.id = ${personId}`)
}

/** What an active person may do and see. Permissions of modules that are switched off are named apart, so that the answer can say why. */
export function callerOfPerson(tenantId: number, person: KnownPerson): Caller {
  return {
    tenantId,
    actorId: person.id,
    actorKind: 'person',
    name: person.name,
    role: person.role,
    permissions: permissionsOf(person.role),
    scope: scopeOf(person),
    language: person.language,
    timeZone: person.timeZone,
    baseCurrency: person.baseCurrency,
    fourEyes: person.fourEyes,
    modulesOff: new Set(person.modulesOff),
  }
}

function scopeOf({ id, dataScope, team }: KnownPerson): DataScope {
  if (dataScope === 'all') return { kind: 'all' }
  return { kind: dataScope, salespeople: dataScope === 'own' ? [id] : [...new Set([id, ...team])] }
}

/** In whose name a job works: the person who set it off, where that person still is active; else the company's system. */
export function jobCallers(
  db: Database,
  systemCallerOf: (tenantId: number) => Promise<Caller>,
): (tenantId: number, actorId: string | undefined) => Promise<Caller> {
  return async (tenantId, actorId) => {
    const person = actorId === undefined ? undefined : await db.read(insideTenant(tenantId), (reader) => knownPerson(reader, actorId))
    return person?.status === 'active' ? callerOfPerson(tenantId, person) : systemCallerOf(tenantId)
  }
}
