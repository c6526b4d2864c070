import { describe, expect, test } from 'vitest'
import { movedPaths } from './customer-group.ts'

const path = (text: string) => ({ customerId: text.at(-1)!, ancestors: [...text] })

describe('moving within groups', () => {
  test('everyone below moves along', () => {
    expect(movedPaths('b', [path('ab'), path('abc'), path('abcd')], path('xy'))).toEqual([path('xyb'), path('xybc'), path('xybcd')])
  })
  test('out of the group', () => {
    expect(movedPaths('b', [path('ab'), path('abc')], undefined)).toEqual([path('b'), path('bc')])
  })
  test('under itself or under somebody below is a circle', () => {
    expect(() => movedPaths('b', [path('ab')], path('ab'))).toThrow('customers.groupCycle')
    expect(() => movedPaths('b', [path('ab'), path('abc')], path('abc'))).toThrow('customers.groupCycle')
  })
  test('six levels are one too many', () => {
    expect(movedPaths('c', [path('c'), path('cd')], path('xyz'))).toHaveLength(2)
    expect(() => movedPaths('c', [path('c'), path('cd')], path('wxyz'))).toThrow('customers.groupTooDeep')
  })
})
