import { type BoundRoute, read } from '../../platform/http.ts'
import { search as searchRoute } from './search.api.ts'
import { search } from './search.query.ts'

export const searchHttp: readonly BoundRoute[] = [
  read(searchRoute, async (reader, { query }) => ({ items: await search(reader, query.q) })),
]
