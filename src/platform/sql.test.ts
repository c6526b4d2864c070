import { expect, test } from 'vitest'
import { and, compile, found, isFound, sql } from './sql.ts'

test.each([
  ['values become parameters, in the order of the text', sql`select ${1}, ${'x'} where ${null}`, 'select $1, $2 where $3', [1, 'x', null]],
  ['a list is one parameter', sql`a = any(${['x', 'y']})`, 'a = any($1)', [['x', 'y']]],
  [
    'pieces stand there as they are, their values between those around them',
    sql`${1} ${sql`b = ${2} ${sql`c`}`} ${3}`,
    '$1 b = $2 c $3',
    [1, 2, 3],
  ],
  ['joined values and pieces', sql`in (${sql.join([1, sql`now()`, 'x'])})`, 'in ($1, now(), $2)', [1, 'x']],
  ['joined by something else', sql.join([sql`a`, sql`b`, sql`c`], sql` or `), 'a or b or c', []],
  ['nothing to join', sql`(${sql.join([])})`, '()', []],
  ['names', sql`${sql.ref('r.due_on')} of ${sql.table('ar.odd"name')}`, '"r"."due_on" of "ar"."odd""name"', []],
  ['constants of the program', sql`${sql.lit(`it's`)} ${sql.lit(7)} ${sql.lit(null)} ${sql.raw('::int')}`, `'it''s' 7 null ::int`, []],
  ['conditions, those that are not given left out', and(sql`a = ${1}`, undefined, sql`b`), 'a = $1 and b', [1]],
  ['no condition', and(), 'true', []],
  ['one id is compared', isFound(sql`c.id`, found(['x'])), 'c.id = ($1::uuid)', ['x']],
  ['several are looked for', isFound(sql`c.id`, found(['x', 'y'])), 'c.id in (select unnest($1::uuid[]))', [['x', 'y']]],
])('%s', (_, query, text, values) => {
  expect(compile(query)).toEqual({ text, values })
})

test('an object that only looks like a piece is a value', () => {
  const sent = { texts: ['; drop table ar.orders'], given: [] }
  expect(compile(sql`select ${sent}`)).toEqual({ text: 'select $1', values: [sent] })
})
