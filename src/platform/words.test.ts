import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '../kernel/language.ts'
import { problemSentence, word } from './words.ts'

const SOURCES = join(import.meta.dirname, '..')

describe('a problem in words', () => {
  test.each([
    ['zh-CN', '找不到这个收款单，它可能已被合并，或不在您的可见范围内。'],
    ['zh-TW', '找不到這個收款單，它可能已被合併，或不在您的可見範圍內。'],
    ['en', 'This receipt was not found: it may have been merged, or lies outside what you may see.'],
  ] as const)('names the missing thing in %s', (language, sentence) => {
    expect(problemSentence(language, 'platform.notFound', { what: 'receipt' })).toBe(sentence)
  })

  test('everything that can be missing has a name in every language', () => {
    const kinds = new Set(
      globSync('**/*.ts', { cwd: SOURCES }).flatMap((file) =>
        [...readFileSync(join(SOURCES, file), 'utf8').matchAll(/\bmissing\('(\w+)'|notFound', \{ what: '(\w+)'/g)].map(
          ([, a, b]) => a ?? b!,
        ),
      ),
    )
    expect(kinds.size).toBeGreaterThan(20)
    const nameless = [...kinds].flatMap((kind) =>
      languages.filter((language) => word(language, `platform.things.${kind}`) === undefined).map((language) => `${language} ${kind}`),
    )
    expect(nameless).toEqual([])
  })
})
