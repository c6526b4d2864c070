/**
 * One text for one value, whatever its keys' order: what is hashed must come out the same when it is read back from jsonb.
 * Only text, integers, booleans, null, lists and objects may occur; bigint is written as its decimal text.
 */
export function canonicalJson(value: unknown): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'bigint') return JSON.stringify(value.toString())
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`only whole numbers are hashed, not ${value}`)
    return String(value)
  }
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const of = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const key of Object.keys(of).sort()) {
    if (of[key] !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(of[key])}`
  }
  return `{${text}}`
}
