import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { text } from '../../platform/fields.ts'

export const search = route({
  method: 'GET',
  path: '/api/search',
  permission: 'customers.view',
  summary:
    'Customers by the beginning of name or code, documents by number, by what the customer or the bank calls them, or by exact amount; at most 20',
  query: z.strictObject({ q: text(100).pipe(z.string().min(2)) }),
  response: z.strictObject({
    items: z.array(z.strictObject({ path: z.string(), title: z.string(), detail: z.string().optional(), amount: z.string().optional() })),
  }),
})
