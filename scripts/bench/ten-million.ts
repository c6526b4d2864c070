import type { Pool } from 'pg'
import { loadedWorld } from './facts.ts'
import { isLoaded, markLoaded, openWorld, type World } from './world.ts'

/** Receivables and customers of the facts loaded through the product, each so many times over: 10,000,000 of 200,000. */
const RECEIVABLE_TURNS = 100
const CUSTOMER_TURNS = 20
const BASE = '100k'

/**
 * Ten million receivables for reports (performance.md): a hundred thousand come in through the product's own commands, the rest are their copies under other ids, written by SQL with every index kept. Only what ageing
 * reads is there: customers, credit accounts, receivables; no entries, no vouchers, no receipts, so nothing of it can be proven and only today can be asked about.
 */
export async function tenMillion(): Promise<World> {
  const name = '10m'
  const known = await openWorld(name)
  if (await isLoaded(known)) return known
  await known.close()
  const world = await loadedWorld(BASE, name)
  await world.owner.query('delete from ar.settings s where s.key = $1', ['bench.loaded'])
  for (let turn = 1; turn < CUSTOMER_TURNS; turn += 1) {
    await copies(world.owner, 'customers', { id: copyOf('id', turn), code: `code || '-${turn}'` })
    await copies(world.owner, 'credit_accounts', {
      customer_id: copyOf('customer_id', turn),
      ancestors: `array[${copyOf('customer_id', turn)}]`,
    })
  }
  for (let turn = 1; turn < RECEIVABLE_TURNS; turn += 1) {
    const customer = turn % CUSTOMER_TURNS
    await copies(world.owner, 'receivables', {
      id: copyOf('id', turn),
      customer_id: customer === 0 ? 'customer_id' : copyOf('customer_id', customer),
    })
    if (turn % 10 === 9) console.error(`${(turn + 1) * 100_000} receivables`)
  }
  await markLoaded(world)
  return world
}

/** The first byte of an id (a time of this age begins with 01) says which copy it is. */
function copyOf(column: string, turn: number): string {
  return `('${(turn + 1).toString(16).padStart(2, '0')}' || substr(${column}::text, 3))::uuid`
}

/** What came in through the product once more, these columns changed. Keys and triggers are spared: what they guard was guarded at the first time. */
async function copies(owner: Pool, table: string, changed: Readonly<Record<string, string>>): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `select a.attname as name from pg_attribute a where a.attrelid = ('ar.' || $1)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
    [table],
  )
  const columns = rows.map(({ name }) => `"${name}"`).join(', ')
  const values = rows.map(({ name }) => changed[name] ?? `"${name}"`).join(', ')
  const id = Object.keys(changed)[0]!
  const client = await owner.connect()
  try {
    await client.query(
      'begin; set local session_replication_role = replica; set local synchronous_commit = off; set local statement_timeout = 0',
    )
    await client.query(`insert into ar.${table} (${columns}) select ${values} from ar.${table} where substr(${id}::text, 1, 2) = '01'`)
    await client.query('commit')
  } finally {
    client.release()
  }
}
