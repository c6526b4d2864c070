import { z } from 'zod'

type Schema = {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minItems?: number
  minimum?: number
  minLength?: number
  pattern?: string
  default?: unknown
}

/** A value that the schema takes, as far as its JSON form tells; every id in it is `id`. For probing routes, not for business. */
export function sample(schema: z.core.$ZodType, id: string, everything = false): unknown {
  return fill(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, id, '', everything)
}

function fill(schema: Schema, id: string, name: string, everything: boolean): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const union = schema.anyOf ?? schema.oneOf
  if (union) return fill(union.find((one) => one.type !== 'null') ?? union[0]!, id, name, everything)
  if (schema.allOf) return fill(schema.allOf[0]!, id, name, everything)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([key]) => everything || schema.required?.includes(key))
          .map(([key, inner]) => [key, fill(inner, id, key, everything)]),
      )
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => fill(schema.items ?? {}, id, name, everything))
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1)
    case 'boolean':
      return true
    case 'string':
      return text(schema, id, name)
    default:
      return 'x'
  }
}

function text({ format, pattern, minLength = 0 }: Schema, id: string, name: string): string {
  if (format === 'uuid') return id
  if (format === 'email') return 'probe@example.com'
  if (pattern?.includes('\\d')) return '1.00'
  if (/(On|^from|^until|^asOf|day)$/i.test(name)) return '2026-11-20'
  if (/currency/i.test(name)) return 'CNY'
  return 'probe'.padEnd(minLength, 'x')
}
