/** One wrong field, as the server names it: `path` is 'lines.0.quantity'. */
export type ApiIssue = { path: string; message: string; code: string }

/** A refused or failed call. `status` 0 means that no answer came. `message` is in the caller's language, empty when the server gave none. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly requestId: string
  readonly issues: readonly ApiIssue[]
  readonly params: Readonly<Record<string, string | number>>

  constructor(from: {
    code: string
    status: number
    message?: string
    requestId?: string
    issues?: readonly ApiIssue[]
    params?: Record<string, string | number>
  }) {
    super(from.message ?? '')
    this.name = 'ApiProblem'
    this.code = from.code
    this.status = from.status
    this.requestId = from.requestId ?? ''
    this.issues = from.issues ?? []
    this.params = from.params ?? {}
  }

  /** No answer, or an answer of somebody in between: the same call may be sent again under the same idempotency key. */
  get mayRetry(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

/** Reads the body of a failed answer; anything that is not our problem shape becomes `shared.unexpected`. */
export function readProblem(status: number, body: unknown, requestId: string): ApiProblem {
  const shape = isObject(body) ? body : {}
  return new ApiProblem({
    status,
    code: typeof shape['code'] === 'string' ? shape['code'] : 'shared.unexpected',
    message: typeof shape['message'] === 'string' && typeof shape['code'] === 'string' ? shape['message'] : '',
    requestId: typeof shape['requestId'] === 'string' ? shape['requestId'] : requestId,
    issues: Array.isArray(shape['issues']) ? shape['issues'].filter(isObject).map(readIssue) : [],
  })
}

/** What went wrong while reading has nothing to do with saving: the general sentence says so. */
export function ofReading(problem: ApiProblem): ApiProblem {
  const { code, status, requestId } = problem
  return code === 'shared.unexpected' || code === 'platform.unexpected'
    ? new ApiProblem({ code: 'shared.notRead', status, requestId })
    : problem
}

function readIssue(shape: Record<string, unknown>): ApiIssue {
  const path = Array.isArray(shape['path']) ? shape['path'].join('.') : text(shape['path'])
  return { path, message: text(shape['message']), code: text(shape['code']) }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
