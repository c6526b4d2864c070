import type { ReactNode } from 'react'
import type { ApiQuery } from '../queries.ts'
import { LoadingRows } from './delayed.tsx'
import { ErrorState } from './error-state.tsx'

/** The three states of one answer: skeleton after 300 ms, error in place with retry, the data. Old data stay when a refresh fails. */
export function Loaded<T>({ query, rows = 5, children }: { query: ApiQuery<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? <ErrorState problem={query.error} onRetry={() => void query.refetch()} /> : null}
        {children(query.data)}
      </>
    )
  }
  if (query.error) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  return <LoadingRows rows={rows} />
}
