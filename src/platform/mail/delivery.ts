/** What nodemailer says of a failure: `responseCode` and `response` are the server's, absent where it did not answer. */
export type SmtpFailure = {
  readonly message: string
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
  readonly command?: string
  readonly rejectedErrors?: readonly (SmtpFailure & { readonly recipient?: string })[]
}
export type SmtpSuccess = { readonly response: string; readonly rejectedErrors?: SmtpFailure['rejectedErrors'] }

/**
 * What became of a message at the mail server. Only `accepted` and `uncertain` may have reached anybody: the others certainly have not.
 * refused: for good (5xx). refusedForNow: try later (4xx). notReached: no connection, no sign-in, or cut before the end of the message.
 */
export type DeliveryOutcome = 'accepted' | 'refused' | 'refusedForNow' | 'notReached' | 'uncertain'
export type Delivery = {
  readonly outcome: DeliveryOutcome
  readonly code: number | null
  /** The server's own words, or those of the connection; at most ANSWER_MOST characters in one line. */
  readonly answer: string
  /** Each address that the server answered about by itself. */
  readonly recipients: readonly { readonly address: string; readonly isAccepted: boolean; readonly answer: string }[]
}

const ANSWER_MOST = 500
/** "Sign in first", "wrong password" (RFC 4954): about the settings, not about the message. */
const SIGN_IN_CODES = [530, 534, 535, 538]

/**
 * Judges the end of one SMTP transaction. A reply code is a definite answer whenever it comes. Without one everything depends on whether the whole message had been taken from us: before,
 * the server cannot have accepted it (RFC 5321, 4.1.1.4: only the end of DATA makes it responsible); after, nobody knows.
 */
export function deliveryOf(
  answer: { readonly failure: SmtpFailure } | { readonly success: SmtpSuccess },
  { isWholeBodyRead, to }: { readonly isWholeBodyRead: boolean; readonly to: readonly string[] },
): Delivery {
  if ('success' in answer) {
    const { response, rejectedErrors } = answer.success
    const code = Number(/^\d{3}/.exec(response)?.[0] ?? 250)
    return { outcome: 'accepted', code, answer: oneLine(response), recipients: recipientsOf(to, rejectedErrors) }
  }
  const { failure } = answer
  const outcome = outcomeOf(failure, isWholeBodyRead)
  return { outcome, code: failure.responseCode ?? null, answer: wordsOf(failure), recipients: recipientsOf([], failure.rejectedErrors) }
}

/** Connecting, greeting, TLS or signing in failed: says nothing about the message, which was not even offered. */
export function notReached(error: unknown): Delivery {
  const failure = error as SmtpFailure
  return { outcome: 'notReached', code: failure.responseCode ?? null, answer: wordsOf(failure), recipients: [] }
}

function outcomeOf(failure: SmtpFailure, isWholeBodyRead: boolean): DeliveryOutcome {
  const { responseCode: code, rejectedErrors = [] } = failure
  // neither yes nor no (RFC 5321, 4.2.1: 4yz and 5yz are refusals): as good as no answer
  if (code === undefined || code < 400 || code > 599) return isWholeBodyRead ? 'uncertain' : 'notReached'
  if (SIGN_IN_CODES.includes(code)) return 'notReached'
  if (code === 421 || failure.command === 'CONN') return 'refusedForNow'
  const isForGood = code >= 500 && rejectedErrors.every((rejected) => (rejected.responseCode ?? 500) >= 500)
  return isForGood ? 'refused' : 'refusedForNow'
}

function recipientsOf(to: readonly string[], rejectedErrors: SmtpFailure['rejectedErrors'] = []): Delivery['recipients'] {
  const rejected = new Map(rejectedErrors.map((error) => [error.recipient ?? '', wordsOf(error)]))
  if (rejected.size === 0) return []
  const addresses = to.length > 0 ? to : [...rejected.keys()]
  return addresses.map((address) => ({ address, isAccepted: !rejected.has(address), answer: rejected.get(address) ?? '' }))
}

function wordsOf({ response, message, code }: SmtpFailure): string {
  return oneLine(response !== undefined && response !== '' ? response : `${message}${code === undefined ? '' : ` (${code})`}`)
}

function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, ANSWER_MOST)
}
