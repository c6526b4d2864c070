import { assert } from '../../kernel/assert.ts'
import { formatMinor, leastMinor } from '../../kernel/money.ts'
import { basisPoints } from '../../kernel/percent.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { found, sql } from '../../platform/sql.ts'
import { readCustomers } from '../customers/lock-customers.query.ts'
import { creditExposure, exposureComponents } from './credit-exposure.ts'
import { type PathAccount, readCreditPaths } from './credit-path.query.ts'
import { type CreditSettings, readCreditSettings } from './credit-settings.query.ts'
import type { EffectiveLimit } from './effective-limit.ts'

type Parts = {
  overdue: bigint
  disputed: bigint
  unallocated: bigint
  beyond: bigint
  holdReason: string | null
  placedBy: string | null
  placedAt: Date | null
  pending: readonly PendingLimit[] | null
}
/** A change of the limit that waits for a decision; `role` takes its current step. */
type PendingLimit = {
  readonly requestId: string
  readonly kind: 'standard' | 'temporary'
  readonly limit: string | null
  readonly effectiveFrom: string
  readonly requestedBy: string
  readonly role: string
}

/** 信用占用 of a customer (with everyone below it) by component, its limit today, and the limits of the groups above. One flight after the settings. */
export async function readCreditPosition(reader: Reader, customerId: string, known?: CreditSettings) {
  const settings = known ?? (await readCreditSettings(reader))
  const [, paths, parts] = await Promise.all([
    readCustomers(reader, [customerId]),
    readCreditPaths(reader, found([customerId]), settings),
    readParts(reader, customerId, settings),
  ])
  const own = paths.get(customerId)
  if (!own) throw missing('customer')
  const { baseCurrency } = reader.caller
  const amount = (minor: bigint) => formatMinor(minor, baseCurrency)
  const exposure = componentsOf(own, parts, settings)
  const most = own.limit.kind === 'limited' ? own.limit.limit : undefined
  return {
    currency: baseCurrency, limit: limitState(own.limit, amount), exposure: amount(exposure.total), available: most === undefined ? null : amount(most - exposure.total),
    usedBasisPoints: most === undefined || most === 0n ? null : basisPoints(exposure.total, most), version: own.version,
    components: Object.fromEntries(exposureComponents.map((component) => [component, amount(exposure.components[component])])) as Record<(typeof exposureComponents)[number], string>,
    group: own.ancestors.filter((id) => id !== customerId).map((id) => groupAccount(paths.get(id)!, amount)),
    pending: (parts.pending ?? []).map(({ limit, ...pending }) => ({ ...pending, limit: limit === null ? null : amount(BigInt(limit)) })),
    hold: { onHold: own.onHold, reason: parts.holdReason, placedBy: parts.placedBy, placedAt: parts.placedAt?.toISOString() ?? null },
  } // biome-ignore format: one line a group of figures
}

/** Counters give the totals, the open items say how much of them is overdue: the components always add up to what the check counts. */
function componentsOf(own: PathAccount, parts: Parts, settings: CreditSettings) {
  const overdue = leastMinor(parts.overdue, own.receivablesBase)
  const exposure = creditExposure(
    {
      openOrders: own.ordersBase - parts.beyond,
      deliveredNotInvoiced: 0n,
      notDue: own.receivablesBase - overdue,
      overdue,
      disputed: parts.disputed,
      bills: [],
      unallocated: parts.unallocated,
    },
    settings.exposure,
  )
  assert(own.receivablesBase >= overdue, 'overdue is part of what is open')
  return exposure
}

/** Of the customer and everyone below it whom the caller may see. */
async function readParts(reader: Reader, customerId: string, settings: CreditSettings): Promise<Parts> {
  const t = reader.caller.tenantId
  const horizon = settings.orderHorizonDays
  return reader.one<Parts>(sql`with recursive below as (select ${customerId}::uuid as id union all select c.id from ar.customers c join below b on c.parent_id = b.id where c.tenant_id = ${t}),
      r as (select coalesce(sum(r.open_base) filter (where r.due_on < ${reader.today}), 0)::bigint as overdue,
        ${settings.exposure.includeDisputed ? sql`0::bigint` : sql`coalesce(sum(r.open_base) filter (where r.disputed), 0)::bigint`} as disputed
        from below b join ar.receivables r on r.tenant_id = ${t} and r.customer_id = b.id and r.open <> 0)
    select r.overdue, r.disputed,
      ${settings.exposure.deductUnallocated ? sql`coalesce((select sum(p.amount_base - p.allocated_base) from below b join ar.receipts p on p.tenant_id = ${t} and p.customer_id = b.id where p.status = 'confirmed' and p.order_id is null), 0)::bigint` : sql`0::bigint`} as unallocated,
      ${horizon === null ? sql`0::bigint` : sql`coalesce((select sum(o.open_base) from below b join ar.orders o on o.tenant_id = ${t} and o.customer_id = b.id where o.open_base > 0 and o.delivery_on > ${reader.today}::date + ${horizon}::int), 0)::bigint`} as beyond,
      h.reason as hold_reason, u.name as placed_by, h.placed_at,
      (select json_agg(json_build_object('requestId', q.id, 'kind', l.kind, 'limit', l.limit_base::text, 'effectiveFrom', l.effective_from, 'requestedBy', w.name, 'role', q.steps -> (q.step - 1) ->> 'role') order by q.id)
        from ar.credit_limits l join ar.approval_requests q on q.tenant_id = ${t} and q.id = l.request_id join ar.people w on w.tenant_id = ${t} and w.id = q.requested_by
        where l.tenant_id = ${t} and l.customer_id = ${customerId} and l.status = 'pending') as pending
    from r left join ar.credit_holds h on h.tenant_id = ${t} and h.customer_id = ${customerId} and h.released_at is null left join ar.people u on u.tenant_id = ${t} and u.id = h.placed_by`)
}

function groupAccount({ customerId, name, limit, exposure, onHold }: PathAccount, amount: (minor: bigint) => string) {
  return {
    customerId,
    name,
    limit: limitState(limit, amount),
    exposure: amount(exposure),
    available: limit.kind === 'limited' ? amount(limit.limit - exposure) : null,
    onHold,
  }
}

function limitState(limit: EffectiveLimit, amount: (minor: bigint) => string) {
  return {
    kind: limit.kind,
    amount: limit.kind === 'limited' ? amount(limit.limit) : null,
    temporary: limit.kind === 'limited' && limit.temporary,
    until: limit.kind === 'none' ? null : (limit.until ?? null),
  }
}

type LimitRow = {
  id: string; kind: 'standard' | 'temporary'; limitBase: bigint | null; effectiveFrom: string; effectiveUntil: string | null; reason: string; status: string; requestId: string | null
  requestedBy: string | null; approvedBy: string | null; approvedHow: string | null; createdAt: Date
} // biome-ignore format: one line a group of columns
const LIMITS_MOST = 200

/** The history of a customer's limits, newest first. */
export async function listLimits(reader: Reader, customerId: string) {
  const t = reader.caller.tenantId
  const [, rows] = await Promise.all([
    readCustomers(reader, [customerId]),
    reader.all<LimitRow>(sql`select l.id, l.kind, l.limit_base, l.effective_from, l.effective_until, l.reason, l.status, l.request_id, q.name as requested_by, a.name as approved_by, l.approved_how, l.created_at
      from ar.credit_limits l left join ar.people q on q.tenant_id = ${t} and q.id = l.requested_by left join ar.people a on a.tenant_id = ${t} and a.id = l.approved_by
      where l.tenant_id = ${t} and l.customer_id = ${customerId} order by l.effective_from desc, l.created_at desc, l.id desc limit ${LIMITS_MOST}`),
  ])
  const { baseCurrency } = reader.caller
  return {
    currency: baseCurrency,
    items: rows.map(({ limitBase, createdAt, ...row }) => ({
      ...row,
      limit: limitBase === null ? null : formatMinor(limitBase, baseCurrency),
      createdAt: createdAt.toISOString(),
    })),
  }
}
