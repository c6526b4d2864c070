import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { currency, language, requiredText } from '../../platform/fields.ts'
import { timeZone } from '../company/company.api.ts'
import { email, password } from './sign-in.api.ts'

export const getSetUp = route({
  method: 'GET',
  path: '/api/setup',
  permission: 'public',
  summary: 'Whether the installation waits for its first company',
  response: z.strictObject({ waiting: z.boolean() }),
})
export const postSetUp = route({
  method: 'POST',
  path: '/api/setup',
  permission: 'public',
  summary: 'Founds the company and its administrator, with the one-time token; 404 afterwards',
  body: z.strictObject({
    token: requiredText(100),
    companyName: requiredText(200),
    baseCurrency: currency,
    timeZone,
    language,
    name: requiredText(100),
    email,
    password,
    /** For the command line: also an API key with every permission. */
    withKey: z.boolean().default(false),
  }),
  response: z.strictObject({ apiKey: z.string().nullable() }),
})
