import { inflateSync } from 'node:zlib'

/** The pieces of text of a PDF that pdfmake wrote, in the order in which they are drawn: a word, or a part of one, each. For tests that compare its figures. */
export function pdfTexts(bytes: Buffer): string[] {
  const objects = objectsOf(bytes)
  const fonts = new Map<string, ReadonlyMap<string, string>>()
  for (const { head } of objects.values())
    for (const [, list] of head.matchAll(/\/Font\s*<<([^>]*)>>/g))
      for (const [, name, id] of list!.matchAll(/\/(\w+) (\d+) 0 R/g)) fonts.set(name!, glyphsOf(objects, id!))
  return [...objects.values()].flatMap(({ content }) => (content === undefined ? [] : textsOf(content.toString('latin1'), fonts)))
}

type PdfObject = { readonly head: string; readonly content: Buffer | undefined }

function objectsOf(bytes: Buffer): ReadonlyMap<string, PdfObject> {
  const found = new Map<string, PdfObject>()
  const text = bytes.toString('latin1')
  for (const match of text.matchAll(/(?<=^|\n)(\d+) 0 obj\n([\s\S]*?)(?:\nstream\n|\nendobj)/g)) {
    const [whole, id, head] = match
    const length = /\/Length (\d+)/.exec(head!)?.[1]
    const from = match.index + whole.length
    const stream = whole.endsWith('stream\n') && length !== undefined ? bytes.subarray(from, from + Number(length)) : undefined
    found.set(id!, { head: head!, content: stream && (head!.includes('/FlateDecode') ? inflateSync(stream) : stream) })
  }
  return found
}

/** Glyph code (four hexadecimal figures) to text. */
function glyphsOf(objects: ReadonlyMap<string, PdfObject>, fontId: string): ReadonlyMap<string, string> {
  const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(fontId)?.head ?? '')?.[1]
  const text = objects.get(map ?? '')?.content?.toString('latin1') ?? ''
  const glyphs = new Map<string, string>()
  for (const [, first, list] of text.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g))
    for (const [at, [, code]] of [...list!.matchAll(/<([\w ]+)>/g)].entries())
      glyphs.set(
        (Number.parseInt(first!, 16) + at).toString(16).padStart(4, '0'),
        Buffer.from(code!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      )
  return glyphs
}

function textsOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  const texts: string[] = []
  let glyphs: ReadonlyMap<string, string> = new Map()
  for (const [, font, shown] of content.matchAll(/\/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map()
    else texts.push([...shown!.matchAll(/<(\w+)>/g)].map(([, hex]) => hex!.replace(/\w{4}/g, (code) => glyphs.get(code) ?? '?')).join(''))
  }
  return texts
}
