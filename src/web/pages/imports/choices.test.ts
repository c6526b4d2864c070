import { expect, test } from 'vitest'
import { choices } from './choices.ts'

/** A server whose answers come when they are let. */
function server() {
  let stored = ''
  const waiting: (() => void)[] = []
  const save = (value: string) =>
    new Promise<void>((resolve, reject) => {
      waiting.push(() => {
        if (value.includes('!')) return reject(new Error('refused'))
        stored = value
        return resolve()
      })
    })
  const rest = () => new Promise((resolve) => setTimeout(resolve))
  const answer = async () => {
    await rest()
    waiting.shift()!()
    await rest()
  }
  return { save, rest, answer, stored: () => stored, waiting }
}

test('a second choice, made before the first is answered, keeps the first', async () => {
  const { save, rest, answer, stored, waiting } = server()
  const chosen = choices<string>('', save)
  void chosen.change((before) => `${before}a`)
  void chosen.change((before) => `${before}b`)
  await rest()
  expect(waiting.length).toBe(1) // one after the other: they cannot overtake each other
  await answer()
  await answer()
  expect(stored()).toBe('ab')
})

test('an answer that is older than the last choice does not take it back', async () => {
  const { save, answer, stored } = server()
  const chosen = choices<string>('', save)
  void chosen.change((before) => `${before}a`)
  await answer()
  void chosen.change((before) => `${before}b`)
  chosen.saw('a')
  await answer()
  void chosen.change((before) => `${before}c`)
  await answer()
  expect(stored()).toBe('abc')
  chosen.saw('somebody else')
  void chosen.change((before) => `${before} d`)
  await answer()
  expect(stored()).toBe('somebody else d')
})

test('what was refused is not built on', async () => {
  const { save, answer, stored } = server()
  const chosen = choices<string>('', save)
  void chosen.change((before) => `${before}!`)
  await answer()
  void chosen.change((before) => `${before}a`)
  await answer()
  expect(stored()).toBe('a')
})
