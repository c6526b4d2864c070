import type { TestApp } from './app.ts'

export type Browser = ReturnType<typeof browser>

/** A browser that keeps cookies and is signed in by them. `ip` is the address that the server believes. */
export function browser(on: Pick<TestApp, 'server'>, ip = '127.0.0.1', cookie = '') {
  const jar = new Map(cookie === '' ? [] : cookie.split('; ').map((pair) => pair.split('=', 2) as [string, string]))
  const self = {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    },
    get: (url: string) => self.send('GET', url),
    post: (url: string, body: unknown = {}) => self.send('POST', url, body),
    async send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, more: Record<string, string> = {}) {
      const headers = {
        'x-huikuan': 'web',
        'idempotency-key': crypto.randomUUID(),
        ...(jar.size > 0 ? { cookie: self.cookie } : {}),
        ...more,
      }
      const answer = await on.server.inject({
        method,
        url,
        remoteAddress: ip,
        headers,
        ...(body === undefined ? {} : { payload: body as object }),
      })
      for (const { name, value, maxAge } of answer.cookies) {
        if (maxAge === 0 || value === '') jar.delete(name)
        else jar.set(name, encodeURIComponent(value))
      }
      // biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
      return { status: answer.statusCode, body: (answer.payload ? answer.json() : undefined) as any, headers: answer.headers }
    },
  }
  return self
}

/** A person of the test company with a password of their own, signed in. */
export async function signedInBrowser(app: TestApp, personId: string, email: string, tenantId: number): Promise<Browser> {
  const password = 'tin lamp river 7'
  await app.auth.saveUser({ tenantId, personId, email, name: email, password })
  const made = browser(app)
  const answer = await made.post('/api/sign-in', { email, password })
  if (answer.status !== 200) throw new Error(`signing in failed: ${JSON.stringify(answer.body)}`)
  return made
}
