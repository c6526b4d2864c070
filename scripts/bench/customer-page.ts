import { sql } from '../../src/platform/sql.ts'
import { loadedWorld } from './facts.ts'
import { measurePages } from './measure-pages.ts'

const P95_MS = 8

/** The customer page and a page of the ledger through HTTP; p95 < 8 ms wanted. */
export async function customerPage(size: string): Promise<void> {
  const world = await loadedWorld(size)
  const customers = (
    await world.db.read(world.maker, (reader) =>
      reader.all<{ id: string }>(sql`select c.id from ar.customers c where c.tenant_id = 1 order by c.id limit 2000`),
    )
  ).map((row) => row.id)
  const pages: Record<string, (turn: number) => string> = {
    'customer overview': (turn) => `/api/customers/${customers[(turn * 7) % customers.length]}/overview`,
    'open items of a customer': (turn) => `/api/receivables?customerId=${customers[(turn * 7) % customers.length]}&limit=20&sums=without`,
    'ledger, first page': () => '/api/receivables?limit=50&sums=without',
    'ledger, first page of what is open': () => '/api/receivables?status=open&limit=50&sums=without',
    'ledger, sums of what is open (asked for apart; not a page)': () => '/api/receivables?status=open&sums=only',
    'overdue worklist page': () => '/api/receivables?status=overdue&limit=50&sums=without',
  }
  await measurePages(world, size, P95_MS, Object.fromEntries(Object.entries(pages).map(([what, path]) => [what, (turn) => [path(turn)]])))
  await world.close()
}
