import { parseDay } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { isUuid } from '../../kernel/uuid.ts'
import { readCursor } from '../../platform/paging.ts'

type CursorType = 'text' | 'bigint' | 'uuid' | 'date'
const fits: Readonly<Record<CursorType, (value: string) => boolean>> = {
  text: () => true,
  bigint: (value) => /^-?\d{1,18}$/.test(value),
  uuid: isUuid,
  date: (value) => parseDay(value) !== undefined,
}

/** The values of a cursor. It comes from outside: whatever is not of these types is refused here (platform.badCursor), not by the database. */
export function typedCursor(cursor: string, types: readonly CursorType[]): string[] {
  return readCursor(cursor, types.length).map((value, index) => {
    if (typeof value !== 'string' || !fits[types[index]!](value))
      throw new Problem('platform.badCursor', {}, { kind: 'invalid', path: 'cursor' })
    return value
  })
}
