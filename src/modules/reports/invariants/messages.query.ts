import { sql } from '../../../platform/sql.ts'
import type { Invariant } from './invariant.query.ts'

export const messageInvariants: readonly Invariant[] = [
  {
    id: 'I-37',
    says: 'One message a business key, with its words; what counts as sent has an attempt that was accepted or that a person vouched for, and after such an attempt there is none',
    violations: (
      t,
    ) => sql`select min(m.id::text) as id, m.business_key, 'key' as fault from ar.messages m where m.tenant_id = ${t} group by m.business_key having count(*) > 1
      union all select m.id::text, m.business_key, m.status from ar.messages m
        where m.tenant_id = ${t} and (m.status = 'sent') <> exists (select from ar.message_attempts a where a.tenant_id = ${t} and a.message_id = m.id and a.outcome in ('accepted', 'saidToHaveArrived'))
      union all select m.id::text, m.business_key, 'attempts' from ar.messages m
        where m.tenant_id = ${t} and (m.attempts > 0 or m.status in ('sent', 'uncertain', 'failed'))
          and m.attempts <> (select count(*) from ar.message_attempts a where a.tenant_id = ${t} and a.message_id = m.id)
      union all select a.message_id::text, a.outcome, 'after' from ar.message_attempts a join ar.messages m on m.tenant_id = ${t} and m.id = a.message_id
        where a.tenant_id = ${t} and a.outcome in ('accepted', 'saidToHaveArrived') and a.no <> m.attempts
      union all select coalesce(m.id, c.message_id)::text, m.business_key, 'words' from ar.messages m full join ar.message_contents c on c.tenant_id = m.tenant_id and c.message_id = m.id
        where coalesce(m.tenant_id, c.tenant_id) = ${t} and (m.id is null or c.message_id is null or (c.html is null and (m.status in ('sending', 'sent', 'uncertain')
          or not exists (select from ar.message_frames f where f.tenant_id = ${t} and f.id = c.frame_id))))`,
  },
]
