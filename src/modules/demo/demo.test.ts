import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { callerOf } from '../../../test/harness/callers.ts'
import { sealAudit } from '../../platform/seal.ts'
import { verifyBooks } from '../reports/verify-books.query.ts'
import { makeDemo } from './make-demo.command.ts'
import { dropDemo } from './remove-demo.command.ts'

/** What the books say, without ids, instants and words: equal for two companies that were made alike. */
const FIGURES = {
  orders: `select o.status, count(*), sum(o.amount_base), min(o.ordered_on), max(o.ordered_on) from ar.orders o where o.tenant_id = $1 group by 1 order by 1`,
  receivables: `select r.kind, date_trunc('month', r.due_on), count(*), sum(r.amount_base), sum(r.open) from ar.receivables r where r.tenant_id = $1 group by 1, 2 order by 1, 2`,
  entries: `select e.kind, e.entry_on, count(*), sum(e.amount_base) from ar.receivable_entries e where e.tenant_id = $1 group by 1, 2 order by 1, 2`,
  receipts: `select p.status, p.received_on, count(*), sum(p.amount_base), sum(p.allocated) from ar.receipts p where p.tenant_id = $1 group by 1, 2 order by 1, 2`,
  vouchers: `select l.account, count(*), sum(l.debit), sum(l.credit) from ar.voucher_lines l where l.tenant_id = $1 group by 1 order by 1`,
  customers: `select c.code, c.tax_id, c.bank_account, c.class from ar.customers c where c.tenant_id = $1 order by 1`,
  exposure: `select count(*), sum(a.orders_base), sum(a.receivables_base), count(a.limit_base) from ar.credit_accounts a where a.tenant_id = $1`,
}

/** What is the same in every company: names of accounts in three languages, days off of mainland China. */
const OF_THE_PROGRAM = new Set(['accounts.name', 'calendar_days.name'])

let app: TestApp
let home: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  home = await app.company('a real company')
  await makeDemo(app.db, { tenantId: 900_001, seed: 7, said: () => undefined })
  await makeDemo(app.db, { tenantId: 900_002, seed: 7, months: 2, said: () => undefined })
  await makeDemo(app.db, { tenantId: 900_003, seed: 7, language: 'en', months: 2, said: () => undefined })
  await makeDemo(app.db, { tenantId: 900_004, seed: 8, months: 2, said: () => undefined })
}, 1_200_000)
afterAll(() => app?.close())

async function rows(text: string, tenantId: number): Promise<Record<string, unknown>[]> {
  return (await app.database.pool.query(text, [tenantId])).rows
}
async function count(text: string): Promise<number> {
  return Number((await rows(`select count(*) as n from ${text} and x.tenant_id = $1`, 900_001))[0]!['n'])
}

describe('the demo company', () => {
  it('keeps books of which every invariant holds', async () => {
    const system = callerOf(900_001, { actorKind: 'system' })
    while ((await sealAudit(app.db, system)) > 0);
    const { invariants } = await verifyBooks(app.db, system)
    expect(invariants.length).toBeGreaterThan(40)
    expect(invariants.filter(({ holds }) => !holds).map(({ id, sentence, rows: wrong }) => ({ id, sentence, wrong }))).toEqual([])
  }, 120_000)

  it('is the same for the same seed on the same day, whatever its language', async () => {
    for (const [what, text] of Object.entries(FIGURES)) expect(await rows(text, 900_002), what).toEqual(await rows(text, 900_003))
    expect(await rows(FIGURES.entries, 900_002)).not.toEqual(await rows(FIGURES.entries, 900_004))
  })

  it('made in English, has not a word of Chinese in it, wherever somebody typed or chose one', async () => {
    const columns = await rows(
      `select c.table_name as t, c.column_name as c from information_schema.columns c join information_schema.tables b on b.table_schema = c.table_schema and b.table_name = c.table_name
       where c.table_schema = 'ar' and b.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb') and $1 > 0
         and exists (select from information_schema.columns k where k.table_schema = 'ar' and k.table_name = c.table_name and k.column_name = 'tenant_id')`,
      900_003,
    )
    const found: string[] = []
    for (const { t, c } of columns) {
      const [hit] = await rows(
        `select left(x."${c}"::text, 200) as text from ar."${t}" x where x.tenant_id = $1 and x."${c}"::text ~ '[一-龥]' limit 1`,
        900_003,
      )
      if (hit && !OF_THE_PROGRAM.has(`${t}.${c}`)) found.push(`${t}.${c}: ${hit['text']}`)
    }
    expect(columns.length).toBeGreaterThan(100)
    expect(found).toEqual([])
  })

  it.each([
    ['300 customers and more', 'ar.customers x where true', 300],
    ['orders that are drafts', "ar.orders x where x.status = 'draft'", 1],
    ['orders that wait', "ar.orders x where x.status = 'submitted'", 1],
    ['orders on credit hold', "ar.orders x where x.status = 'submitted' and x.credit_result = 'hold'", 1],
    ['orders that were rejected', "ar.orders x where x.status = 'rejected'", 5],
    ['orders to be delivered', "ar.orders x where x.status = 'approved'", 20],
    ['late deliveries', "ar.orders x where x.status in ('approved', 'partlyDelivered') and x.delivery_on < '2026-11-21'", 1],
    ['orders delivered in part', "ar.orders x where x.status = 'partlyDelivered'", 1],
    ['orders delivered', "ar.orders x where x.status = 'delivered'", 500],
    ['orders signed off', "ar.orders x where x.status = 'completed'", 200],
    ['orders given up', "ar.orders x where x.status = 'cancelled'", 5],
    ['overrides of a hold', 'ar.credit_overrides x where true', 10],
    ['opening balances', "ar.receivables x where x.kind = 'opening'", 100],
    ['receivables entered by hand', "ar.receivables x where x.kind = 'manual'", 10],
    ['instalments', 'ar.receivables x where x.part_no = 2', 5],
    ['receivables not due', "ar.receivables x where x.open > 0 and x.due_on >= '2026-11-21'", 100],
    ['overdue up to 30 days', "ar.receivables x where x.open > 0 and x.due_on < '2026-11-21' and x.due_on >= '2026-10-22'", 20],
    ['overdue 31 to 60 days', "ar.receivables x where x.open > 0 and x.due_on < '2026-10-22' and x.due_on >= '2026-09-22'", 10],
    ['overdue 61 to 90 days', "ar.receivables x where x.open > 0 and x.due_on < '2026-09-22' and x.due_on >= '2026-08-23'", 3],
    ['overdue more than 90 days', "ar.receivables x where x.open > 0 and x.due_on < '2026-08-23'", 5],
    ['disputed', 'ar.receivables x where x.disputed and x.open > 0', 3],
    ['given another due day', "ar.receivable_entries x where x.kind = 'rescheduled'", 10],
    ['taken back', 'ar.receivables x where x.voided_on is not null', 1],
    ['settled', 'ar.receivables x where x.open = 0', 1_000],
    ['part paid', 'ar.receivables x where x.open > 0 and x.open < x.amount', 3],
    ['foreign currency', "ar.receivables x where x.currency <> 'CNY' and x.open > 0", 1],
    ['receipts that are drafts', "ar.receipts x where x.status = 'draft'", 2],
    ['receipts reversed', "ar.receipts x where x.status = 'reversed'", 10],
    ['money of nobody', "ar.receipts x where x.status = 'confirmed' and x.customer_id is null", 2],
    ['prepayments', "ar.receipts x where x.status = 'confirmed' and x.customer_id is not null and x.allocated < x.amount", 1],
    ['short payments and discounts', 'ar.adjustments x where true', 10],
    ['approvals that wait', "ar.approval_requests x where x.status = 'pending'", 3],
    ['receipts that wait for an approval', "ar.approval_requests x where x.status = 'pending' and x.kind = 'receipt'", 1],
    ['temporary limits', 'ar.credit_accounts x where x.temporary_limit_base is not null', 1],
    ['customers on hold', 'ar.credit_accounts x where x.on_hold', 1],
    ['groups', 'ar.customers x where x.parent_id is not null', 10],
    ['merges', 'ar.customer_merges x where true', 2],
    ['closed months', "ar.periods x where x.status = 'closed'", 12],
    ['open tasks', 'ar.tasks x where x.done_at is null', 3],
    ['notes', 'ar.customer_events x where true', 50],
    ['dunning cases', 'ar.dunning_cases x where x.closed_on is null', 10],
    ['dunning cases that are settled', 'ar.dunning_cases x where x.closed_on is not null', 5],
    ['customers whose dunning pauses', 'ar.dunning_blocks x where x.lifted_at is null', 2],
    ['messages that were kept', "ar.messages x where x.status = 'kept'", 20],
    ['messages that were sent', "ar.messages x where x.status = 'sent'", 8],
    ['a message of which nobody knows', "ar.messages x where x.status = 'uncertain'", 1],
    ['a message that was refused', "ar.messages x where x.status = 'failed'", 1],
    ['a message that is not to be sent', "ar.messages x where x.status = 'withheld'", 1],
    ['a message of which a person said that it arrived', "ar.message_attempts x where x.outcome = 'saidToHaveArrived'", 1],
    ['notices about them', "ar.notifications x where x.kind in ('messages.failed', 'messages.uncertain')", 4],
    ['an import with a refused row', "ar.runs x where x.kind = 'import' and x.status = 'done' and x.refused = 1", 1],
    ['an import that was taken back', "ar.runs x where x.kind = 'import' and x.status = 'undone'", 1],
    ['an import that stopped', "ar.runs x where x.kind = 'import' and x.status = 'failed'", 1],
    ['an import that is not begun', "ar.runs x where x.kind = 'import' and x.status = 'waiting'", 1],
    ['month ends kept', 'ar.month_ends x where true', 12],
  ])('has %s', async (_, text, least) => {
    expect(await count(text)).toBeGreaterThanOrEqual(least)
  })

  it('says nothing that the day of its making says', async () => {
    const [{ late }] = (await rows(
      `select count(*) as late from ar.receivable_entries e where e.tenant_id = $1 and e.recorded_at::date > e.entry_on + 60`,
      900_001,
    )) as [{ late: unknown }]
    expect(Number(late)).toBe(0)
  })

  it('can be reached by nobody: reserved domains, numbers that no exchange has', async () => {
    const strange = await rows(
      `select c.email, c.phone from ar.customers c where c.tenant_id = $1 and (c.email !~ '\\.example$' or c.country = 'CN' and c.phone !~ '^0[0-9]{2,3}-00[0-9]{5,6}$')
       union all select k.email, k.phone from ar.customer_contacts k where k.tenant_id = $1 and k.email !~ '\\.example$'`,
      900_001,
    )
    expect(strange).toEqual([])
  })

  it('never sends and is never a real company, whoever writes', async () => {
    await expect(rows('update ar.tenants set sending_enabled = true where tenant_id = $1', 900_001)).rejects.toThrow('tenants_demo_silent')
    await expect(rows('update ar.tenants set is_demo = false where tenant_id = $1', 900_001)).rejects.toThrow('tenants_demo_ids')
    await expect(rows('update ar.tenants set is_demo = true where tenant_id = $1', home.tenantId)).rejects.toThrow('tenants_demo_ids')
  })

  it('goes whole, and no real company goes', async () => {
    await expect(dropDemo(app.db, home.system, home.tenantId)).rejects.toThrow()
    await dropDemo(app.db, home.system, 900_002)
    expect(await rows('select from ar.customers c where c.tenant_id = $1', 900_002)).toEqual([])
    expect(await rows('select from ar.audit_log a where a.tenant_id = $1', 900_002)).toEqual([])
    expect(await rows('select from ar.tenants t where t.tenant_id = $1', home.tenantId)).toHaveLength(1)
    expect(await rows('select from ar.tenants t where t.tenant_id = $1', 900_001)).toHaveLength(1)
  }, 120_000)
})
