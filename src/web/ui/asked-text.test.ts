import { describe, expect, test } from 'vitest'
import { heard } from './asked-text.ts'

describe('a search field hears of the address', () => {
  test('its own asking comes back: what was typed meanwhile stays', () => {
    expect(heard({ value: '', pending: ['北'] }, '北')).toEqual({ value: '北', pending: [], isOwn: true })
  })
  test('two askings under way come back one after the other, or only the last', () => {
    const first = heard({ value: '', pending: ['北', '北京'] }, '北')
    expect(first).toEqual({ value: '北', pending: ['北京'], isOwn: true })
    expect(heard(first, '北京').isOwn).toBe(true)
    expect(heard({ value: '', pending: ['北', '北京'] }, '北京')).toEqual({ value: '北京', pending: [], isOwn: true })
  })
  test('a change from outside wins: cleared filters, the back button', () => {
    expect(heard({ value: '北京', pending: [] }, '')).toEqual({ value: '', pending: [], isOwn: false })
    expect(heard({ value: '北京', pending: ['北京市'] }, '')).toEqual({ value: '', pending: [], isOwn: false })
  })
})
