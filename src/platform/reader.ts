import { assert } from '../kernel/assert.ts'
import { type Day, dayIn } from '../kernel/day.ts'
import type { Caller } from './caller.ts'
import type { Send } from './flight.ts'
import { compile, type Sql } from './sql.ts'

export type Reader = {
  readonly caller: Caller
  /** The instant at which the call began. */
  readonly at: Date
  /** The tenant's calendar day at that instant. */
  readonly today: Day
  all<T>(query: Sql): Promise<T[]>
  maybe<T>(query: Sql): Promise<T | undefined>
  one<T>(query: Sql): Promise<T>
  /**
   * For sums over many rows, and for what an import looks up in tables that it fills: planned at every call. A kept plan took twice as long over a million receivables, and one that was
   * made while a table was empty read all of it at every chunk.
   */
  report<T>(query: Sql): Promise<T[]>
  /** Rows in pieces of `size`, from the same snapshot, for exports and long work. */
  pieces<T>(query: Sql, size?: number): AsyncIterable<T[]>
}

export function readerOn(send: Send, at: Date, caller: Caller): Reader {
  const all = async <T>(query: Sql): Promise<T[]> => (await send(compile(query))).rows as T[]
  let cursors = 0
  return {
    caller,
    at,
    today: dayIn(caller.timeZone, at),
    all,
    maybe: async <T>(query: Sql) => (await all<T>(query))[0],
    one: async <T>(query: Sql) => {
      const rows = await all<T>(query)
      assert(rows.length === 1, `one row expected, ${rows.length} found`)
      return rows[0]!
    },
    report: async <T>(query: Sql) => (await send({ ...compile(query), isOnce: true })).rows as T[],
    async *pieces<T>(query: Sql, size = 5_000) {
      const { text, values } = compile(query)
      cursors += 1
      const name = `pieces_${cursors}`
      await send({ text: `declare ${name} no scroll cursor for ${text}`, values, isOnce: true })
      for (;;) {
        const { rows } = await send({ text: `fetch ${size} from ${name}`, values: [], isOnce: true })
        if (rows.length === 0) break
        yield rows as T[]
      }
      await send({ text: `close ${name}`, values: [], isOnce: true })
    },
  }
}
