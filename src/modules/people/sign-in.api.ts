import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { done, id, language, requiredText, text } from '../../platform/fields.ts'
import { roles } from './roles.ts'

/** Never trimmed, never judged here: the rule speaks when a password is chosen. */
export const password = z.string().min(1, 'platform.required').max(200)
export const email = z.string().trim().max(254).pipe(z.email('people.notAnEmail'))

export const signIn = route({
  method: 'POST',
  path: '/api/sign-in',
  permission: 'public',
  summary: 'Signs in with e-mail and password; codeWanted says that a code of the app must follow',
  body: z.strictObject({ email, password }),
  response: z.strictObject({ codeWanted: z.boolean() }),
})
export const signInWithCode = route({
  method: 'POST',
  path: '/api/sign-in/totp',
  permission: 'public',
  summary: 'The second step: a code of the authenticator app or a backup code',
  body: z.strictObject({ code: requiredText(30) }),
  response: z.strictObject({ codeWanted: z.literal(false) }),
})
export const confirmSession = route({
  method: 'POST',
  path: '/api/session/confirmation',
  permission: 'signedIn',
  summary:
    'Shows again who sits here: a code where the person has a second factor, else the password; steps that move money or open doors ask for it',
  body: z.strictObject({ secret: password }),
  response: done,
})
export const signOut = route({
  method: 'POST',
  path: '/api/sign-out',
  permission: 'signedIn',
  summary: 'Ends this session',
  response: done,
})

export const getSession = route({
  method: 'GET',
  path: '/api/session',
  permission: 'signedIn',
  summary: 'Who is signed in, for which company, and what they may do',
  response: z.strictObject({
    person: z.strictObject({ id, name: z.string(), email: z.string(), language, role: z.enum(roles) }),
    company: z.strictObject({
      id: z.string(),
      name: z.string(),
      baseCurrency: z.string(),
      timeZone: z.string(),
      isDemo: z.boolean().describe('made up, for looking around'),
      testMode: z.boolean(),
      fourEyes: z.boolean(),
      today: z.string(),
      modulesOff: z.array(z.string()),
    }),
    permissions: z.array(z.string()),
    scope: z.enum(['own', 'team', 'all']),
    setUp: z.boolean(),
    counts: z.strictObject({ notifications: z.int(), tasks: z.int() }),
  }),
})

export const postPassword = route({
  method: 'POST',
  path: '/api/password',
  permission: 'signedIn',
  summary: 'Changes the own password; every other session ends',
  body: z.strictObject({ current: password, next: password }),
  response: done,
})
export const enrolTotp = route({
  method: 'POST',
  path: '/api/totp/enrol',
  permission: 'signedIn',
  summary: 'Begins a second factor: the address for the authenticator app, and the backup codes, shown once',
  body: z.strictObject({ password }),
  response: z.strictObject({ uri: z.string(), backupCodes: z.array(z.string()) }),
})
export const confirmTotp = route({
  method: 'POST',
  path: '/api/totp/confirm',
  permission: 'signedIn',
  summary: 'Switches the second factor on with its first code',
  body: z.strictObject({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, 'people.notACode'),
  }),
  response: done,
})
export const removeTotp = route({
  method: 'POST',
  path: '/api/totp/remove',
  asksAgain: true,
  permission: 'signedIn',
  summary: 'Switches the second factor off',
  body: z.strictObject({ password }),
  response: done,
})
export const getAccount = route({
  method: 'GET',
  path: '/api/account',
  permission: 'signedIn',
  summary: 'The own account',
  response: z.strictObject({ name: z.string(), email: z.string(), phone: z.string().nullable(), language, totp: z.boolean() }),
})
export const putAccount = route({
  method: 'PUT',
  path: '/api/account',
  permission: 'signedIn',
  summary: 'Changes the own name, telephone and language',
  body: z.strictObject({ name: requiredText(100), phone: text(40).nullable(), language }),
  response: done,
})
export const getSessions = route({
  method: 'GET',
  path: '/api/sessions',
  permission: 'signedIn',
  summary: 'The own sessions',
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        ip: z.string().nullable(),
        userAgent: z.string().nullable(),
        createdAt: z.string(),
        lastSeenAt: z.string(),
        isThis: z.boolean(),
      }),
    ),
  }),
})
export const deleteSession = route({
  method: 'DELETE',
  path: '/api/sessions/:id',
  permission: 'signedIn',
  summary: 'Ends one of the own sessions',
  params: z.strictObject({ id: z.string().max(100) }),
  response: done,
})
