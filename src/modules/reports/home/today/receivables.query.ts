import { addDays, addMonths, type Day, daysBetween } from '../../../../kernel/day.ts'
import { phrase } from '../../../../kernel/phrase.ts'
import type { Reader } from '../../../../platform/db.ts'
import { type Sql, sql } from '../../../../platform/sql.ts'
import { inBase, type TodaySource } from '../today-source.query.ts'

/** 诉讼时效: three years (民法典 188), and how many days before its end one is warned. */
const LIMITATION_MONTHS = 36
export const LIMITATION_WARN_DAYS = 60

type Row = { readonly count: number; readonly amount: bigint; readonly customers: number; readonly firstOn: Day }

/** 已逾期应收. */
export const overdue: TodaySource = {
  key: 'overdue',
  permission: 'receivables.view',
  find: async (reader) => {
    const row = await receivables(reader, sql`r.due_on < ${reader.today}::date`)
    if (!row) return undefined
    return {
      count: row.count,
      amounts: inBase(reader, row.amount),
      dueOn: row.firstOn,
      facts: [phrase('home.facts.customers', { count: row.customers })],
      list: { path: '/api/receivables', query: { status: ['overdue'] } },
    }
  },
}

/** 争议中的应收: nobody reminds of them while they are disputed. */
export const disputed: TodaySource = {
  key: 'disputed',
  permission: 'receivables.view',
  find: async (reader) => {
    const row = await receivables(reader, sql`r.disputed`)
    if (!row) return undefined
    return {
      count: row.count,
      amounts: inBase(reader, row.amount),
      dueOn: row.firstOn,
      facts: [phrase('home.facts.customers', { count: row.customers }), phrase('home.facts.notReminded')],
      list: { path: '/api/receivables', query: { status: ['disputed'] } },
    }
  },
}

/**
 * 诉讼时效: open items whose three years from the due day end within sixty days. A part payment, a demand that reached the customer or a confirmed statement begins them anew (民法典 195);
 * that is not proven here, so the line says what would be needed.
 */
export const limitation: TodaySource = {
  key: 'limitation',
  permission: 'receivables.view',
  find: async (reader) => {
    const { from, until } = limitationDays(reader.today)
    const row = await receivables(reader, sql`r.due_on >= ${from}::date and r.due_on <= ${until}::date`)
    if (!row) return undefined
    return {
      count: row.count,
      amounts: inBase(reader, row.amount),
      dueOn: addMonths(row.firstOn, LIMITATION_MONTHS),
      facts: [phrase('home.facts.limitation')],
      list: { path: '/api/receivables', query: { status: ['overdue'], dueFrom: from, dueUntil: until } },
    }
  },
}

/** Due days whose three years end today or within the days of warning. */
export function limitationDays(today: Day): { from: Day; until: Day } {
  const until = addMonths(addDays(today, LIMITATION_WARN_DAYS), -LIMITATION_MONTHS)
  const from = addMonths(today, -LIMITATION_MONTHS)
  // from 29 February three years lead to the 28th: the first due day whose years are not over
  return { from: daysBetween(addMonths(from, LIMITATION_MONTHS), today) > 0 ? addDays(from, 1) : from, until }
}

async function receivables(reader: Reader, condition: Sql): Promise<Row | undefined> {
  const row =
    await reader.one<Row>(sql`select count(*)::int as count, coalesce(sum(r.open_base), 0)::bigint as amount, count(distinct r.customer_id)::int as customers, min(r.due_on) as first_on
    from ar.receivables r where r.tenant_id = ${reader.caller.tenantId} and r.open <> 0 and ${condition}`)
  return row.count === 0 ? undefined : row
}
