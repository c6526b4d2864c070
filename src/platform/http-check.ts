import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Issue, Problem } from '../kernel/problem.ts'
import type { Route } from './contract.ts'
import { jsonText } from './write-set.ts'

/** Params, query and body through the route's schemas; every wrong field is named at once. */
export function checked<P, Q, B>(
  route: Route<P, Q, B, never, never, unknown> | Route<P, Q, B>,
  request: FastifyRequest,
): { params: P; query: Q; body: B } {
  const params = z.safeParse(route.params as z.ZodType<P>, request.params)
  const query = z.safeParse(route.query as z.ZodType<Q>, request.query)
  const body = z.safeParse(route.body as z.ZodType<B>, route.kind === 'upload' ? {} : (request.body ?? {}))
  if (params.success && query.success && body.success) return { params: params.data, query: query.data, body: body.data }
  const issues = [params, query, body].flatMap((part) => part.error?.issues ?? []).flatMap(issuesOf)
  throw new Problem(
    'platform.invalid',
    { count: issues.length, first: issues[0]?.path ?? '' },
    { kind: params.success ? 'invalid' : 'missing', issues: issues.slice(0, 100) },
  )
}

/** What we answer is checked too: a wrong answer is our bug, not the caller's. */
export function checkedResponse<R>(route: Route<never, never, never, never, never, R> | Route, value: unknown): unknown {
  const result = z.safeParse(route.response as z.ZodType, value)
  if (!result.success)
    throw new Error(`the answer of ${route.method} ${route.path} breaks its contract: ${jsonText(result.error.issues.slice(0, 3))}`)
  return result.data
}

function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map(String).join('.')
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [path, key].filter(Boolean).join('.'), code: 'platform.unknownField' }))
    case 'invalid_union': {
      const inner = issue.errors.flat().find((found) => found.code !== 'invalid_type') ?? issue.errors.flat()[0]
      return inner
        ? issuesOf({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue)
        : [{ path, code: 'platform.notAllowed' }]
    }
    case 'invalid_type':
      return [{ path, code: issue.input === undefined ? 'platform.required' : 'platform.wrongType', params: { expected: issue.expected } }]
    case 'invalid_value':
      return [{ path, code: 'platform.notAllowed', params: { allowed: issue.values.map(String).join(', ') } }]
    case 'too_small':
      return [
        {
          path,
          code:
            issue.origin === 'string' && issue.minimum === 1
              ? 'platform.required'
              : issue.origin === 'array'
                ? 'platform.tooFew'
                : issue.origin === 'string'
                  ? 'platform.tooShort'
                  : 'platform.tooSmall',
          params: { least: Number(issue.minimum) },
        },
      ]
    case 'too_big':
      return [
        {
          path,
          code: issue.origin === 'array' ? 'platform.tooMany' : issue.origin === 'string' ? 'platform.tooLong' : 'platform.tooLarge',
          params: { most: Number(issue.maximum) },
        },
      ]
    default:
      // our own refinements and patterns give the code as their message
      return [
        {
          path,
          code: /^[a-z]\w*\.\w+$/i.test(issue.message) ? issue.message : 'platform.wrongFormat',
          ...('params' in issue && issue.params ? { params: issue.params as Record<string, string | number> } : {}),
        },
      ]
  }
}
