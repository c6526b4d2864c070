// Every language has the same words: same files, same keys, same {{parameters}}, nothing empty, each in its own script and under the glossary's name; and
// the code asks for all of them and for nothing else.
// Run by itself it prints what is wrong and exits 1; scripts/tidy.ts runs it with the other house rules.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '../src/kernel/language.ts'
import { wrongWriting } from './word-scripts.ts'
import { wordUses, wrongUses } from './word-uses.ts'

type Flat = ReadonlyMap<string, string>

const BASE = languages[0]
/** What is wrong with the words under `folder`, one sentence each. */
export function checkWords(folder: string): string[] {
  const namespaces = new Set(languages.flatMap((language) => filesOf(join(folder, language))))
  return [...namespaces].sort().flatMap((namespace) => checkNamespace(folder, namespace))
}

/** Words that no code asks for, and words asked for that are not there. */
export function checkUses(folder: string, code: readonly string[], root: string): string[] {
  const namespaces = filesOf(join(folder, BASE)).map((file) => {
    const names = grouped(read(join(folder, BASE, file)) ?? new Map())
    return [file.slice(0, -'.json'.length), new Set(names.keys())] as const
  })
  return wrongUses(new Map(namespaces), wordUses(code, root))
}

function checkNamespace(folder: string, namespace: string): string[] {
  const base = read(join(folder, BASE, namespace))
  return languages.flatMap((language) => {
    const where = `${language}/${namespace}`
    const words = read(join(folder, language, namespace))
    if (!words) return [`${where}: the file is missing`]
    return [
      ...(base && language !== BASE ? compare(where, base, words) : []),
      ...[...words].flatMap(([key, text]) => checkText(where, language, key, text)),
    ]
  })
}

function compare(where: string, base: Flat, words: Flat): string[] {
  const ours = grouped(words)
  const theirs = grouped(base)
  const missing = [...theirs.keys()].filter((key) => !ours.has(key)).map((key) => `${where}: ${key} is missing`)
  const extra = [...ours.keys()].filter((key) => !theirs.has(key)).map((key) => `${where}: ${key} is not in ${BASE}`)
  const params = [...theirs].flatMap(([key, wanted]) => {
    const found = ours.get(key)
    return found === undefined || found === wanted ? [] : [`${where}: ${key} has {{${found}}}, ${BASE} has {{${wanted}}}`]
  })
  return [...missing, ...extra, ...params]
}

function checkText(where: string, language: string, key: string, text: string): string[] {
  if (text.trim() === '') return [`${where}: ${key} is empty`]
  return wrongWriting(language, text).map((what) => `${where}: ${key} ${what}`)
}

/** Keys without their plural ending, with the parameters of all their forms: languages have different plurals, never different sentences. */
function grouped(words: Flat): Map<string, string> {
  const params = new Map<string, Set<string>>()
  for (const [key, text] of words) {
    const name = key.replace(/_(zero|one|two|few|many|other)$/, '')
    const found = params.get(name) ?? new Set<string>()
    for (const match of text.matchAll(/\{\{\s*(\w+)/g)) found.add(match[1]!)
    params.set(name, found)
  }
  return new Map([...params].map(([key, names]) => [key, [...names].sort().join(', ')]))
}

function read(path: string): Flat | undefined {
  return existsSync(path) ? new Map(flatten(JSON.parse(readFileSync(path, 'utf8')), '')) : undefined
}

function flatten(words: unknown, prefix: string): [string, string][] {
  if (typeof words === 'string') return [[prefix, words]]
  if (typeof words !== 'object' || words === null) return [[prefix, '']]
  return Object.entries(words).flatMap(([key, value]) => flatten(value, prefix === '' ? key : `${prefix}.${key}`))
}

function filesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '..')
  const words = join(root, 'src/i18n')
  const wrong = [...checkWords(words), ...checkUses(words, [join(root, 'src'), join(root, 'scripts')], root)]
  for (const sentence of wrong) console.error(sentence)
  console.log(wrong.length === 0 ? 'words: the same in every language, all of them in use' : `words: ${wrong.length} wrong`)
  process.exitCode = wrong.length === 0 ? 0 : 1
}
