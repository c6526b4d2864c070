import type { Phrase } from './phrase.ts'

export type ProblemParams = { readonly [name: string]: string | number }

/** Reasons that a rule gave are phrases: they are spoken in the reader's language, several as clauses of one sentence. */
export type ReasonedParams = { readonly [name: string]: string | number | readonly Phrase[] }

/**
 * An expected failure, shown to the user. `code` is `<module>.<whatIsWrong>`, the i18n key under `problems`
 * (`src/i18n/<language>/<module>.json`); `params` fill the sentence. Anything else thrown is a bug.
 * The HTTP status is decided by `platform/http.ts` from `kind`.
 */
export class Problem extends Error {
  readonly code: string
  readonly params: ReasonedParams
  readonly options: ProblemOptions

  constructor(code: string, params: ReasonedParams = {}, options: ProblemOptions = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.params = params
    this.options = options
  }
  get kind(): ProblemKind {
    return this.options.kind ?? 'refused'
  }
}

export type ProblemOptions = { readonly kind?: ProblemKind; readonly path?: string; readonly issues?: readonly Issue[] }

/** refused = 422 (the rule says no), conflict = 409 (somebody was faster), missing = 404, forbidden = 403, invalid = 400. */
export type ProblemKind =
  | 'refused'
  | 'conflict'
  | 'missing'
  | 'forbidden'
  | 'invalid'
  | 'unauthenticated'
  | 'tooLarge'
  | 'tooMany'
  | 'unavailable'

/** One wrong field of a form or one wrong cell of a file. `path` is the field's path (`lines.0.quantity`) or column. */
export type Issue = { readonly path: string; readonly code: string; readonly params?: ProblemParams; readonly line?: number }

/** The thing asked for is not there, or is not this caller's to see: one answer for both, so that nobody learns what exists. */
export function missing(what: string): Problem {
  return new Problem('platform.notFound', { what }, { kind: 'missing' })
}
