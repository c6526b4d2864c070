import type { TestApp, TestCompany } from './app.ts'
import { foundStandards, setUpFiles, setUpMasterData } from './story-customers.ts'
import { takeInMoney } from './story-money.ts'
import { takeOrders } from './story-orders.ts'
import { openReceivables } from './story-receivables.ts'
import { type Told, teller } from './story-teller.ts'

/** A company in which everything has happened once. */
export type Story = {
  readonly company: TestCompany
  /** One id of each kind of entity: what another company must never reach. */
  readonly ids: readonly string[]
} & Told

/**
 * A company lived in through HTTP by its own people, at the clock of the app (2026-11-21 unless set): customers with contacts and notes, limits, orders in every
 * status, receivables, receipts, allocations and what undoes each. `canary` stands in names, telephone numbers, e-mail addresses and texts.
 */
export async function storyCompany(app: TestApp, canary: string): Promise<Story> {
  const company = await app.company(canary)
  const { tell, told } = teller(app, company, canary)
  await foundStandards(tell, told)
  await setUpMasterData(tell, told)
  await takeOrders(tell, told)
  await openReceivables(tell, told)
  await takeInMoney(tell, told)
  await setUpFiles(tell, told)
  await app.drain()
  return { company, ids: await oneOfEach(app, company), ...told }
}

/** One id of every table of the company that is addressed by an id, and every person's. */
async function oneOfEach(app: TestApp, { tenantId }: TestCompany): Promise<string[]> {
  const { rows: tables } = await app.database.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype
     where n.nspname = 'ar' and c.relkind = 'r' and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id') order by 1`,
  )
  const found = await Promise.all(
    tables.map(({ name }) =>
      app.database.pool.query<{ id: string }>(`select t.id from ar.${name} t where t.tenant_id = $1 order by t.id limit 1`, [tenantId]),
    ),
  )
  return found.flatMap(({ rows }) => rows.map(({ id }) => id))
}
