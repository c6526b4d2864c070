import { z } from 'zod'

type Schema = {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  required?: string[]
  items?: Schema
  minItems?: number
  minimum?: number
  minLength?: number
  pattern?: string
}
/** Gives the id for a place in a request: `where` is the way to it ('receipts', '0', 'id'). */
export type IdFor = (where: readonly string[]) => string
type Options = { readonly id: string | IdFor; readonly everything: boolean }

/** A value that the schema takes, as far as its JSON form tells; every id in it is `id`. For probing routes, not for business. */
export function sample(schema: z.core.$ZodType, id: string | IdFor, everything = false): unknown {
  return fill(jsonForm(schema), [], { id, everything })
}

/** The schema as JSON Schema of what comes in. */
export function jsonForm(schema: z.core.$ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema
}

/** The ways to every object of a body that has fields of its own (records of free keys are none), and whether it refuses others. */
export function objectsOf(schema: Schema, where: readonly string[] = []): { where: readonly string[]; strict: boolean }[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) => objectsOf(one, where))
  const fields = Object.entries(schema.properties ?? {}).flatMap(([key, field]) => objectsOf(field, [...where, key]))
  const items = schema.items ? objectsOf(schema.items, [...where, '0']) : []
  const own = schema.properties ? [{ where, strict: schema.additionalProperties === false }] : []
  return [...own, ...inner, ...fields, ...items]
}

function fill(schema: Schema, where: readonly string[], options: Options): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const union = schema.anyOf ?? schema.oneOf
  if (union) return fill(union.find((one) => one.type !== 'null') ?? union[0]!, where, options)
  if (schema.allOf) {
    const { allOf, ...rest } = schema
    return fill(Object.assign({}, ...allOf, rest), where, options)
  }
  switch (Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => options.everything || schema.required?.includes(key))
          .map(([key, inner]) => [key, fill(inner, [...where, key], options)]),
      )
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, (_, index) =>
        fill(schema.items ?? {}, [...where, String(index)], options),
      )
    case 'integer':
    case 'number':
      return where.at(-1) === 'period' ? 202_611 : Math.max(1, schema.minimum ?? 1)
    case 'boolean':
      return true
    case 'string':
      return text(schema, where, options)
    default:
      return where.at(-1) === 'period' ? 202_611 : 'x'
  }
}

const DAY_NAME = /(On|Day|From|Until|^from|^until|^asOf|^order|^approval|^delivery|^acceptance|^invoice(Received)?|^nextDelivery)$/
/** Texts that more than the grammar judges, by the name of the field. */
const NAMED: Readonly<Record<string, string>> = {
  timeZone: 'Asia/Shanghai',
  vatRate: '0.13',
  currency: 'CNY',
  baseCurrency: 'CNY',
  email: 'probe@example.com',
  senderAddress: 'probe@example.com',
  replyTo: 'probe@example.com',
  period: '202611',
  scopes: 'customers.view',
}

function text({ format, pattern = '', minLength = 0 }: Schema, where: readonly string[], { id }: Options): string {
  const name = where.findLast((part) => !/^\d+$/.test(part)) ?? ''
  if (format === 'uuid') return typeof id === 'string' ? id : id(where)
  if (format === 'email' || pattern.includes('@')) return 'probe@example.com'
  if (Object.hasOwn(NAMED, name)) return NAMED[name]!
  if (DAY_NAME.test(name) && pattern === '') return '2026-11-20'
  if (pattern.startsWith('^\\d{3,12}$')) return '112299'
  if (pattern === '^\\d{6}$') return '123456'
  if (pattern.includes('\\d')) return '1.00'
  if (pattern.includes('[A-Z]{2}')) return 'CN'
  return 'probe'.padEnd(minLength, 'x')
}
