/**
 * A sentence as data: an i18n key and what fills it. A rule explains itself in phrases, so that it knows no language;
 * a phrase may be filled with phrases. Parameters whose name ends in `amount` are decimal text of the amount's currency.
 */
export type Phrase = { readonly key: string; readonly params?: PhraseParams }
export type PhraseParams = { readonly [name: string]: string | number | Phrase }

export function phrase(key: string, params: PhraseParams = {}): Phrase {
  return { key, params }
}

/** The sentence in words. `translate` is i18next's t; `formatAmount` groups the digits of an amount ('1234.50' → '1,234.50'). */
export function speak(
  said: Phrase,
  translate: (key: string, params: Record<string, string | number>) => string,
  formatAmount: (decimal: string) => string = (decimal) => decimal,
): string {
  const words = Object.entries(said.params ?? {}).map(([name, value]) => {
    if (typeof value === 'object') return [name, speak(value, translate, formatAmount)]
    return [name, /amount$/i.test(name) ? formatAmount(String(value)) : value]
  })
  return translate(said.key, Object.fromEntries(words))
}
