import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, sql } from '../../platform/sql.ts'

/** Views that one person may keep for one page, and that a company may share on it. */
export const VIEWS_MOST = 50
const VIEWS_READ_MOST = 2 * VIEWS_MOST

export type Notification = {
  id: string
  kind: string
  params: Record<string, unknown>
  entity: string | null
  entityId: string | null
  createdAt: Date
  readAt: Date | null
  /** How what it asks for ended ('approved', 'withdrawn' …); null while it stands, or where nothing is asked. */
  ended: string | null
}
export type Task = {
  id: string
  kind: string
  customerId: string | null
  customerName: string | null
  sourceKind: string
  sourceId: string
  params: Record<string, unknown>
  dueOn: string
  doneAt: Date | null
  outcome: string | null
  version: number
}
export type SavedView = {
  id: string
  page: string
  name: string
  query: Record<string, unknown>
  shared: boolean
  mine: boolean
  madeBy: string
  version: number
}

/** Figures for the frame. */
export async function waiting(reader: Reader): Promise<{ notifications: number; tasks: number }> {
  const { tenantId, actorId } = reader.caller
  return reader.one(sql`select (select count(*)::int from ar.notifications n where n.tenant_id = ${tenantId} and n.person_id = ${actorId} and n.read_at is null) as notifications,
    (select count(*)::int from ar.tasks t where t.tenant_id = ${tenantId} and t.person_id = ${actorId} and t.done_at is null and t.due_on <= ${reader.today}) as tasks`)
}

export async function notifications(
  reader: Reader,
  filter: { unread: boolean; cursor?: string | undefined; limit: number },
): Promise<{ items: Notification[]; nextCursor: string | null; total: number }> {
  const { tenantId, actorId } = reader.caller
  const mine = and(sql`n.tenant_id = ${tenantId}`, sql`n.person_id = ${actorId}`, filter.unread ? sql`n.read_at is null` : undefined)
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor, 1)
  const rows =
    await reader.all<Notification>(sql`select n.id, n.kind, n.params, n.entity, n.entity_id, n.created_at, n.read_at, n.ended from ar.notifications n
    where ${and(mine, after && sql`n.id < ${after[0]}::uuid`)} order by n.id desc limit ${filter.limit + 1}`)
  const { total } = await reader.one<{ total: bigint }>(sql`select count(*) as total from ar.notifications n where ${mine}`)
  return { ...cutPage(rows, filter.limit, (row) => [row.id]), total: Number(total) }
}

/** The caller's own tasks: open ones the next due first, done ones the last due first. */
export async function tasks(
  reader: Reader,
  filter: {
    open: boolean
    kind?: readonly string[] | undefined
    dueUntil?: Day | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{ items: Task[]; nextCursor: string | null; total: number }> {
  const { tenantId, actorId } = reader.caller
  const mine = and(
    sql`t.tenant_id = ${tenantId}`,
    sql`t.person_id = ${actorId}`,
    filter.open ? sql`t.done_at is null` : sql`t.done_at is not null`,
    filter.kind === undefined ? undefined : sql`t.kind = any(${filter.kind}::text[])`,
    filter.dueUntil === undefined ? undefined : sql`t.due_on <= ${filter.dueUntil}::date`,
  )
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor, 2)
  const rows =
    await reader.all<Task>(sql`select t.id, t.kind, t.customer_id, c.name as customer_name, t.source_kind, t.source_id, t.params, t.due_on, t.done_at, t.outcome, t.version
    from ar.tasks t left join ar.customers c on c.tenant_id = t.tenant_id and c.id = t.customer_id
    where ${and(mine, after && sql`(t.due_on, t.id) ${filter.open ? sql`>` : sql`<`} (${after[0]}::date, ${after[1]}::uuid)`)}
    order by ${filter.open ? sql`t.due_on, t.id` : sql`t.due_on desc, t.id desc`} limit ${filter.limit + 1}`)
  const { total } = await reader.one<{ total: bigint }>(sql`select count(*) as total from ar.tasks t where ${mine}`)
  return { ...cutPage(rows, filter.limit, (row) => [row.dueOn, row.id]), total: Number(total) }
}

/** The caller's own views of a page first, then those that others share. */
export async function savedViews(reader: Reader, page: string): Promise<SavedView[]> {
  return reader.all<SavedView>(
    sql`${view(reader)} and v.page = ${page} and (v.person_id = ${reader.caller.actorId} or v.shared) order by not v.person_id = ${reader.caller.actorId}, v.name, v.id limit ${VIEWS_READ_MOST}`,
  )
}

/** The caller's own view, or one that is shared. */
export async function savedView(reader: Reader, id: string): Promise<SavedView | undefined> {
  return reader.maybe<SavedView>(sql`${view(reader)} and v.id = ${id} and (v.person_id = ${reader.caller.actorId} or v.shared)`)
}

function view({ caller: { tenantId, actorId } }: Reader) {
  return sql`select v.id, v.page, v.name, v.query, v.shared, v.person_id = ${actorId} as mine, coalesce(p.name, '') as made_by, v.version
    from ar.saved_views v left join ar.people p on p.tenant_id = v.tenant_id and p.id = v.person_id where v.tenant_id = ${tenantId}`
}
