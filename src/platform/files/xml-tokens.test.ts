import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attribute, decodeXmlText, xmlTokens } from './xml-tokens.ts'

function heard(pieces: readonly string[]): string {
  const words: string[] = []
  let text = ''
  const flush = () => {
    if (text !== '') words.push(`"${decodeXmlText(text)}"`)
    text = ''
  }
  const tokens = xmlTokens(
    {
      open(name, attributes, isEmpty) {
        flush()
        words.push(`<${name}${attributes.trim() === '' ? '' : ` ${attributes.trim()}`}${isEmpty ? '/' : ''}>`)
      },
      close(name) {
        flush()
        words.push(`</${name}>`)
      },
      text(raw) {
        text += raw
      },
    },
    'part',
  )
  for (const piece of pieces) tokens.push(piece)
  tokens.end()
  return words.join('')
}

const SAMPLE = `<?xml version="1.0"?><!-- <c> --><x:a k='1>2' j="3"><b/>A &amp; B&#x4E2D;<![CDATA[<x>&]]><c  d="4" /></x:a>`

test('cuts XML into tags and text', () => {
  expect(heard([SAMPLE])).toBe(`<a k='1>2' j="3"><b/></b>"A & B中<x>&"<c d="4"/></c></a>`)
})

test('it makes no difference where the pieces are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: SAMPLE.length }), { maxLength: 8 }), (cuts) => {
      const sorted = [0, ...cuts.sort((a, b) => a - b), SAMPLE.length]
      expect(heard(sorted.slice(1).map((to, at) => SAMPLE.slice(sorted[at], to)))).toBe(heard([SAMPLE]))
    }),
  )
})

test.each(['<!DOCTYPE a []><a/>', '<!doctype a><a/>', '<a><!ENTITY x "y"></a>'])('T41: %s is refused as a document type', (xml) => {
  expect(() => heard([xml])).toThrow('files.doctype')
})

test.each(['<a>', '</a>', '<a></a></a>', '<a', '<a/>tail', '<a b="', '<!-- never closed'])('T41: %s is refused as damaged', (xml) => {
  expect(() => heard([xml])).toThrow('files.damaged')
})

test('T41: a tag that never ends is refused early', () => {
  const tokens = xmlTokens({ open() {}, close() {}, text() {} }, 'part')
  const feed = () => {
    tokens.push('<a ')
    for (let n = 0; n < 1000; n++) tokens.push('x'.repeat(64 * 1024))
  }
  expect(feed).toThrow('files.damaged')
})

test('attributes are found by their whole name', () => {
  expect(attribute(' rr="no" r="A1" s=\'3\'', 'r')).toBe('A1')
  expect(attribute(' rr="no" r="A1" s=\'3\'', 's')).toBe('3')
  expect(attribute(' rr="no"', 'r')).toBeUndefined()
})

test('only the five named entities and numeric references are decoded', () => {
  expect(decodeXmlText('&lt;&gt;&quot;&apos;&#65;&#x1F600;&foo;&#xD800;&#x110000;\r\n')).toBe('<>"\'A😀&foo;\ufffd\ufffd\n')
})
