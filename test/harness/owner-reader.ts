import type pg from 'pg'
import { dayIn } from '../../src/kernel/day.ts'
import type { Caller } from '../../src/platform/caller.ts'
import type { Reader } from '../../src/platform/db.ts'
import { camelCase, compile, type Sql } from '../../src/platform/sql.ts'

/** A reader on the owner's own transaction: sees what was broken in it and not committed. */
export function ownerReader(client: pg.Client, caller: Caller, at: Date): Reader {
  const all = async <T>(query: Sql): Promise<T[]> => {
    const { text, values } = compile(query)
    const { rows } = await client.query<Record<string, unknown>>(text, [...values])
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [camelCase(name), value])) as T)
  }
  return {
    caller,
    at,
    today: dayIn(caller.timeZone, at),
    all,
    maybe: async <T>(query: Sql) => (await all<T>(query))[0],
    one: async <T>(query: Sql) => (await all<T>(query))[0]!,
    report: all,
    async *pieces<T>(query: Sql) {
      yield await all<T>(query)
    },
  }
}
