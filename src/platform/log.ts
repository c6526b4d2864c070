import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

const DEPTH_MAX = 6
const ITEMS_MAX = 50
const TEXT_MAX = 4000

/** Names whose value never reaches a log, wherever they stand. Compared without case and separators. */
const SECRET_NAME =
  /password|passwd|secret|token|apikey|accesskey|privatekey|authorization|cookie|session|totp|recoverycode|connectionstring|databaseurl/
const PERSONAL_NAME = /phone|mobile|telephone|email|bankaccount|accountnumber|accountno|iban|idcard|idnumber/

/** Shapes of personal data that also stand inside sentences: mail addresses, passwords in addresses, mainland mobiles, bank and card numbers. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]+):[^\s@/]+@/gi, '$1:[removed]@'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[email]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 [removed]'],
  [/\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,4})?\b/g, '[bank account]'],
  [/(?<![\da-f-])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\da-f-])/gi, '[phone]'],
  [/(?<![\da-f-])\d(?:[ ]?\d){11,18}(?![\da-f-])/gi, '[number]'],
]
/** C0 and C1 controls, line separators, and the marks that turn text round: they could forge or hide a line of a log. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}\ufeff]/gu

/**
 * A structured log: one JSON object a line, without passwords, keys, cookies and personal data, by name of the field and by shape of
 * the text. `destination` is stdout unless a test gives its own.
 */
export function createLog(options: { level: string; destination?: DestinationStream }): Log {
  return pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => cleanFields(fields, 0) },
      serializers: { req: asIs, res: asIs, err: asIs },
      hooks: {
        logMethod(args: unknown[], method) {
          const given = args[0] instanceof Error && args.length === 1 ? [args[0], args[0].message] : args
          method.apply(
            this,
            given.map((argument) => (typeof argument === 'string' ? cleanText(argument) : argument)) as Parameters<typeof method>,
          )
        },
      },
    },
    options.destination ?? pino.destination(1),
  )
}

/** pino's own serializers would run after ours and print what we leave out. */
const asIs = (value: unknown): unknown => value

/** A text as it may stand in a log: personal data replaced, control characters written as \uXXXX, cut at 4,000 characters. */
export function cleanText(text: string): string {
  const cut = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}… (${text.length} characters)` : text
  const replaced = SHAPES.reduce((left, [shape, by]) => left.replace(shape, by), cut)
  return replaced.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function cleanFields(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).slice(0, ITEMS_MAX)
  return Object.fromEntries(entries.map(([name, value]) => [name, cleanField(name, value, depth)]))
}

function cleanField(name: string, value: unknown, depth: number): unknown {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '')
  if (value === null || value === undefined || typeof value === 'boolean') return value
  if (SECRET_NAME.test(plain)) return '[removed]'
  if (PERSONAL_NAME.test(plain)) return '[personal]'
  return cleanValue(value, depth)
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return errorFields(value, depth)
  if (value instanceof Date) return value
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth >= DEPTH_MAX) return '[deeper]'
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => cleanValue(item, depth + 1))
  if (isRequest(value)) return requestFields(value)
  if ('statusCode' in value) return { status: value.statusCode }
  return cleanFields(value, depth + 1)
}

/** What a driver adds to an error (`detail: Key (email)=(…)`, parameters) is data of the user: only name, sentence, stack and code are kept. */
function errorFields(error: Error, depth: number): Record<string, unknown> {
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown }
  return {
    type: error.name,
    message: cleanText(error.message),
    stack: error.stack?.split('\n').slice(0, ITEMS_MAX).map(cleanText),
    code: cleanValue(code, DEPTH_MAX),
    constraint: cleanValue(constraint, DEPTH_MAX),
    table: cleanValue(table, DEPTH_MAX),
    ...(error.cause === undefined || depth >= DEPTH_MAX ? {} : { cause: cleanValue(error.cause, depth + 1) }),
  }
}

type RequestLike = { readonly method: string; readonly url: string; readonly id?: unknown }

function isRequest(value: object): value is RequestLike {
  return 'method' in value && 'url' in value && typeof value.method === 'string' && typeof value.url === 'string'
}

/** No query (people search by name), no headers, no address. */
function requestFields(request: RequestLike): Record<string, unknown> {
  return { id: request.id, method: request.method, path: cleanText(request.url.split('?')[0] ?? '') }
}
