import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import type { Delivery } from '../../platform/mail/delivery.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, sql } from '../../platform/sql.ts'
import type { AttemptOutcome } from './after-attempt.ts'
import { htmlOfMessages, type StoredHtml } from './html-of-messages.query.ts'
import type { MessageStatus } from './message.ts'

export type ListedMessage = {
  id: string
  kind: string
  entity: string
  entityId: string
  customerId: string | null
  customerName: string | null
  to: string[]
  subject: string
  status: MessageStatus
  reason: string | null
  answer: string | null
  attempts: number
  refusedRecipients: number
  nextAt: Date
  createdAt: Date
  sentAt: Date | null
  version: number
}
export type MessageFilter = {
  readonly status?: readonly MessageStatus[] | undefined
  readonly kind?: string | undefined
  readonly customerId?: string | undefined
  readonly entityId?: string | undefined
  readonly fromOn?: string | undefined
  readonly untilOn?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

const columns = sql`m.id, m.kind, m.entity, m.entity_id, m.customer_id, c.name as customer_name, m.recipients as "to", m.subject, m.status, m.reason, m.answer, m.attempts,
  m.refused_recipients, m.next_at, m.created_at, m.sent_at, m.version`
const tables = sql`ar.messages m left join ar.customers c on c.tenant_id = m.tenant_id and c.id = m.customer_id`

/** The total stops counting here: nobody pages through more. */
const COUNTED_MOST = 10_000

export async function messages(
  reader: Reader,
  filter: MessageFilter,
): Promise<{ items: ListedMessage[]; nextCursor: string | null; total: number }> {
  const { tenantId, timeZone } = reader.caller
  const { status, kind, customerId, entityId, fromOn, untilOn } = filter
  const wanted = and(
    sql`m.tenant_id = ${tenantId}`,
    status && sql`m.status = any(${status}::text[])`,
    kind === undefined ? undefined : sql`m.kind = ${kind}`,
    customerId === undefined ? undefined : sql`m.customer_id = ${customerId}`,
    entityId === undefined ? undefined : sql`m.entity_id = ${entityId}`,
    fromOn === undefined ? undefined : sql`m.created_at >= (${fromOn}::date)::timestamp at time zone ${timeZone}`,
    untilOn === undefined ? undefined : sql`m.created_at < (${untilOn}::date + 1)::timestamp at time zone ${timeZone}`,
  )
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor, 1)
  const rows = await reader.all<ListedMessage>(
    sql`select ${columns} from ${tables} where ${and(wanted, after && sql`m.id < ${after[0]}::uuid`)} order by m.id desc limit ${filter.limit + 1}`,
  )
  const { total } = await reader.one<{ total: bigint }>(
    sql`select count(*) as total from (select 1 from ar.messages m where ${wanted} limit ${COUNTED_MOST}) x`,
  )
  return { ...cutPage(rows, filter.limit, (row) => [row.id]), total: Number(total) }
}

/** What is not at its end. */
export async function messageCounts(
  reader: Reader,
): Promise<Record<'queued' | 'sending' | 'uncertain' | 'failed' | 'kept' | 'notPrepared', number>> {
  const rows = await reader.all<{ status: MessageStatus; count: number; notPrepared: number }>(sql`select m.status, count(*)::int as count,
      (count(*) filter (where m.status = 'queued' and m.reason = 'notPrepared'))::int as not_prepared from ar.messages m
    where m.tenant_id = ${reader.caller.tenantId} and m.status in ('queued', 'sending', 'uncertain', 'failed', 'kept') group by m.status`)
  const counted = Object.fromEntries(rows.map((row) => [row.status, row.count]))
  const notPrepared = rows.reduce((sum, row) => sum + row.notPrepared, 0)
  return { queued: 0, sending: 0, uncertain: 0, failed: 0, kept: 0, ...counted, notPrepared }
}

type Attempt = {
  no: number
  begunAt: Date
  endedAt: Date
  outcome: AttemptOutcome
  code: number | null
  answer: string
  recipients: Delivery['recipients']
  byPerson: string | null
}
export type MessageDetail = ListedMessage & {
  language: 'zh-CN' | 'zh-TW' | 'en'
  headerId: string | null
  html: string
  text: string
  files: { id: string; name: string }[]
  undeliverable: string[]
  history: Attempt[]
}

/** One message whole. Throws a 404. */
export async function message(reader: Reader, id: string): Promise<MessageDetail> {
  const { tenantId } = reader.caller
  const found = await reader.maybe<Omit<MessageDetail, 'history' | 'files' | 'html'> & StoredHtml & { fileIds: string[] }>(
    sql`select ${columns}, m.language, m.header_id, m.file_ids, t.html, t.frame_id, t.facts, t.text,
      array(select u.address from ar.undeliverable_addresses u where u.tenant_id = ${tenantId} and u.customer_id = m.customer_id
        and u.address in (select lower(x) from unnest(m.recipients) x) order by u.address) as undeliverable from ${tables}
      join ar.message_contents t on t.tenant_id = m.tenant_id and t.message_id = m.id where m.tenant_id = ${tenantId} and m.id = ${id}`,
  )
  if (!found) throw missing('message')
  const { fileIds, html: written, frameId, facts, ...shown } = found
  const [html] = await htmlOfMessages(reader, [{ html: written, frameId, facts }])
  const history =
    await reader.all<Attempt>(sql`select a.no, a.begun_at, a.ended_at, a.outcome, a.code, a.answer, a.recipients, p.name as by_person
    from ar.message_attempts a left join ar.people p on p.tenant_id = a.tenant_id and p.id = a.by_person
    where a.tenant_id = ${tenantId} and a.message_id = ${id} order by a.no desc limit 200`)
  const files = await reader.all<{ id: string; name: string }>(
    sql`select f.id, f.name from ar.files f where f.tenant_id = ${tenantId} and f.id = any(${fileIds}::uuid[]) order by f.name limit 100`,
  )
  return { ...shown, html: html!, history, files }
}
