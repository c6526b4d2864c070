import { Problem } from '../../kernel/problem.ts'
import { XML_TAG_CHARS_MAX, XML_TEXT_CHARS_MAX } from './limits.ts'

/** What the reader of one XML part wants to hear. Names come without prefix; `text` is raw, see `decodeXmlText`. */
export type XmlListener = {
  open(name: string, attributes: string, isEmpty: boolean): void
  close(name: string): void
  text(raw: string): void
  /** Set by a listener that has heard enough: the rest of the part is only unpacked, to check its sum, not read. */
  readonly isDone?: boolean
}

export type XmlTokens = { push(chunk: string): void; end(): void }

/**
 * Cuts XML that arrives in pieces into tags and text, in one pass and without building a tree. It expands nothing: a document type
 * (the home of entities and of external references) is refused with `files.doctype`, broken nesting with `files.damaged`.
 * @param part the name of the part, for the message
 */
export function xmlTokens(listener: XmlListener, part: string): XmlTokens {
  let rest = ''
  let depth = 0
  const damaged = () => new Problem('files.damaged', { part })

  function tag(body: string): void {
    if (body.charCodeAt(0) === SLASH) {
      depth--
      if (depth < 0) throw damaged()
      listener.close(localName(body, 1, nameEnd(body, 1)))
      return
    }
    const isEmpty = body.charCodeAt(body.length - 1) === SLASH
    const end = nameEnd(body, 0)
    const name = localName(body, 0, end)
    if (!isEmpty) depth++
    listener.open(name, isEmpty ? body.slice(end, -1) : body.slice(end), isEmpty)
    if (isEmpty) listener.close(name)
  }

  /** Index after the markup starting at `from`, or -1 when its end has not arrived. */
  function markup(xml: string, from: number): number {
    const kind = xml.charCodeAt(from + 1)
    if (kind === BANG) return declaration(xml, from, listener, part)
    if (kind === QUESTION) return after(xml, '?>', from + 2)
    const end = tagEnd(xml, from + 1)
    if (end >= 0) tag(xml.slice(from + 1, end))
    return end < 0 ? -1 : end + 1
  }

  return {
    push(chunk) {
      const xml = rest === '' ? chunk : rest + chunk
      let at = 0
      while (at < xml.length) {
        const start = xml.indexOf('<', at)
        if (start > at) listener.text(xml.slice(at, start))
        if (start < 0) break
        at = start
        const next = start + 1 < xml.length ? markup(xml, start) : -1
        if (next < 0) break
        at = next
      }
      rest = xml.slice(at)
      if (rest.length > (rest.startsWith('<') ? XML_TAG_CHARS_MAX : XML_TEXT_CHARS_MAX)) throw damaged()
    },
    end() {
      if (depth !== 0 || rest.trim() !== '') throw damaged()
    },
  }
}

const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f
const COLON = 0x3a
const QUOTE = 0x22
const APOSTROPHE = 0x27
const GREATER = 0x3e

function declaration(xml: string, from: number, listener: XmlListener, part: string): number {
  const head = xml.slice(from, from + 9)
  if (head.startsWith('<!--')) return after(xml, '-->', from + 4)
  if (head === '<![CDATA[') {
    const end = xml.indexOf(']]>', from + 9)
    if (end >= 0) listener.text(xml.slice(from + 9, end).replaceAll('&', '&amp;'))
    return end < 0 ? -1 : end + 3
  }
  if ('<!--'.startsWith(head) || '<![CDATA['.startsWith(head)) return -1
  throw new Problem('files.doctype', { part })
}

function after(xml: string, ending: string, from: number): number {
  const at = xml.indexOf(ending, from)
  return at < 0 ? -1 : at + ending.length
}

/** The `>` that ends the tag: one inside a quoted attribute value does not count. */
function tagEnd(xml: string, from: number): number {
  const end = xml.indexOf('>', from)
  if (end < 0 || xml.charCodeAt(from) === SLASH || !hasOpenQuote(xml, from, end)) return end
  let quote = 0
  for (let at = from; at < xml.length; at++) {
    const code = xml.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === QUOTE || code === APOSTROPHE) quote = code
    else if (code === GREATER) return at
  }
  return -1
}

function hasOpenQuote(xml: string, from: number, to: number): boolean {
  let quote = 0
  for (let at = from; at < to; at++) {
    const code = xml.charCodeAt(at)
    if (quote === 0 ? code === QUOTE || code === APOSTROPHE : code === quote) quote = quote === 0 ? code : 0
  }
  return quote !== 0
}

function nameEnd(body: string, from: number): number {
  let at = from
  while (at < body.length && body.charCodeAt(at) > 0x20 && body.charCodeAt(at) !== SLASH) at++
  return at
}

function localName(body: string, from: number, to: number): string {
  for (let at = from; at < to; at++) if (body.charCodeAt(at) === COLON) return body.slice(at + 1, to)
  return body.slice(from, to)
}

/** The value of attribute `name` (with its prefix, if it has one) in the text between a tag's name and its end, still undecoded. */
export function attribute(attributes: string, name: string): string | undefined {
  let at = attributes.indexOf(name)
  while (at >= 0) {
    const equals = at + name.length
    const quote = attributes.charCodeAt(equals + 1)
    const isStart = at === 0 || attributes.charCodeAt(at - 1) <= 0x20
    if (isStart && attributes.charCodeAt(equals) === 0x3d && (quote === QUOTE || quote === APOSTROPHE)) {
      const end = attributes.indexOf(quote === QUOTE ? '"' : "'", equals + 2)
      return end < 0 ? undefined : attributes.slice(equals + 2, end)
    }
    at = attributes.indexOf(name, equals)
  }
  return undefined
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** Line ends as XML sees them, the five named and the numeric references decoded; any other `&name;` stays as it is written. */
export function decodeXmlText(raw: string): string {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, reference: string) => {
    if (!reference.startsWith('#')) return NAMED.get(reference) ?? whole
    const code = reference[1] === 'x' ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1))
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)
  })
}
