import { onceAReader } from './once-a-reader.ts'
import type { Reader } from './reader.ts'
import { sql } from './sql.ts'

const KEPT_MOST = 1_000

/**
 * What `load` reads from the tables of kept-tables.ts, and from nothing else, kept in memory behind the company's mark: each transaction asks for the mark, one small row, and only for what is new behind it.
 * A mark is never used twice, also not by a transaction that is rolled back, so what is known of one stays true. Not to be changed by who gets it.
 */
export function kept<T>(load: (reader: Reader) => Promise<T>): (reader: Reader) => Promise<T> {
  const known = new Map<string, T>()
  return onceAReader(async (reader) => {
    const mark = await markOf(reader)
    if (mark === undefined) return load(reader)
    const found = known.get(mark)
    if (found !== undefined) return found
    const loaded = await load(reader)
    if (known.size >= KEPT_MOST) known.clear()
    known.set(mark, loaded)
    return loaded
  })
}

const markOf = onceAReader(async (reader: Reader): Promise<string | undefined> => {
  const found = await reader.maybe<{ mark: string }>(sql`select m.mark from ar.kept_marks m where m.tenant_id = ${reader.caller.tenantId}`)
  return found?.mark
})
