import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Language, languages } from '../kernel/language.ts'
import { type Phrase, speak } from '../kernel/phrase.ts'
import type { ReasonedParams } from '../kernel/problem.ts'

const FOLDER = join(import.meta.dirname, '../i18n')
type Words = { readonly [key: string]: string | Words }
const byLanguage = new Map<Language, Map<string, Words>>(languages.map((language) => [language, new Map()]))

/** The word of `namespace.path.to.key` (file, then keys), filled with `params`; undefined when there is none. Files are read once, when first asked for. */
export function word(language: Language, key: string, params: Readonly<Record<string, unknown>> = {}): string | undefined {
  const [namespace, ...path] = key.split('.')
  let found: string | Words | undefined = wordsOf(language, namespace!)
  for (const step of path) found = typeof found === 'object' && Object.hasOwn(found, step) ? found[step] : undefined
  return typeof found === 'string' ? fill(found, params) : undefined
}

/** The sentence of a problem code `<module>.<whatIsWrong>`: file `<module>.json`, key `problems.<whatIsWrong>`. `what` is a kind of thing ('receipt'), said in words. */
export function problemSentence(language: Language, code: string, params: ReasonedParams = {}): string {
  const dot = code.indexOf('.')
  const spoken = spokenParams(language, params)
  const { what } = spoken
  const named = what === undefined ? spoken : { ...spoken, what: word(language, `platform.things.${what}`) ?? what }
  return word(language, `${code.slice(0, dot)}.problems.${code.slice(dot + 1)}`, named) ?? code
}

/** Parameters with their phrases spoken: what may leave the program. */
export function spokenParams(language: Language, params: ReasonedParams): Readonly<Record<string, string | number>> {
  const said = (phrase: Phrase): string => speak(phrase, (key, filled) => word(language, key, filled) ?? key)
  const clauses = (phrases: readonly Phrase[]): string => phrases.map(said).join(word(language, 'shared.join.clauses'))
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? clauses(value) : value]))
}

/** The best of our languages for an Accept-Language header. */
export function languageFor(header: string | undefined): Language {
  for (const wanted of (header ?? '').split(',').map((part) => part.split(';')[0]!.trim().toLowerCase())) {
    if (/^zh-(tw|hk|mo|hant)/.test(wanted)) return 'zh-TW'
    if (wanted.startsWith('zh')) return 'zh-CN'
    if (wanted.startsWith('en')) return 'en'
  }
  return 'zh-CN'
}

function wordsOf(language: Language, namespace: string): Words {
  const cache = byLanguage.get(language)!
  if (cache.size === 0)
    for (const file of readdirSync(join(FOLDER, language)))
      if (file.endsWith('.json')) cache.set(file.slice(0, -5), JSON.parse(readFileSync(join(FOLDER, language, file), 'utf8')) as Words)
  return cache.get(namespace) ?? {}
}

function fill(sentence: string, params: Readonly<Record<string, unknown>>): string {
  return sentence.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(params[name] ?? ''))
}
