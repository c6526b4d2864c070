/** One request and what became of it. */
export type Call = {
  readonly key: string
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly body: unknown
  /** The API key with which it is sent. */
  readonly by: string
}
/** `acknowledged` 2xx, `refused` 4xx; what was cut off or answered 5xx is sent again with the same key until it is one of the two. */
export type Outcome = {
  readonly call: Call
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are read freely here, as in tests
  readonly body: any // oxlint-disable-line typescript/no-explicit-any
  readonly requestId: string
  /** How often it was cut off or told to come again before. */
  readonly repeats: number
  /** By performance.now(): when it was sent first, and when the answer came. */
  readonly sentAt: number
  readonly answeredAt: number
}

const PATIENCE_MS = 60_000
const PAUSE_MS = 40
const ANSWERS_WITHIN_MS = 20_000

/** Sends until there is an answer. `statuses` counts every answer, and 0 for none. Throws when nothing answers for a minute. */
export async function sendUntilAnswered(address: () => string, call: Call, statuses: Map<number, number>): Promise<Outcome> {
  const sentAt = performance.now()
  const until = sentAt + PATIENCE_MS
  for (let repeats = 0; ; repeats += 1) {
    const answer = await send(address(), call).catch(() => undefined)
    statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1)
    if (answer && answer.status < 500 && answer.status !== 429) return { call, ...answer, repeats, sentAt, answeredAt: performance.now() }
    if (performance.now() > until) throw new Error(`no answer for ${PATIENCE_MS} ms: ${call.method} ${call.path} (last ${answer?.status})`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

async function send(address: string, { key, method, path, body, by }: Call): Promise<Pick<Outcome, 'status' | 'body' | 'requestId'>> {
  const answer = await fetch(address + path, {
    method,
    headers: { authorization: `Bearer ${by}`, 'idempotency-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  })
  // The whole answer must have arrived: half an answer is none.
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), requestId: answer.headers.get('x-request-id') ?? '' }
}
