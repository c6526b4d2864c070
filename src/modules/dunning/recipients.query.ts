import { addDays, type Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { CONTACT_DAYS, type Contact, type Recipients, recipientsOf } from './recipients.ts'

type ContactRow = { readonly customerId: string; readonly customerName: string; readonly customerEmail: string | null } & {
  readonly [Field in keyof Contact]: Contact[Field] | null
}

/** Whom reminders to these customers go to, as things stand now. */
export async function recipientsOfCustomers(reader: Reader, customerIds: readonly string[]): Promise<Map<string, Recipients>> {
  if (customerIds.length === 0) return new Map()
  const t = reader.caller.tenantId
  const [rows, refused, undeliverable] = await Promise.all([
    reader.report<ContactRow>(sql`select c.id as customer_id, c.name as customer_name, c.email as customer_email, k.name, k.email, k.purpose, k.is_primary
    from ar.customers c left join ar.customer_contacts k on k.tenant_id = ${t} and k.customer_id = c.id and k.status = 'active' and k.email is not null
    where c.tenant_id = ${t} and c.id = any(${customerIds}::uuid[]) order by c.id, k.id`),
    refusedAddresses(reader, customerIds),
    undeliverableAddresses(reader, customerIds),
  ])
  return new Map(
    [...Map.groupBy(rows, ({ customerId }) => customerId)].map(([customerId, own]) => {
      const { customerName: name, customerEmail: email } = own[0]!
      const contacts = own.flatMap((row) => (row.name === null ? [] : [row as Contact]))
      return [
        customerId,
        recipientsOf(contacts, { name, email }, new Set([...(refused.get(customerId) ?? []), ...(undeliverable.get(customerId) ?? [])])),
      ]
    }),
  )
}

/**
 * By customer: addresses that the mail server refused for good when a message to the customer failed, unless a later one went to them. What the server refused for its own limits or
 * policy (RFC 3463: x.3 to x.7, as 5.4.5 a daily limit, 5.7.1 no relaying) says nothing about the address. A failed message that a person releases again, or
 * gives up, no longer speaks against its addresses.
 */
async function refusedAddresses(reader: Reader, customerIds: readonly string[]): Promise<Map<string, ReadonlySet<string>>> {
  const t = reader.caller.tenantId
  const rows = await reader.report<{ customerId: string; address: string }>(sql`select distinct m.customer_id, lower(x.address) as address
    from ar.messages m join ar.message_attempts a on a.tenant_id = ${t} and a.message_id = m.id and a.no = m.attempts
    cross join jsonb_to_recordset(a.recipients) x(address text, "isAccepted" boolean, answer text)
    where m.tenant_id = ${t} and m.status = 'failed' and m.reason = 'refused' and m.customer_id = any(${customerIds}::uuid[]) and not x."isAccepted" and x.answer !~ '^5[0-9]{2}[ -]#?5[.][3-7][.]'
      and not exists (select from ar.messages s where s.tenant_id = ${t} and s.customer_id = m.customer_id and s.id > m.id and s.status = 'sent' and lower(x.address) = any(s.recipients))`)
  return new Map(
    [...Map.groupBy(rows, ({ customerId }) => customerId)].map(([id, own]) => [id, new Set(own.map(({ address }) => address))]),
  )
}

/** By customer: addresses of which a person said that they do not work. */
async function undeliverableAddresses(reader: Reader, customerIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await reader.report<{ customerId: string; address: string }>(
    sql`select u.customer_id, u.address from ar.undeliverable_addresses u where u.tenant_id = ${reader.caller.tenantId} and u.customer_id = any(${customerIds}::uuid[])`,
  )
  return new Map([...Map.groupBy(rows, ({ customerId }) => customerId)].map(([id, own]) => [id, own.map(({ address }) => address)]))
}

/** Messages by address in the days that count. What was withheld or failed has reached nobody, and what is kept reaches nobody once messages are really sent. */
export async function contactedLately(reader: Reader, today: Day): Promise<Map<string, number>> {
  const t = reader.caller.tenantId
  const rows = await reader.report<{ address: string; count: number }>(sql`select x.address, count(*)::int as count
    from ar.dunning_steps s cross join unnest(s.recipients) x(address) join ar.messages m on m.tenant_id = ${t} and m.id = s.message_id
    where s.tenant_id = ${t} and s.action = 'email' and s.on_day > ${addDays(today, -CONTACT_DAYS)}::date and s.on_day <= ${today}::date and m.status not in ('withheld', 'failed')
      and not (m.status = 'kept' and exists (select from ar.tenants o where o.tenant_id = ${t} and o.sending_enabled))
    group by x.address`)
  return new Map(rows.map(({ address, count }) => [address, count]))
}
