import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Found, type Sql, sql } from '../../platform/sql.ts'
import { isOnPathOf } from './credit-accounts.query.ts'
import type { CreditSettings } from './credit-settings.query.ts'
import { type DatedLimit, type EffectiveLimit, effectiveLimit } from './effective-limit.ts'

/** One account of a customer's path with what counts for a check. `exposure` after the company's settings. */
export type PathAccount = {
  readonly customerId: string
  readonly name: string
  /** Class and status of the customer; null where the caller may not see it. */
  readonly class: string | null
  readonly status: 'active' | 'disabled' | 'merged' | null
  readonly ancestors: readonly string[]
  readonly limit: EffectiveLimit
  readonly onHold: boolean
  readonly ordersBase: bigint
  readonly receivablesBase: bigint
  readonly exposure: bigint
  readonly version: number
}
/** What the customer itself owes today. */
export type OverduePosition = {
  readonly customerId: string
  /** Only where something is overdue; else 0, so that many items that are not due cost nothing. */
  readonly open: bigint
  readonly overdue: bigint
  readonly oldestDueOn: Day | null
  readonly oldestNo: string | null
  readonly holdReason: string | null
}

type AccountRow = {
  customerId: string; name: string | null; class: string | null; status: PathAccount['status']; ancestors: string[]; limitBase: bigint | null; temporaryLimitBase: bigint | null; temporaryFrom: Day | null; temporaryUntil: Day | null; onHold: boolean
  ordersBase: bigint; receivablesBase: bigint; version: number; limits: { kind: 'standard' | 'temporary'; limit: string | null; from: Day; until: Day | null }[] | null; disputed: bigint; unallocated: bigint; beyond: bigint
} // biome-ignore format: one line a group of columns

/**
 * The accounts of these customers and of everyone above them, keyed by customer id. Limits are those that run today by their history, so that a limit set for today holds from midnight,
 * whether or not the daily job has run. Reads only counters unless the settings leave something out.
 */
export async function readCreditPaths(
  reader: Reader,
  customers: Found,
  settings: Pick<CreditSettings, 'exposure' | 'orderHorizonDays'>,
): Promise<Map<string, PathAccount>> {
  const t = reader.caller.tenantId
  const { includeDisputed, deductUnallocated } = settings.exposure
  const members = sql`select m.customer_id from ar.credit_accounts m where m.tenant_id = ${t} and m.ancestors @> array[a.customer_id]`
  const nothing = sql`0::bigint`
  const rows =
    await reader.all<AccountRow>(sql`select a.customer_id, c.name, c.class, c.status, a.ancestors, a.limit_base, a.temporary_limit_base, a.temporary_from, a.temporary_until, a.on_hold, a.orders_base, a.receivables_base, a.version,
      (select json_agg(json_build_object('kind', l.kind, 'limit', l.limit_base::text, 'from', l.effective_from, 'until', l.effective_until) order by l.effective_from, l.created_at, l.id) from ${runningLimits(reader)} l) as limits,
      ${includeDisputed ? nothing : sql`coalesce((select sum(r.open_base) from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and r.disputed and r.customer_id in (${members})), 0)::bigint`} as disputed,
      ${deductUnallocated ? sql`coalesce((select sum(p.amount_base - p.allocated_base) from ar.receipts p where p.tenant_id = ${t} and p.status = 'confirmed' and p.order_id is null and p.customer_id in (${members})), 0)::bigint` : nothing} as unallocated,
      ${settings.orderHorizonDays === null ? nothing : sql`coalesce((select sum(o.open_base) from ar.orders o where o.tenant_id = ${t} and o.open_base > 0 and o.delivery_on > ${reader.today}::date + ${settings.orderHorizonDays}::int and o.customer_id in (${members})), 0)::bigint`} as beyond
    from ar.credit_accounts a left join ar.customers c on c.tenant_id = ${t} and c.id = a.customer_id where a.tenant_id = ${t} and ${isOnPathOf(t, customers)}`)
  return new Map(rows.map((row) => [row.customerId, accountOf(row, reader.today)]))
}

/** Those of account `a` that run today. Who sees some customers only reads those of groups above them through the function that may. */
function runningLimits({ caller, today }: Reader): Sql {
  if (caller.scope.kind !== 'all') return sql`ar.running_limits(array[a.customer_id], ${today})`
  return sql`(select r.* from ar.credit_limits r where r.tenant_id = ${caller.tenantId} and r.customer_id = a.customer_id and r.status = 'active'
    and r.effective_from <= ${today} and (r.effective_until is null or r.effective_until >= ${today}))`
}

function accountOf(row: AccountRow, today: Day): PathAccount {
  const { customerId, ancestors, onHold, ordersBase, receivablesBase, version } = row
  const gross = ordersBase + receivablesBase - row.disputed - row.beyond
  const exposure = gross > row.unallocated ? gross - row.unallocated : 0n
  return {
    customerId,
    name: row.name ?? '',
    class: row.class,
    status: row.status,
    ancestors,
    limit: effectiveLimit(limitsOf(row), today),
    onHold,
    ordersBase,
    receivablesBase,
    exposure,
    version,
  }
}

/** The account's own columns first: what came in without a history (an import of balances) counts until the history says otherwise. */
function limitsOf(row: AccountRow): DatedLimit[] {
  const start = '1970-01-01' as Day
  const standard: DatedLimit[] = row.limitBase === null ? [] : [{ kind: 'standard', limit: row.limitBase, effectiveFrom: start }]
  const temporary: DatedLimit[] =
    row.temporaryLimitBase === null || row.temporaryUntil === null
      ? []
      : [
          {
            kind: 'temporary',
            limit: row.temporaryLimitBase,
            effectiveFrom: row.temporaryFrom ?? start,
            effectiveUntil: row.temporaryUntil,
          },
        ]
  const history = (row.limits ?? []).map(
    ({ kind, limit, from, until }): DatedLimit => ({
      kind,
      limit: limit === null ? undefined : BigInt(limit),
      effectiveFrom: from,
      effectiveUntil: until ?? undefined,
    }),
  )
  return [...standard, ...temporary, ...history]
}

/** What of each of these customers is overdue and, where anything is, of how much, and its oldest item; why it is on hold if it is. */
export async function readOverduePositions(reader: Reader, customers: Found): Promise<Map<string, OverduePosition>> {
  const t = reader.caller.tenantId
  const overdue = sql`r.tenant_id = ${t} and r.customer_id = w.id and r.open <> 0 and r.due_on < ${reader.today}`
  // offset 0: asked once, wherever the id is needed
  const wanted = customers.isOne
    ? sql`(select (${customers.ids}) as id offset 0)`
    : sql`(select distinct x.id from (${customers.ids}) x(id))`
  const rows =
    await reader.all<OverduePosition>(sql`select w.id as customer_id, case when s.overdue > 0 then (${ownReceivables(t)}) else 0 end as open,
      coalesce(s.overdue, 0) as overdue, s.due_on as oldest_due_on,
      case when s.overdue > 0 then (select coalesce(d.series || '-' || ar.no_text(d.no), r.source_no, r.reference, '') from ar.receivables r
        left join ar.document_numbers d on d.tenant_id = ${t} and d.document_id = r.id where ${overdue} order by r.due_on limit 1) end as oldest_no,
      (select h.reason from ar.credit_holds h where h.tenant_id = ${t} and h.customer_id = w.id and h.released_at is null) as hold_reason
    from ${wanted} w left join lateral (select sum(r.open_base)::bigint as overdue, min(r.due_on) as due_on from ar.receivables r where ${overdue}) s on true`)
  return new Map(rows.map((row) => [row.customerId, row]))
}

/** Of a customer alone: its counter less those right below it. Counters, because the items of a customer that orders all day are many. */
function ownReceivables(t: number): Sql {
  return sql`select a.receivables_base - coalesce((select sum(m.receivables_base) from ar.credit_accounts m where m.tenant_id = ${t} and cardinality(m.ancestors) > 1
      and m.ancestors[cardinality(m.ancestors) - 1] = w.id), 0)::bigint from ar.credit_accounts a where a.tenant_id = ${t} and a.customer_id = w.id`
}
