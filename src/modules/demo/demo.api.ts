import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { done, id } from '../../platform/fields.ts'
import { roles } from '../people/roles.ts'

export const getDemo = route({
  method: 'GET',
  path: '/api/demo',
  permission: 'company.edit',
  summary: 'The demo company of this installation: is there one, how far is it made',
  response: z.strictObject({
    status: z.enum(['none', 'making', 'ready', 'failed']),
    /** Days lived through, of all. */
    done: z.int(),
    total: z.int(),
    seed: z.int().nullable(),
    madeAt: z.string().nullable(),
  }),
})
export const postDemo = route({
  method: 'POST',
  path: '/api/demo',
  permission: 'company.edit',
  summary: 'Makes a demo company in the background; one that is there is replaced when the new one stands',
  body: z.strictObject({ seed: z.int().min(1).max(999_999).default(1) }),
  response: done,
})
export const deleteDemo = route({
  method: 'DELETE',
  path: '/api/demo',
  permission: 'company.edit',
  summary: 'Removes the demo company with everything in it; no real company can be removed',
  response: done,
})
export const getVisit = route({
  method: 'GET',
  path: '/api/demo/visit',
  permission: 'signedIn',
  summary: 'As whom one may look at the demo company; 404 for who is not in it',
  response: z.strictObject({ people: z.array(z.strictObject({ id, name: z.string(), role: z.enum(roles) })), mayLeave: z.boolean() }),
})
export const postVisit = route({
  method: 'POST',
  path: '/api/demo/visit',
  permission: 'signedIn',
  summary: 'Goes into the demo company within this session, as its administrator or as somebody who works there',
  body: z.strictObject({ personId: id.optional() }),
  response: done,
})
export const deleteVisit = route({
  method: 'DELETE',
  path: '/api/demo/visit',
  permission: 'signedIn',
  summary: 'Goes back from the demo company to the own one',
  response: done,
})
