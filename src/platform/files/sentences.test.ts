import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import en from '../../i18n/en/files.json' with { type: 'json' }
import zhCN from '../../i18n/zh-CN/files.json' with { type: 'json' }
import zhTW from '../../i18n/zh-TW/files.json' with { type: 'json' }

const folder = new URL('./', import.meta.url)
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
const thrown = new Set(
  sources.flatMap((name) => readFileSync(new URL(name, folder), 'utf8').match(/'files\.\w+'/g) ?? []).map((code) => code.slice(7, -1)),
)

test.each([
  ['zh-CN', zhCN],
  ['zh-TW', zhTW],
  ['en', en],
])('every problem has a sentence in %s, and no sentence is left over', (_, words) => {
  expect(Object.keys(words.problems).sort()).toEqual([...thrown].sort())
  const parameters = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()
  const english: Readonly<Record<string, string>> = en.problems
  for (const [code, text] of Object.entries(words.problems))
    expect([code, parameters(text)]).toEqual([code, parameters(english[code] ?? '')])
})
