import { Problem } from '../kernel/problem.ts'

/** The place after the last row of a page: the values of its sort columns, base64url of JSON. Opaque to callers, never trusted: values go in as parameters. */
export function writeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** Throws `platform.badCursor` unless it holds exactly `count` texts, numbers or nulls. */
export function readCursor(cursor: string, count: number): (string | number | null)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(values) &&
      values.length === count &&
      values.every((value) => value === null || typeof value === 'string' || typeof value === 'number')
    )
      return values
  } catch {
    // falls through: the same answer for every kind of nonsense
  }
  throw badCursor()
}

/** What a failed list means: values that the database could not read as the type of their column (class 22), with a cursor in the query, are a made-up cursor. */
export function orBadCursor(error: unknown, query: unknown): unknown {
  const { code } = error as { code?: unknown }
  const isUnreadable = typeof code === 'string' && code.startsWith('22')
  return isUnreadable && (query as { cursor?: string } | undefined)?.cursor !== undefined ? badCursor() : error
}

function badCursor(): Problem {
  return new Problem('platform.badCursor', {}, { kind: 'invalid', path: 'cursor' })
}

/** Cuts a result that was asked for with `limit + 1` rows into a page. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => readonly (string | number | null)[],
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? writeCursor(cursorOf(items.at(-1)!)) : null }
}
