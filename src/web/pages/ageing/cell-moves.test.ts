import { expect, test } from 'vitest'
import { cellAfter } from './cell-moves.ts'

const size = { rows: 3, columns: 7 }
test.each<[string, [number, number], [number, number]]>([
  ['ArrowDown', [0, 3], [1, 3]],
  ['ArrowDown', [2, 3], [2, 3]],
  ['ArrowUp', [0, 0], [0, 0]],
  ['ArrowLeft', [1, 0], [1, 0]],
  ['ArrowRight', [1, 5], [1, 6]],
  ['ArrowRight', [1, 6], [1, 6]],
])('%s from %j to %j', (key, [row, column], [toRow, toColumn]) => {
  expect(cellAfter(key, { row, column }, size)).toEqual({ row: toRow, column: toColumn })
})

test('other keys move nothing', () => {
  expect(cellAfter('Enter', { row: 0, column: 0 }, size)).toBeUndefined()
})
