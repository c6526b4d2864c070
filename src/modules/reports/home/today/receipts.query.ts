import { addDays, type Day, earlierDay } from '../../../../kernel/day.ts'
import { phrase } from '../../../../kernel/phrase.ts'
import type { Reader } from '../../../../platform/db.ts'
import { type Sql, sql } from '../../../../platform/sql.ts'
import type { TodayFound, TodaySource } from '../today-source.query.ts'

/** Days from the receipt until it should be confirmed by the second person, be somebody's, and be allocated. */
const CONFIRM_DAYS = 1
const IDENTIFY_DAYS = 7
const ALLOCATE_DAYS = 3

type Row = { readonly currency: string; readonly count: number; readonly amount: bigint; readonly oldest: Day; readonly owing: number }

/** 待确认收款: drafts that wait for the second person. */
export const receiptsToConfirm: TodaySource = {
  key: 'receiptsToConfirm',
  permission: 'receipts.confirm',
  find: async (reader) => {
    const rows = await receipts(reader, { where: sql`p.status = 'draft'`, amount: sql`p.amount` })
    return found(reader, rows, CONFIRM_DAYS, { status: ['draft'] })
  },
}

/** 不明来款: confirmed money of nobody knows whom. */
export const unidentified: TodaySource = {
  key: 'unidentified',
  permission: 'receipts.view',
  find: async (reader) => {
    const rows = await receipts(reader, { where: sql`p.status = 'confirmed' and p.customer_id is null`, amount: left })
    return found(reader, rows, IDENTIFY_DAYS, { status: ['confirmed'], unidentified: 'true' })
  },
}

/** 待核销收款: money of a known customer with something left to allocate; how much of it belongs to customers with overdue receivables. */
export const unallocated: TodaySource = {
  key: 'unallocated',
  permission: 'receipts.view',
  find: async (reader) => {
    const owing = sql`exists (select 1 from ar.receivables r where r.tenant_id = ${reader.caller.tenantId} and r.customer_id = g.customer_id and r.open <> 0 and r.due_on < ${reader.today}::date)`
    const where = sql`p.status = 'confirmed' and p.allocated < p.amount and p.customer_id is not null`
    const rows = await receipts(reader, { where, amount: left, owing })
    return found(reader, rows, ALLOCATE_DAYS, { unallocated: 'true', unidentified: 'false' })
  },
}

const left = sql`p.amount - p.allocated - p.refunded`

/** By customer first, so that `owing`, of the customers `g`, is asked once for each. */
function receipts(reader: Reader, { where, amount, owing = sql`false` }: { where: Sql; amount: Sql; owing?: Sql }): Promise<Row[]> {
  const base = reader.caller.baseCurrency
  return reader.report<Row>(sql`select g.currency, sum(g.count)::int as count, sum(g.amount)::bigint as amount, min(g.oldest) as oldest, coalesce(sum(g.count) filter (where ${owing}), 0)::int as owing
    from (select p.currency, p.customer_id, count(*) as count, sum(${amount}) as amount, min(p.received_on) as oldest
      from ar.receipts p where p.tenant_id = ${reader.caller.tenantId} and ${where} group by p.currency, p.customer_id) g
    group by g.currency order by g.currency <> ${base}, g.currency`)
}

function found(reader: Reader, rows: readonly Row[], withinDays: number, query: TodayFound['list']['query']): TodayFound | undefined {
  if (rows.length === 0) return undefined
  const oldest = rows.map((row) => row.oldest).reduce(earlierDay)
  const owing = rows.reduce((sum, row) => sum + row.owing, 0)
  return {
    count: rows.reduce((sum, { count }) => sum + count, 0),
    amounts: rows.map(({ currency, amount }) => ({ currency, minor: amount })),
    dueOn: addDays(oldest, withinDays),
    facts:
      owing > 0
        ? [phrase('home.facts.ofOverdueCustomers', { count: owing })]
        : oldest < reader.today
          ? [phrase('home.facts.oldestReceived', { day: oldest })]
          : [],
    list: { path: '/api/receipts', query },
  }
}
