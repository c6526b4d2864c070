import { describe, expect, it, test } from 'vitest'
import { languages } from '../../../kernel/language.ts'
import { checkUscc } from '../../../kernel/uscc.ts'
import { simplified } from '../../customers/traditional-characters.ts'
import { guessFields } from '../../imports/header-match.ts'
import type { ImportKind } from '../../imports/import-fields.ts'
import { demoCustomers } from '../demo-customers.ts'
import { demoProducts } from '../demo-products.ts'
import { demoWords } from './demo-languages.ts'
import type { DemoWords } from './demo-words.ts'

const SEED = 5

/** Every text and every list of texts in it, by its place. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`))
}
/** Everything by which a customer differs from another one beside its words. */
function figures(words: DemoWords) {
  return demoCustomers(SEED, words).map(({ fields: { taxId, bankAccount, phone, email, country, currency, class: level, keyAccount }, ...rest }) => {
    const { index, parent, size, region, place, salesperson, behaviour, termsCode, contact } = rest
    return { taxId, bankAccount, phone, email, country, currency, level, keyAccount, index, parent, size, region, place, salesperson, behaviour, termsCode, contactPhone: contact.phone }
  })
} // biome-ignore format: a list of fields

describe('the words of the demo company', () => {
  it.each(['zh-TW', 'en'] as const)('%s: a seed gives the customers of the Chinese demo, in other words', (language) => {
    expect(figures(demoWords[language])).toEqual(figures(demoWords['zh-CN']))
    expect(demoProducts(demoWords[language]).map(({ code, price, vatRate }) => [code, price, vatRate])).toEqual(
      demoProducts(demoWords['zh-CN']).map(({ code, price, vatRate }) => [code, price, vatRate]),
    )
  })

  it.each(['zh-TW', 'en'] as const)('%s: chance picks from as many as in the Chinese one', (language) => {
    const places = (words: DemoWords) => texts(words).map(([path]) => path)
    expect(places(demoWords[language])).toEqual(places(demoWords['zh-CN']))
  })

  it.each(languages)('%s: every customer has its own name, and every tax id passes its check', (language) => {
    const customers = demoCustomers(SEED, demoWords[language])
    expect(new Set(customers.map(({ fields }) => fields.name)).size).toBe(customers.length)
    const ids = customers.flatMap(({ fields }) => fields.taxId ?? [])
    expect(ids.length).toBeGreaterThan(280)
    for (const taxId of ids) expect(checkUscc(taxId), taxId).toEqual({ ok: true })
  })

  it('English has no Chinese character in it, whoever is asked', () => {
    const said = [...texts(demoWords.en), ...texts(demoCustomers(SEED, demoWords.en)), ...texts(demoProducts(demoWords.en))]
    expect(said.filter(([, text]) => /\p{Script=Han}|[，。：（）]/u.test(text))).toEqual([])
  })

  it('traditional Chinese names the same places and people as simplified, in its own characters', () => {
    const [cn, tw] = [demoWords['zh-CN'], demoWords['zh-TW']]
    const named = ({ staff, regions, towns, streets, brand, surnames, givenNames, banks }: DemoWords) =>
      texts({ staff, regions, towns, streets, brand, surnames, givenNames, banks })
    expect(named(tw).map(([path, text]) => [path, simplified(text)])).toEqual(named(cn))
    const onlySimplified = new Set(
      named(cn).flatMap(([path, text]) => (named(tw).find((other) => other[0] === path)![1] === text ? [] : [...text])),
    )
    for (const [, text] of named(tw)) for (const character of text) onlySimplified.delete(character)
    expect(onlySimplified.size).toBeGreaterThan(60)
    expect(texts(tw).filter(([, text]) => [...text].some((character) => onlySimplified.has(character)))).toEqual([])
  })
})

test.each(languages)('%s: whoever is in a hurry puts the town behind and shortens the form', (language) => {
  const { hastyName, companyName, legalForms, brand, trades, towns } = demoWords[language]
  for (const form of Object.values(legalForms)) {
    const town = towns.ningbo.name
    const name = companyName(town, `${brand.first[0]}${brand.second[0]}`, trades[1]!.word, form)
    const hasty = hastyName(name, town)
    expect(hasty).toMatch(/[（(](宁波|寧波|Ningbo)[）)]$/)
    expect(hasty).toMatch(/[^团團](有限公司| Co Ltd)[（ ]/)
    expect(hasty.startsWith(town)).toBe(false)
  }
})

test.each(languages)('%s: the files of the demo are understood without a column being chosen', (language) => {
  const { files } = demoWords[language]
  for (const kind of ['customers', 'products', 'openItems', 'receipts'] as const satisfies readonly ImportKind[])
    expect(guessFields(kind, files[kind].head.split(',')), files[kind].head).not.toContain(null)
})
