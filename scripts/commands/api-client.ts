import { uuid } from '../../src/kernel/uuid.ts'

const ANSWER_WAIT_MS = 120_000

/** The API said no, or is not there: the sentence it gave. */
export class ApiRefused extends Error {
  readonly status: number
  readonly body: unknown
  constructor(message: string, status: number, body?: unknown) {
    super(message)
    this.name = 'ApiRefused'
    this.status = status
    this.body = body
  }
}

export type ApiClient = {
  readonly get: <T>(path: string, query?: Readonly<Record<string, string | readonly string[] | undefined>>) => Promise<T>
  /** Every call carries an Idempotency-Key; give one to repeat a call safely. */
  readonly post: <T>(path: string, body: unknown, idempotencyKey?: string) => Promise<T>
  readonly put: <T>(path: string, body: unknown) => Promise<T>
  readonly upload: <T>(path: string, name: string, content: Blob) => Promise<T>
}

/** Calls the HTTP API with a key, as any other program would. `key` may be absent for public routes. */
export function apiClient(address: string, key: string | undefined): ApiClient {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    const answer = await fetch(new URL(path, address), {
      ...init,
      headers: { ...headers, ...init.headers },
      signal: AbortSignal.timeout(ANSWER_WAIT_MS),
    }).catch((cause: Error) => {
      throw new ApiRefused(`Huikuan does not answer at ${address}: start it (npm start), or set HUIKUAN_URL.`, 0, cause)
    })
    const body = (await answer.json().catch(() => undefined)) as T | { message?: string } | undefined
    if (answer.ok) return body as T
    throw new ApiRefused((body as { message?: string } | undefined)?.message ?? `The API answered ${answer.status}.`, answer.status, body)
  }
  const write = <T>(method: string, path: string, body: unknown, idempotencyKey: string): Promise<T> =>
    call(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey } })
  return {
    get: (path, query = {}) => {
      const given = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [value].flat().map((one) => [name, one] as [string, string]),
      )
      return call(given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`, { method: 'GET' })
    },
    post: (path, body, idempotencyKey = uuid()) => write('POST', path, body, idempotencyKey),
    put: (path, body) => write('PUT', path, body, uuid()),
    upload: (path, name, content) => {
      const form = new FormData()
      form.append('file', content, name)
      return call(path, { method: 'POST', body: form, headers: { 'idempotency-key': uuid() } })
    },
  }
}
