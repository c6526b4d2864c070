/** A signed-in person who speaks to the program over HTTP. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read freely here, as in tests
type Answer = any // oxlint-disable-line typescript/no-explicit-any
export type Visitor = {
  readonly cookie: () => string
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  upload(path: string, name: string, content: string): Promise<Answer>
}

export function visitor(address: string): Visitor {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map((pair) => pair.join('=')).join('; ')
  const send = async (method: string, path: string, body?: BodyInit, type?: string): Promise<Answer> => {
    const headers = {
      'x-huikuan': 'web',
      'idempotency-key': crypto.randomUUID(),
      cookie: cookie(),
      ...(type ? { 'content-type': type } : {}),
    }
    const answer = await fetch(address + path, { method, headers, ...(body === undefined ? {} : { body }) })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';', 1)[0]!.split(/=(.*)/s)
      jar.set(name, value)
    }
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const json =
    (method: string) =>
    (path: string, body: unknown = {}) =>
      send(method, path, JSON.stringify(body), 'application/json')
  return {
    cookie,
    get: (path) => send('GET', path),
    post: json('POST'),
    put: json('PUT'),
    upload: (path, name, content) => {
      const form = new FormData()
      form.append('file', new Blob([content]), name)
      return send('POST', path, form)
    },
  }
}
