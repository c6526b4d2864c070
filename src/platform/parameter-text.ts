/** A parameter as PostgreSQL reads it: text, or bytes as they are. Lists become its arrays, objects JSON, instants ISO 8601. */
export function parameterText(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return arrayText(value)
  if (Buffer.isBuffer(value)) return value
  if (value instanceof Date) return value.toISOString()
  return JSON.stringify(value)
}

function arrayText(values: readonly unknown[]): string {
  let text = '{'
  for (let index = 0; index < values.length; index += 1) text += index === 0 ? elementText(values[index]) : `,${elementText(values[index])}`
  return `${text}}`
}

/** Words of letters, figures, - and _ need no quotes, except NULL. */
const PLAIN = /^[\w-]+$/
function elementText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return arrayText(value)
  if (typeof value === 'string') return PLAIN.test(value) && (value.length !== 4 || value.toUpperCase() !== 'NULL') ? value : quoted(value)
  if (typeof value !== 'object') return String(value)
  return quoted(
    Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value instanceof Date ? value.toISOString() : JSON.stringify(value),
  )
}

const ESCAPED = /[\\"]/
function quoted(text: string): string {
  return ESCAPED.test(text) ? `"${text.replace(/[\\"]/g, '\\$&')}"` : `"${text}"`
}
