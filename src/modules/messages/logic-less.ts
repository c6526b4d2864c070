import { Problem } from '../../kernel/problem.ts'

/** What a template may say of the world: words and figures that are ready to read, lists of them, yes and no. */
export type Fact = string | number | boolean | null | Facts | readonly Facts[]
export type Facts = { readonly [name: string]: Fact }

/** How a value is made safe for the place where it stands. */
export type Escape = (value: string) => string

type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'name'; readonly path: readonly string[]; readonly isLink: boolean }
  | { readonly kind: 'section'; readonly path: readonly string[]; readonly isInverted: boolean; readonly inside: readonly Piece[] }
export type Pieces = readonly Piece[]

const TEMPLATE_MOST = 200_000
const DEPTH_MOST = 4
/** Characters of a filled template: lists inside lists would grow without end. */
const FILLED_MOST = 1_000_000
const NAME = /^[a-zA-Z][a-zA-Z0-9]{0,39}(\.[a-zA-Z][a-zA-Z0-9]{0,39}){0,3}$/
/** A link is filled into an attribute: written `{{link:name}}` by our own frame only. */
const LINK = 'link:'

/**
 * Reads a template: `{{name}}` or `{{part.name}}`, `{{#list}}…{{/list}}` (once an element; once for yes; not at all for no, null, an empty text or list) and `{{^list}}…{{/list}}` (only then).
 * Nothing else exists: no code, no helper, no include, no unescaped form, no list inside itself. Throws messages.templateWrong with the piece that is not understood.
 */
export function readTemplate(text: string, linksAllowed = false): Pieces {
  if (text.length > TEMPLATE_MOST) throw new Problem('messages.templateTooLong', { most: TEMPLATE_MOST })
  const root: Piece[] = []
  const open: { name: string; pieces: Piece[] }[] = [{ name: '', pieces: root }]
  let from = 0
  for (const { tag, at, end } of tags(text)) {
    const { pieces } = open.at(-1)!
    if (at > from) pieces.push({ kind: 'literal', text: text.slice(from, at) })
    from = end
    const mark = /^[#^/]/.exec(tag)?.[0]
    const name = (mark === undefined ? tag : tag.slice(1)).trim()
    const isLink = linksAllowed && mark === undefined && name.startsWith(LINK)
    const path = pathOf(isLink ? name.slice(LINK.length) : name, tag)
    if (mark === undefined) pieces.push({ kind: 'name', path, isLink })
    else if (mark === '/') close(open, name, tag)
    else {
      if (open.length > DEPTH_MOST || open.some((one) => one.name === name)) throw wrongTemplate(tag)
      const inside: Piece[] = []
      pieces.push({ kind: 'section', path, isInverted: mark === '^', inside })
      open.push({ name, pieces: inside })
    }
  }
  if (open.length > 1) throw wrongTemplate(`#${open.at(-1)!.name}`)
  if (from < text.length) root.push({ kind: 'literal', text: text.slice(from) })
  return root
}

function* tags(text: string): Generator<{ tag: string; at: number; end: number }> {
  for (let at = text.indexOf('{{'); at >= 0; ) {
    const close = text.indexOf('}}', at)
    if (close < 0 || close - at > 200) throw wrongTemplate(text.slice(at + 2, at + 40))
    yield { tag: text.slice(at + 2, close), at, end: close + 2 }
    at = text.indexOf('{{', close + 2)
  }
}

/** Whether `name` can name a fact. */
export function isFactName(name: string): boolean {
  return NAME.test(name)
}

function pathOf(name: string, tag: string): string[] {
  if (!isFactName(name)) throw wrongTemplate(tag)
  return name.split('.')
}

function close(open: { name: string; pieces: Piece[] }[], name: string, tag: string): void {
  if (open.length === 1 || open.pop()!.name !== name) throw wrongTemplate(tag)
}

/** The refusal of a piece that is not understood. */
export function wrongTemplate(tag: string): Problem {
  return new Problem('messages.templateWrong', { tag: `{{${tag.slice(0, 60)}}}`, form: '{{name}}' })
}

/** Fills a template in one pass: what stands in a fact is never read as a template. Throws messages.unknownName where a fact is missing, messages.messageTooLong. */
export function fillTemplate(pieces: Pieces, facts: Facts, makeSafe: Escape): string {
  return fill(pieces, [facts], makeSafe, { left: FILLED_MOST })
}

function fill(pieces: Pieces, stack: readonly Facts[], makeSafe: Escape, room: { left: number }): string {
  let out = ''
  for (const piece of pieces) {
    if (piece.kind === 'section') {
      for (const inner of levels(factAt(piece.path, stack), piece.isInverted, stack)) out += fill(piece.inside, inner, makeSafe, room)
      continue
    }
    const text = piece.kind === 'literal' ? piece.text : filledName(piece, stack, makeSafe)
    room.left -= text.length + 1 // a round that says nothing counts too
    if (room.left < 0) throw new Problem('messages.messageTooLong', { most: FILLED_MOST })
    out += text
  }
  return out
}

function filledName({ path, isLink }: Extract<Piece, { kind: 'name' }>, stack: readonly Facts[], makeSafe: Escape): string {
  const value = factAt(path, stack)
  return isLink ? linkText(value) : makeSafe(textOf(value, path))
}

/** The contexts in which a section's inside is filled: one an element, one for yes, none for no. */
function levels(value: Fact, isInverted: boolean, stack: readonly Facts[]): (readonly Facts[])[] {
  const isNothing = value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)
  if (isInverted) return isNothing ? [stack] : []
  if (isNothing) return []
  if (Array.isArray(value)) return (value as readonly Facts[]).map((element) => [element, ...stack])
  return typeof value === 'object' ? [[value as Facts, ...stack]] : [stack]
}

/** The innermost level that has the first name gives the value; only a fact's own names count. */
function factAt(path: readonly string[], stack: readonly Facts[]): Fact {
  const level = stack.find((facts) => Object.hasOwn(facts, path[0]!))
  let found: Fact | undefined = level
  for (const step of path)
    found =
      typeof found === 'object' && found !== null && !Array.isArray(found) && Object.hasOwn(found, step)
        ? (found as Facts)[step]
        : undefined
  if (found === undefined) throw new Problem('messages.unknownName', { name: path.join('.') })
  return found
}

function textOf(value: Fact, path: readonly string[]): string {
  if (value === null) return ''
  if (typeof value === 'object') throw new Problem('messages.unknownName', { name: path.join('.') })
  return String(value)
}

/** Only an http(s) address may stand in a link. */
function linkText(value: Fact): string {
  const address = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  return address?.protocol === 'https:' || address?.protocol === 'http:' ? escapeHtml(address.href) : '#'
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g
const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For text and attributes of HTML; a line break becomes `<br>`. */
export function escapeHtml(value: string): string {
  return value
    .replace(CONTROL, '')
    .replace(/[&<>"']/g, (mark) => MARKS[mark]!)
    .replace(/\r?\n/g, '<br>')
}

/** For the plain-text twin. */
export function plainText(value: string): string {
  return value.replace(CONTROL, '')
}

/** Every name that a template uses, with the list it stands in: `items.amount` for `{{#items}}{{amount}}{{/items}}`. For judging a template before it is kept. */
export function namesIn(pieces: Pieces, inside = ''): string[] {
  return [
    ...new Set(
      pieces.flatMap((piece): string[] => {
        if (piece.kind === 'literal') return []
        const name = `${inside}${piece.path.join('.')}`
        return piece.kind === 'name' ? [name] : [name, ...namesIn(piece.inside, piece.isInverted ? inside : `${name}.`)]
      }),
    ),
  ]
}
