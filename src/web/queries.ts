import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { uuid } from '../kernel/uuid.ts'
import { type Answer, type ApiRoute, call, type Input } from './api.ts'
import { ApiProblem } from './api-problem.ts'

/** How often a call without an answer is sent again by itself. */
const RETRIES_MAX = 2

export type ApiQuery<T> = UseQueryResult<T, ApiProblem>

/**
 * Reads from the server. Old data stay visible while other filters of the same list load (`isPlaceholderData`), never one customer's
 * figures on another customer's page.
 */
export function useApi<R extends ApiRoute>(
  route: R,
  input: Input<R> = {},
  options: { enabled?: boolean; refreshEveryMs?: number | ((answer: Answer<R> | undefined) => number | false) } = {},
): ApiQuery<Answer<R>> {
  const { refreshEveryMs: every = false } = options
  return useQuery<Answer<R>, ApiProblem>({
    queryKey: queryKey(route, input),
    queryFn: ({ signal }) => call(route, { ...input, signal }),
    placeholderData: (before, query) => (query && isSameThing(query.queryKey, route, input) ? (before as never) : undefined),
    enabled: options.enabled ?? true,
    refetchInterval: typeof every === 'function' ? (query) => every(query.state.data) : every,
  })
}

/** The cache key of a call, to refresh or fill it by hand. */
export function queryKey<R extends ApiRoute>(route: R, input: Input<R> = {}): readonly unknown[] {
  return [route.path, input.params ?? {}, input.query ?? {}]
}

function isSameThing<R extends ApiRoute>(key: readonly unknown[], route: R, input: Input<R>): boolean {
  const [path, params] = queryKey(route, input)
  return key[0] === path && JSON.stringify(key[1]) === JSON.stringify(params)
}

/**
 * Writes to the server. One action of the person has one idempotency key: sending the same body again after a lost answer uses the same
 * key, so nothing happens twice. Afterwards everything read is stale and refreshed; what is on screen first.
 */
export function useAction<R extends ApiRoute>(
  route: R,
  options: { onDone?: (answer: Answer<R>, input: Input<R>) => void } = {},
): UseMutationResult<Answer<R>, ApiProblem, Input<R>> {
  const queries = useQueryClient()
  const unanswered = useRef(new Map<string, string>())
  return useMutation<Answer<R>, ApiProblem, Input<R>>({
    mutationFn: async (input) => {
      const text = JSON.stringify([input.params, input.query, input.body])
      const key = input.idempotencyKey ?? unanswered.current.get(text) ?? uuid()
      unanswered.current.set(text, key)
      try {
        const answer = await call(route, { ...input, idempotencyKey: key })
        unanswered.current.delete(text)
        return answer
      } catch (error) {
        if (!mayRetry(error)) unanswered.current.delete(text)
        throw error
      }
    },
    retry: (count, error) => mayRetry(error) && count < RETRIES_MAX,
    onSuccess: (answer, input) => {
      void queries.invalidateQueries()
      options.onDone?.(answer, input)
    },
  })
}

export function mayRetry(error: unknown): boolean {
  return error instanceof ApiProblem && error.mayRetry
}
