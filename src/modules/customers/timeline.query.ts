import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { readCustomers } from './lock-customers.query.ts'

export type TimelineKind = 'note' | 'order' | 'receivable' | 'receipt' | 'dunning' | 'change'
type TimelineRow = {
  id: string
  kind: TimelineKind
  onDay: string
  at: Date
  what: string
  text: string | null
  amount: bigint | null
  currency: string | null
  no: string | null
  important: boolean
  actorName: string | null
}

/**
 * What happened with a customer and with those merged into it, newest day first. Each source gives at most one page, from its own index by (customer, day, id);
 * the newest of all of them make the page.
 */
export async function timeline(
  reader: Reader,
  customerId: string,
  query: { kind?: readonly TimelineKind[] | undefined; important?: boolean | undefined; cursor?: string | undefined; limit: number },
) {
  await readCustomers(reader, [customerId])
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor, 2)
  const wanted = query.important
    ? (['note'] as const)
    : (query.kind ?? (['note', 'order', 'receivable', 'receipt', 'dunning', 'change'] as const))
  const branches = wanted.map(
    (kind) =>
      sql`select * from (${SOURCES[kind](reader, customerId, { after, limit: query.limit + 1, important: query.important ?? false })}) one_kind`,
  )
  const t = reader.caller.tenantId
  const rows =
    await reader.all<TimelineRow>(sql`select x.id, x.kind, x.on_day, x.at, x.what, x.text, x.amount, x.currency, case when d.no is null then null else d.series || '-' || ar.no_text(d.no) end as no, x.important,
      coalesce(p.name, case when x.actor_id is null then null else 'system' end) as actor_name
    from (select * from (${sql.join(branches, sql` union all `)}) kinds order by on_day desc, id desc limit ${query.limit + 1}) x
    left join ar.document_numbers d on d.tenant_id = ${t} and d.document_id = x.id
    left join ar.people p on p.tenant_id = ${t} and p.id = x.actor_id order by x.on_day desc, x.id desc`)
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.onDay, row.id])
  return {
    items: items.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      amount: row.amount === null || row.currency === null ? null : formatMinor(row.amount, row.currency),
    })),
    nextCursor,
  }
}

type Piece = { readonly after: readonly (string | number | null)[] | undefined; readonly limit: number; readonly important: boolean }
type Source = (reader: Reader, customerId: string, piece: Piece) => Sql

/** The customer and the customers that have been merged into it. */
function family(t: number, customerId: string): Sql {
  return sql`(select ${customerId}::uuid union select m.from_id from ar.customer_merges m where m.tenant_id = ${t} and m.into_id = ${customerId} and m.undone_at is null)`
}

function before({ after }: Piece, day: Sql, id: Sql): Sql | undefined {
  return after ? sql`(${day}, ${id}) < (${after[0]}::date, ${after[1]}::uuid)` : undefined
}

const SOURCES: Readonly<Record<TimelineKind, Source>> = {
  note: (
    { caller: { tenantId: t } },
    customerId,
    piece,
  ) => sql`select e.id, 'note' as kind, e.happened_on as on_day, e.created_at as at, e.kind as what, e.text, null::bigint as amount, null::text as currency, e.important, e.created_by as actor_id
    from ar.customer_events e where ${and(sql`e.tenant_id = ${t} and e.customer_id in ${family(t, customerId)}`, piece.important ? sql`e.important` : undefined, before(piece, sql`e.happened_on`, sql`e.id`))} order by e.happened_on desc, e.id desc limit ${piece.limit}`,
  order: (
    { caller: { tenantId: t } },
    customerId,
    piece,
  ) => sql`select o.id, 'order' as kind, o.ordered_on as on_day, o.created_at as at, o.status as what, o.customer_reference as text, o.amount, o.currency, false as important, o.created_by as actor_id
    from ar.orders o where ${and(sql`o.tenant_id = ${t} and o.customer_id in ${family(t, customerId)}`, before(piece, sql`o.ordered_on`, sql`o.id`))} order by o.ordered_on desc, o.id desc limit ${piece.limit}`,
  receivable: (
    { caller: { tenantId: t } },
    customerId,
    piece,
  ) => sql`select r.id, 'receivable' as kind, r.issued_on as on_day, r.created_at as at, r.kind as what, r.reference as text, r.amount, r.currency, false as important, r.created_by as actor_id
    from ar.receivables r where ${and(sql`r.tenant_id = ${t} and r.customer_id in ${family(t, customerId)}`, before(piece, sql`r.issued_on`, sql`r.id`))} order by r.issued_on desc, r.id desc limit ${piece.limit}`,
  receipt: (
    { caller: { tenantId: t } },
    customerId,
    piece,
  ) => sql`select p.id, 'receipt' as kind, p.received_on as on_day, p.created_at as at, p.status as what, p.reference as text, p.amount, p.currency, false as important, p.created_by as actor_id
    from ar.receipts p where ${and(sql`p.tenant_id = ${t} and p.customer_id in ${family(t, customerId)}`, before(piece, sql`p.received_on`, sql`p.id`))} order by p.received_on desc, p.id desc limit ${piece.limit}`,
  dunning: (
    { caller: { tenantId: t, baseCurrency } },
    customerId,
    piece,
  ) => sql`select s.id, 'dunning' as kind, s.on_day, s.created_at as at, s.action as what, v.content #>> array['levels', (s.level - 1)::text, 'name'] as text, s.net_base as amount, ${baseCurrency}::text as currency, false as important, null::uuid as actor_id
    from ar.dunning_steps s join ar.dunning_ladder_versions v on v.tenant_id = ${t} and v.id = s.ladder_version_id
    where ${and(sql`s.tenant_id = ${t} and s.customer_id in ${family(t, customerId)}`, before(piece, sql`s.on_day`, sql`s.id`))} order by s.on_day desc, s.id desc limit ${piece.limit}`,
  change: ({ caller: { tenantId: t, timeZone } }, customerId, piece) => {
    const day = sql`(l.at at time zone ${timeZone}::text)::date`
    return sql`select l.id, 'change' as kind, ${day} as on_day, l.at, l.action as what, null::text as text, null::bigint as amount, null::text as currency, false as important, l.actor_id
      from ar.audit_log l where ${and(sql`l.tenant_id = ${t} and l.entity_id = ${customerId} and l.action <> 'customers.noteAdded'`, before(piece, day, sql`l.id`))} order by on_day desc, l.id desc limit ${piece.limit}`
  },
}

type ChangeRow = {
  id: string
  at: Date
  actorName: string | null
  action: string
  body: { before?: Record<string, unknown>; after?: Record<string, unknown>; detail?: Record<string, unknown> }
}

/** The audit entries of one customer, newest first: what changed, before and after. */
export async function changeLog(reader: Reader, customerId: string, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  await readCustomers(reader, [customerId])
  const t = reader.caller.tenantId
  const rows =
    await reader.all<ChangeRow>(sql`select l.id, l.at, p.name as actor_name, l.action, l.body from ar.audit_log l left join ar.people p on p.tenant_id = l.tenant_id and p.id = l.actor_id
    where ${and(sql`l.tenant_id = ${t} and l.entity_id = ${customerId}`, cursor ? sql`l.id < ${readCursor(cursor, 1)[0]}::uuid` : undefined)} order by l.id desc limit ${limit + 1}`)
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id])
  return {
    items: items.map(({ body, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      before: body.before ?? null,
      after: body.after ?? body.detail ?? null,
    })),
    nextCursor,
  }
}
