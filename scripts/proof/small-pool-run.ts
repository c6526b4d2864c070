import type { Caller } from '../../src/platform/caller.ts'
import type { Database, Reader } from '../../src/platform/db.ts'
import { sql } from '../../src/platform/sql.ts'
import { type Random, randomOf } from './random.ts'

/** A company that asks: `caller` sees all of it, `scoped` the customers of one salesperson, of which there are some in this company and none in another. */
export type Asking = { readonly caller: Caller; readonly scoped: Caller }
export type SmallPool = { readonly turns: number; readonly seed: number; readonly atOnce: number }
export type SmallPoolSummary = {
  readonly asked: number
  readonly brokenOff: Readonly<Record<string, number>>
  /** Rows of the other company that came: sentences, none when all is well. */
  readonly strangers: readonly string[]
  /** Companies and roles that a connection still knew when nobody had asked. */
  readonly remembered: readonly string[]
}

const CUSTOMERS = sql<{ tenantId: number }>`select distinct c.tenant_id from ar.customers c`
const LEFT_BEHIND = sql<{
  tenant: string | null
  who: string
  login: string
}>`select nullif(current_setting('app.tenant', true), '') as tenant, current_user as who, session_user as login`
/** How a question ends before its answer: never begun, between two statements, in a statement that fails, in one that takes too long. */
const BREAKS = ['before', 'between', 'failing', 'tooLong'] as const
type Break = (typeof BREAKS)[number]
const ASKS_NOTHING = 20

class BrokenOff extends Error {}

/** Companies in turn on one small pool, `atOnce` questions under way; every third is broken off. Whoever asks must see rows of the own company and of no other, whatever happened before. */
export async function askInTurn(db: Database, companies: readonly Asking[], { turns, seed, atOnce }: SmallPool): Promise<SmallPoolSummary> {
  const random = randomOf(seed)
  const strangers: string[] = []
  const remembered: string[] = []
  const brokenOff: Record<string, number> = {}
  let asked = 0
  const next = async (): Promise<void> => {
    while (asked < turns) {
      asked += 1
      const turn = asked
      if (turn % ASKS_NOTHING === 0) {
        const [left] = await db.raw<{ tenant: string | null; who: string; login: string }>(LEFT_BEHIND)
        if (left!.tenant !== null || left!.who !== left!.login) remembered.push(`${turn}: ${left!.who} of ${left!.tenant}`)
        continue
      }
      const seen = await ask(db, random, companies[turn % companies.length]!, turn % 3 === 0 ? random.oneOf(BREAKS) : undefined)
      if (typeof seen === 'string') brokenOff[seen] = (brokenOff[seen] ?? 0) + 1
      else if (seen.wrong !== undefined) strangers.push(`${turn}: ${seen.wrong}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  return { asked, brokenOff, strangers, remembered }
}

async function ask(
  db: Database,
  random: Random,
  { caller, scoped }: Asking,
  breaks: Break | undefined,
): Promise<Break | { wrong?: string }> {
  const who = random.next() < 0.2 ? scoped : caller
  let seen: number[] = []
  const body = async (reader: Reader): Promise<void> => {
    if (breaks === 'before') throw new BrokenOff()
    seen = (await reader.all<{ tenantId: number }>(CUSTOMERS)).map((row) => row.tenantId)
    if (breaks === 'between') throw new BrokenOff()
    if (breaks === 'failing') await reader.all(sql`select ('x' || c.version)::int from ar.customers c`)
    if (breaks === 'tooLong') await reader.all(sql`select set_config('statement_timeout', '1', true), pg_sleep(0)`)
    if (breaks === 'tooLong') await reader.all(sql`select pg_sleep(1)`)
  }
  const asking = random.next() < 0.5 ? db.read(who, body) : db.transaction(who, body)
  const ended = await asking.then(
    () => 'answered' as const,
    () => 'broken off' as const,
  )
  if (seen.length > 0 || breaks === undefined)
    if (seen.length !== 1 || seen[0] !== who.tenantId)
      return { wrong: `company ${who.tenantId} saw rows of ${seen.join(', ') || 'nobody'}` }
  if (breaks === undefined) return ended === 'answered' ? {} : { wrong: `company ${who.tenantId} was not answered` }
  return ended === 'broken off' ? breaks : { wrong: `${breaks} was answered` }
}
