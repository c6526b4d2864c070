import { useState } from 'react'
import type { Answer, ApiRoute, Input } from './api.ts'
import { recall, remember } from './preferences.ts'
import { type ApiQuery, useApi } from './queries.ts'

export const PAGE_SIZES = [20, 50, 100, 200] as const
const PAGE_SIZE = 50

/** What every list answers: `sums` and the like come beside. */
export type PageOf<Row> = { items: readonly Row[]; nextCursor: string | null; total?: number | null }

/** A list on the server, one page at a time by keyset cursor. Other filters start again at the first page. */
export type List<Data extends PageOf<unknown>> = {
  query: ApiQuery<Data>
  /** Number of the first row of this page, from 1. */
  first: number
  limit: number
  setLimit: (limit: number) => void
  next: (() => void) | undefined
  previous: (() => void) | undefined
}

/**
 * Reads a list route whose query has `cursor` and `limit`. The page size is remembered for all lists. `sumsApart`, for a route whose query has `sums`: the page comes at
 * once, and what it says about the whole filter (null until then) when it has been added up.
 */
export function useList<R extends ApiRoute>(
  route: R,
  input: Pick<Input<R>, 'params' | 'query'> = {},
  { sumsApart = false }: { readonly sumsApart?: boolean } = {},
): List<Answer<R> extends PageOf<unknown> ? Answer<R> : never> {
  type Data = Answer<R> extends PageOf<unknown> ? Answer<R> : never
  const [limit, setLimit] = useState(rememberedLimit)
  const filter = JSON.stringify([route.path, input.params, input.query, limit])
  const [place, setPlace] = useState<{ filter: string; cursors: readonly string[] }>({ filter, cursors: [] })
  const cursors = place.filter === filter ? place.cursors : []
  const paging = { limit, ...(cursors.length > 0 ? { cursor: cursors.at(-1) } : {}) }
  const page = useApi(route, {
    ...input,
    query: { ...input.query, ...paging, ...(sumsApart ? { sums: 'without' } : {}) },
  } as Input<R>) as unknown as ApiQuery<Data>
  const sums = useApi(route, { ...input, query: { ...input.query, limit: 1, sums: 'only' } } as Input<R>, {
    enabled: sumsApart,
  }) as unknown as ApiQuery<Data>
  const query = sumsApart ? withSums(page, sums) : page
  const nextCursor = query.isPlaceholderData ? null : (query.data?.nextCursor ?? null)
  return {
    query,
    first: cursors.length * limit + 1,
    limit,
    setLimit: (chosen) => {
      remember('pageSize', chosen)
      setLimit(chosen)
    },
    next: nextCursor === null ? undefined : () => setPlace({ filter, cursors: [...cursors, nextCursor] }),
    previous: cursors.length === 0 ? undefined : () => setPlace({ filter, cursors: cursors.slice(0, -1) }),
  }
}

/** Sums of other filters than the page's would be wrong figures: they are left out until their own have come. */
function withSums<Data extends PageOf<unknown>>(page: ApiQuery<Data>, sums: ApiQuery<Data>): ApiQuery<Data> {
  if (!page.data || !sums.data || (sums.isPlaceholderData && !page.isPlaceholderData)) return page
  const { items: _, nextCursor: __, ...all } = sums.data
  return { ...page, data: { ...page.data, ...all } } as ApiQuery<Data>
}

function rememberedLimit(): number {
  const stored = recall('pageSize')
  return PAGE_SIZES.find((size) => size === stored) ?? PAGE_SIZE
}
