import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { filesUnder } from './files-under.ts'

/** What code says about keys: texts it holds, and patterns of keys that it puts together (`status.${status}`). */
export type WordUses = { readonly texts: ReadonlySet<string>; readonly patterns: readonly RegExp[]; readonly asked: readonly Asked[] }
/** A key that code asks for by its whole name, and the namespaces it can mean. None = any. */
type Asked = { readonly where: string; readonly key: string; readonly namespaces: readonly string[] }
type Keys = ReadonlyMap<string, ReadonlySet<string>>

/** Reads all code under `folders`, tests left out. */
export function wordUses(folders: readonly string[], root: string): WordUses {
  const texts = new Set<string>()
  const patterns = new Map<string, RegExp>()
  const asked: Asked[] = []
  for (const file of folders.flatMap((folder) => filesUnder(folder))) {
    if (!/(?<!\.test)\.tsx?$/.test(file)) continue
    const code = readFileSync(file, 'utf8')
    for (const [, single, double, template] of code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`/g)) {
      const text = single ?? double ?? template ?? ''
      if (template?.includes('${')) keep(patterns, template)
      else texts.add(text)
    }
    // A text inside a template's ${…} is found only by itself.
    for (const [, text] of code.matchAll(/'([^'\n]*)'/g)) texts.add(text!)
    for (const [, template] of code.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)) keep(patterns, template!)
    if (/from '[^']*i18n\/[^']*\.json'/.test(code)) for (const [, path] of code.matchAll(/\b\w+\.(\w+(?:\.\w+)*)/g)) texts.add(path!)
    asked.push(...askedIn(code, relative(root, file)))
  }
  return { texts, patterns: [...patterns.values()], asked }
}

/** Words nobody asks for, and words asked for that are not there. `keys`: namespace → dotted keys without plural endings. */
export function wrongUses(keys: Keys, uses: WordUses): string[] {
  const unused = [...keys].flatMap(([namespace, names]) =>
    [...names].filter((name) => !isUsed(namespace, name, uses)).map((name) => `${namespace}.json: ${name} is used nowhere`),
  )
  const absent = uses.asked
    .filter(({ key, namespaces }) => !isThere(keys, key, namespaces))
    .map(({ where, key }) => `${where}: there is no word ${key}`)
  return [...unused, ...new Set(absent)]
}

function isUsed(namespace: string, name: string, { texts, patterns }: WordUses): boolean {
  const spellings = [name, `${namespace}:${name}`, `${namespace}.${name}`]
  if (name.startsWith('problems.')) spellings.push(`${namespace}.${name.slice('problems.'.length)}`)
  return spellings.some((spelling) => texts.has(spelling) || patterns.some((pattern) => pattern.test(spelling)))
}

function isThere(keys: Keys, key: string, namespaces: readonly string[]): boolean {
  const [first, rest] = key.split(/:(.*)/s)
  if (rest !== undefined) return keys.get(first!)?.has(rest) ?? false
  const places = namespaces.length > 0 ? namespaces : [...keys.keys()]
  return places.some((namespace) => keys.get(namespace)?.has(key))
}

/** `a.${b}.c` → /^a\.[\w.-]+\.c$/. Without a name before or after a separator it would fit everything and is left out. */
function keep(patterns: Map<string, RegExp>, template: string): void {
  const parts = template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/)
  const [head = ''] = parts
  if (!/^[a-zA-Z]\w*[.:]/.test(head)) return
  const source = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\w.-]+')
  patterns.set(source, new RegExp(`^${source}$`))
}

/** `const words = useWords('orders')` … words('form.total'), words(late ? 'a' : 'b'). */
function askedIn(code: string, where: string): Asked[] {
  const bound = new Map<string, string[]>()
  for (const [, name, namespace] of code.matchAll(/const (\w+) = useWords\('(\w+)'\)/g)) {
    bound.set(name!, [...(bound.get(name!) ?? []), namespace!])
  }
  // A component may be handed `words` and another make its own: then the namespace is not known.
  const isHanded = /\bwords\b\s*:\s*Words\b/.test(code)
  const calls = where.startsWith('src/web/') ? [...code.matchAll(/(?<![.\w])(?!useWords)(words|\w+Words)\(\s*([^(),]*)/g)] : []
  return calls.flatMap(([, name, argument]) =>
    [...argument!.replace(/[!=]==\s*'[^']*'|'\w+' in |`[^`]*`/g, '').matchAll(/'([\w.:-]+)'/g)].map(([, key]) => ({
      where,
      key: key!,
      namespaces: isHanded && name === 'words' ? [] : (bound.get(name!) ?? []),
    })),
  )
}
