import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { uuid } from '../../src/kernel/uuid.ts'

/** As long as fetch waits for the head of an answer; the longest (verify of a million receivables) takes about a minute. */
const ANSWER_WAIT_MS = 290_000

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

type Query = Readonly<Record<string, string | readonly string[] | undefined>>

export type ApiClient = {
  readonly get: <T>(path: string, query?: Query) => Promise<T>
  /** Every call carries an Idempotency-Key; give one to repeat a call safely. */
  readonly post: <T>(path: string, body: unknown, idempotencyKey?: string) => Promise<T>
  readonly put: <T>(path: string, body: unknown) => Promise<T>
  /** Writes what is sent into the file that `fileOf` names by the name it comes with. Whole or not at all: what broke off is thrown away. */
  readonly download: (path: string, query: Query, fileOf: (name: string) => string) => Promise<{ file: string; bytes: number }>
  readonly upload: <T>(path: string, name: string, content: Blob) => Promise<T>
}

type ProblemBody = { readonly code?: string; readonly message?: string; readonly issues?: readonly { path: string; message: string }[] }

/** What the API says to a person at a screen, said to one at a terminal. */
const AT_THE_TERMINAL: Readonly<Record<string, string>> = {
  'people.signedOut': 'The API wants a key: set HUIKUAN_API_KEY.',
  'people.badApiKey': 'The API key in HUIKUAN_API_KEY is not valid: wrong, expired or revoked. Make another under Settings → API keys.',
  'imports.alreadyImported': 'This file came in before. If you mean it, give --again.',
}

/** The sentence, then each wrong field with its own. */
function refusal({ code = '', message = 'The API refused without a reason.', issues = [] }: ProblemBody): string {
  return [AT_THE_TERMINAL[code] ?? message, ...issues.map((issue) => `  ${issue.path}: ${issue.message}`)].join('\n')
}

/** Calls the HTTP API with a key, as any other program would. `key` may be absent for public routes. */
export function apiClient(address: string, key: string | undefined): ApiClient {
  const headers: Record<string, string> = { 'accept-language': 'en', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) }
  const reached = (path: string, init: RequestInit): Promise<Response> =>
    fetch(new URL(path, address), {
      ...init,
      headers: { ...headers, ...init.headers },
      signal: AbortSignal.timeout(ANSWER_WAIT_MS),
    }).catch((cause: Error) => {
      const why = cause.name === 'TimeoutError' ? `gave no answer within ${ANSWER_WAIT_MS / 1000} s` : 'does not answer'
      throw new ApiRefused(`Huikuan ${why} at ${address}: start it (npm start), or set HUIKUAN_URL.`, 0, cause)
    })
  const call = async <T>(path: string, init: RequestInit): Promise<T> => answered(address, await reached(path, init))
  const write = <T>(method: string, path: string, body: unknown, idempotencyKey: string): Promise<T> =>
    call(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey } })
  return {
    get: (path, query = {}) => call(withQuery(path, query), { method: 'GET' }),
    download: async (path, query, fileOf) => {
      const answer = await reached(withQuery(path, query), { method: 'GET' })
      if (!answer.ok || answer.body === null) return answered(address, answer)
      const [, name = 'download'] = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '') ?? []
      return keep(answer.body, fileOf(basename(decodeURIComponent(name))))
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

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, one] as [string, string]),
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

async function answered<T>(address: string, answer: Response): Promise<T> {
  const body = (await answer.json().catch(() => undefined)) as T | ProblemBody | undefined
  if (body === undefined) throw new ApiRefused(`What answers at ${address} is not Huikuan: set HUIKUAN_URL.`, answer.status)
  if (answer.ok) return body as T
  throw new ApiRefused(refusal(body as ProblemBody), answer.status, body)
}

async function keep(content: NonNullable<Response['body']>, file: string): Promise<{ file: string; bytes: number }> {
  const part = `${file}.part`
  try {
    await pipeline(Readable.fromWeb(content as ReadableStream), createWriteStream(part))
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    if ((error as NodeJS.ErrnoException).path !== undefined) throw error
    throw new ApiRefused('The download broke off: nothing was kept. Ask again.', 0, error)
  }
  return { file, bytes: statSync(file).size }
}
