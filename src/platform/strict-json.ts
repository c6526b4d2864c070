import { Problem } from '../kernel/problem.ts'

const DEEPEST = 32

/**
 * JSON.parse that refuses what is read differently by different readers: duplicate keys, nesting beyond DEEPEST, numbers that a double cannot hold
 * exactly, the key __proto__, and half characters. Throws `platform.badJson` with the reason.
 */
export function parseStrictJson(text: string): unknown {
  if (text.charCodeAt(0) === 0xfeff) throw bad('byteOrderMark')
  scan(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw bad('syntax')
  }
  if (HALF_ESCAPED.test(text)) JSON.parse(text, refuseHalves)
  return value
}

/** An escaped half of a character (surrogate). Two of them make a character; one alone is no text in any encoding, and no database takes it. */
const HALF_ESCAPED = /\\u[dD][89a-fA-F]/

function refuseHalves(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) throw bad('halfCharacter')
  return value
}

type Frame = { readonly keys: Set<string> | undefined; expectsKey: boolean }

/** One pass over the characters; the grammar itself is left to JSON.parse. */
function scan(text: string): void {
  const frames: Frame[] = []
  for (let at = 0; at < text.length; at += 1) {
    const top = frames.at(-1)
    const char = text[at]!
    if (char === '{' || char === '[') {
      if (frames.length >= DEEPEST) throw bad('tooDeep')
      frames.push({ keys: char === '{' ? new Set() : undefined, expectsKey: char === '{' })
    } else if (char === '}' || char === ']') frames.pop()
    else if (char === ',' && top?.keys) top.expectsKey = true
    else if (char === '"') {
      const end = endOfString(text, at)
      if (top?.expectsKey) noteKey(top, text.slice(at, end + 1))
      at = end
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      const start = at
      while (at + 1 < text.length && '0123456789.eE+-'.includes(text[at + 1]!)) at += 1
      checkNumber(text.slice(start, at + 1))
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  throw bad('syntax')
}

function noteKey(frame: Frame, quoted: string): void {
  frame.expectsKey = false
  let key: string
  try {
    key = JSON.parse(quoted) as string
  } catch {
    throw bad('syntax')
  }
  if (key === '__proto__') throw bad('forbiddenKey')
  if (frame.keys!.has(key)) throw bad('duplicateKey')
  frame.keys!.add(key)
}

function checkNumber(found: string): void {
  const value = Number(found)
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) throw bad('numberTooLarge')
}

function bad(reason: string): Problem {
  return new Problem('platform.badJson', { reason }, { kind: 'invalid' })
}
