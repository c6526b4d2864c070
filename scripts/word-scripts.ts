import { latinEverywhere, mainlandWords, otherNames, quotedInEnglish, simplifiedInBig5 } from './word-lists.ts'

const HAN = /\p{Script=Han}/u
/** Han and the full-width signs around it: （ ） ， 、 「 」 */
const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff01-\uff5e]/u
const BIG5 = charactersOf('big5', [0xa4, 0xf9], 0x40)
const GB2312 = charactersOf('gbk', [0xb0, 0xf7], 0xa1)

/**
 * What is wrong with the writing of one text: Simplified in zh-TW, Traditional in zh-CN, Chinese in English, English in Chinese, words of another place, another name for one thing.
 * The tables of Big5 and GB 2312 say which characters a script has.
 */
export function wrongWriting(language: string, text: string): string[] {
  if (language === 'en')
    return [
      ...([...text].some((sign) => CHINESE.test(sign) && !quotedInEnglish.has(sign)) ? ['has Chinese in it'] : []),
      ...wrongNames('en', text.toLowerCase()),
    ]
  const spoken = text.replace(/\{\{.*?\}\}/g, '')
  const isLatin = !HAN.test(spoken) && /[A-Za-z]{2,}/.test(spoken) && !latinEverywhere.has(spoken.trim())
  return [
    ...[...text].filter((sign) => HAN.test(sign) && !writes(language, sign)).map((sign) => `has the character ${sign} of the other script`),
    ...(isLatin ? ['is not Chinese'] : []),
    ...(language === 'zh-TW' ? said(mainlandWords, text) : []),
    ...wrongNames(language, text),
  ]
}

function writes(language: string, sign: string): boolean {
  return language === 'zh-TW' ? BIG5.has(sign) && !simplifiedInBig5.has(sign) : GB2312.has(sign)
}

function wrongNames(language: string, text: string): string[] {
  return said(otherNames[language] ?? {}, text)
}

/** A name that starts with '=' is wrong only as the whole text. */
function said(wrong: Readonly<Record<string, string>>, text: string): string[] {
  return Object.entries(wrong)
    .filter(([name]) => (name.startsWith('=') ? text === name.slice(1) : text.includes(name)))
    .map(([name, right]) => `says ${name.replace('=', '')}, our word is ${right}`)
}

/** All Han characters of a two-byte encoding. */
function charactersOf(encoding: string, [first, last]: readonly [number, number], second: number): ReadonlySet<string> {
  const decoder = new TextDecoder(encoding)
  const found = new Set<string>()
  for (let high = first; high <= last; high++) {
    for (let low = second; low <= 0xfe; low++) {
      const sign = decoder.decode(new Uint8Array([high, low]))
      if (/^\p{Script=Han}$/u.test(sign)) found.add(sign)
    }
  }
  return found
}
