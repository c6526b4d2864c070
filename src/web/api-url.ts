export type QueryValue = string | number | boolean | bigint | null | undefined | readonly (string | number)[]

/**
 * '/api/orders/:id' + { id } + { status: ['draft', 'held'] } → '/api/orders/…?status=draft&status=held'.
 * Empty, null and undefined are left out; arrays are repeated. A parameter without value is a bug of the caller.
 */
export function apiUrl(path: string, params: object = {}, query: object = {}): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = (params as Record<string, unknown>)[name]
    if (value === undefined || value === null || value === '') throw new TypeError(`${path} needs ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query as Record<string, QueryValue>)) {
    const values = Array.isArray(value) ? value : [value]
    for (const one of values) if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
  }
  const text = search.toString()
  return text === '' ? filled : `${filled}?${text}`
}
