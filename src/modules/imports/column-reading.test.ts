import { expect, test } from 'vitest'
import { ColumnCounter } from './column-profile.ts'
import { columnNote, columnReadings } from './column-reading.ts'

function profileOf(header: string, cells: readonly string[]) {
  const counter = new ColumnCounter([header])
  for (const cell of cells) counter.add([cell], new Set())
  return counter.profiles
}

test.each([
  ['the values say day first, the remembered choice month first', ['30/07/2026', '05/06/2026'], 'mdy', 'dmy'],
  ['the values say month first, the remembered choice day first', ['07/30/2026', '05/06/2026'], 'dmy', 'mdy'],
  ['the values could be either', ['05/06/2026', '04/03/2026'], 'mdy', 'mdy'],
  ['the values contradict each other', ['30/07/2026', '07/30/2026'], 'mdy', 'mdy'],
  ['nobody has chosen', ['30/07/2026'], undefined, 'dmy'],
] as const)('days: %s', (_, cells, read, order) => {
  const [profile] = profileOf('d', cells)
  const column = { header: 'd', field: 'issuedOn', read }
  expect(columnReadings('openItems', [column], [profile!])[0]!.order).toBe(order)
  const note = columnNote('openItems', column, profile!, cells.length)
  expect(note.chosen ?? note.how).toBe(order)
})

test.each([
  ['the values say a point, the remembered choice a comma', ['1,234.50', '1,234'], 'comma', 'dot'],
  ['the values say a comma, the remembered choice a point', ['1.234,50'], 'dot', 'comma'],
  ['the values could be either', ['1,234', '2,345'], 'comma', 'comma'],
  ['nobody has chosen', ['1,234'], undefined, 'dot'],
] as const)('amounts: %s', (_, cells, read, sign) => {
  const profiles = profileOf('a', cells)
  expect(columnReadings('openItems', [{ header: 'a', field: 'open', read }], profiles)[0]!.sign).toBe(sign)
})

test.each([
  ['issuedOn', ['2026-02-28', '2026-02-30', '2026年2月31日', '31 Feb 2026', '20261301'], 4],
  ['open', ['1.00', '12.3.4'], 1],
] as const)('%s: what will not be read is said before the dry run', (field, cells, count) => {
  const [profile] = profileOf('x', cells)
  expect(columnNote('openItems', { header: 'x', field }, profile!, cells.length)).toMatchObject({ note: 'unreadable', count })
})
