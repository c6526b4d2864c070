import { expect, test } from 'vitest'
import { Problem } from '../kernel/problem.ts'
import { translateDatabaseError } from './database-errors.ts'

test.each([
  ['53100', 'platform.diskFull', 'unavailable'],
  ['53300', 'platform.databaseAway', 'unavailable'],
  ['57P01', 'platform.databaseAway', 'unavailable'],
  ['08006', 'platform.databaseAway', 'unavailable'],
  ['57014', 'platform.tookTooLong', 'unavailable'],
  ['40001', 'platform.conflict', 'conflict'],
  ['23505', 'platform.duplicate', 'conflict'],
  ['42501', 'platform.outOfScope', 'forbidden'],
  ['22021', 'platform.badText', 'invalid'],
])('a refusal %s of the database is told as %s', (code, told, kind) => {
  const translated = translateDatabaseError(Object.assign(new Error('could not …'), { code }))
  expect(translated).toBeInstanceOf(Problem)
  expect(translated).toMatchObject({ code: told, kind })
})

test('our own bugs and Problems pass unchanged', () => {
  for (const error of [new TypeError('x'), new Problem('x.y'), Object.assign(new Error('syntax'), { code: '42601' })])
    expect(translateDatabaseError(error)).toBe(error)
})
