import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { done, requiredText, text } from '../../platform/fields.ts'
import { isPlainAddress } from './address.ts'
import { mailSecurities } from './mail-security.ts'

const hostName = z
  .string()
  .trim()
  .max(253)
  .regex(
    /^(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?|[0-9A-Fa-f:.]{3,45})$/,
    'messages.notAHost',
  )
const address = z.string().trim().refine(isPlainAddress, 'messages.notAnAddress')
const optionalAddress = z
  .string()
  .trim()
  .refine((given) => given === '' || isPlainAddress(given), 'messages.notAnAddress')

const fields = {
  host: hostName,
  port: z.int().min(1).max(65_535),
  security: z.enum(mailSecurities),
  user: text(254),
  senderName: requiredText(120),
  senderAddress: address,
  replyTo: optionalAddress,
  perMinute: z.int().min(1).max(6_000),
}

export const getMailSettings = route({
  method: 'GET',
  path: '/api/mail-settings',
  permission: 'messages.edit',
  summary: 'How the company sends e-mail. The password is never answered',
  response: z.strictObject({
    host: z.string(),
    port: z.int(),
    security: z.enum(mailSecurities),
    user: z.string(),
    senderName: z.string(),
    senderAddress: z.string(),
    replyTo: z.string(),
    perMinute: z.int(),
    hasPassword: z.boolean(),
    version: z.int().min(0),
    sendingEnabled: z.boolean(),
    companyVersion: z.int(),
    testTo: z.string(),
  }),
})
export const putMailSettings = route({
  method: 'PUT',
  path: '/api/mail-settings',
  asksAgain: true,
  permission: 'messages.edit',
  summary:
    'Saves how the company sends e-mail. Without `password` the stored one stays, unless the server, its port, the protection or the user change',
  body: z.strictObject({ ...fields, password: z.string().max(500).optional(), version: z.int().min(0) }),
  response: done,
})
export const postMailTest = route({
  method: 'POST',
  path: '/api/mail-settings/test',
  permission: 'messages.edit',
  summary: 'Sends a real message to the own address with the saved settings and tells what the mail server answered',
  body: z.strictObject({}),
  response: z.strictObject({
    outcome: z.enum(['accepted', 'refused', 'refusedForNow', 'notReached', 'uncertain']),
    sentence: z.string(),
    to: z.string(),
    answer: z.string(),
    milliseconds: z.int(),
  }),
})
export const putSending = route({
  method: 'PUT',
  path: '/api/mail-settings/sending',
  asksAgain: true,
  permission: 'messages.edit',
  summary: 'Switches sending on or off for the whole company. Messages kept until then stay kept',
  body: z.strictObject({ enabled: z.boolean(), companyVersion: z.int().min(1) }),
  response: done,
})
