import { type BoundRoute, handle, signedIn } from '../../platform/http.ts'
import { verifyRoute } from './verify.api.ts'
import { verifyBooks } from './verify-books.query.ts'

export const verifyHttp: readonly BoundRoute[] = [
  handle(verifyRoute, async ({ db, caller }) => {
    const { invariants, ...whole } = await verifyBooks(db, signedIn(caller))
    return {
      ...whole,
      invariants: invariants.map((one) => ({
        ...one,
        rows: one.rows.map((row) => ({ ...row }) as Record<string, string | number | boolean | null>),
      })),
    }
  }),
]
