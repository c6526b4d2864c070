import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { day } from '../../platform/fields.ts'

export const verified = z.strictObject({
  id: z.string(),
  /** What is true, in the caller's language. */
  sentence: z.string(),
  holds: z.boolean(),
  /** Violating rows in all; `rows` are the first 20. */
  count: z.int(),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  seconds: z.number(),
})
export const verifyRoute = route({
  method: 'GET',
  path: '/api/verify',
  permission: 'audit.view',
  summary:
    'Proves every invariant of the books on one snapshot and shows the rows where one fails; takes up to minutes on millions of documents',
  response: z.strictObject({ at: z.string(), asOf: day, seconds: z.number(), holds: z.boolean(), invariants: z.array(verified) }),
})
