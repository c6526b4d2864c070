import { createHash } from 'node:crypto'
import pg from 'pg'
import { Problem } from '../kernel/problem.ts'
import { countTry, forgiveTries } from './auth-back-off.ts'
import { isFresh, markConfirmed } from './auth-confirmation.ts'
import { ADDRESS_HEADER, type AuthLibrary, authLibrary, COOKIE_PREFIX } from './auth-options.ts'
import { type AuthUsers, authUsers, visitOf } from './auth-users.ts'

/** Where a call comes from: the request's cookies as they are, its agent, and the address as the server established it. */
export type Origin = { readonly cookie: string | undefined; readonly userAgent: string | undefined; readonly ip: string }
type SignedInUser = {
  readonly userId: string
  readonly tenantId: number
  readonly personId: string
  readonly email: string
  readonly totp: boolean
  readonly sessionId: string
  /** Who it really is, where the session looks into a demo company: tenant and person above are then those of the demo. */
  readonly home?: { readonly tenantId: number; readonly personId: string }
}
/** `cookies` are Set-Cookie lines for the answer. */
export type SignIn = { readonly cookies: readonly string[] } & (
  | { readonly codeWanted: true }
  | { readonly codeWanted: false; readonly userId: string; readonly tenantId: number; readonly personId: string }
)
type Enrolment = { readonly uri: string; readonly backupCodes: readonly string[] }

/** Passwords, sessions, second factors. Knows users by tenant and person, and nothing of the business. */
export type Auth = AuthUsers & {
  /** Where browsers reach this installation: links are made from it, never from a request's Host. */
  readonly publicUrl: string
  userOf(from: Origin): Promise<SignedInUser | undefined>
  /** Set-Cookie lines when the live session was prolonged. */
  prolong(from: Origin): Promise<readonly string[]>
  /** Throws people.wrongCredentials (401) for whatever is wrong, people.tooManyTries (429) during a pause. */
  signIn(email: string, password: string, from: Origin): Promise<SignIn>
  /** The second step: a code of the app, or one of the backup codes. Throws people.wrongCode (401). */
  signInWithCode(code: string, from: Origin): Promise<SignIn>
  signOut(from: Origin): Promise<readonly string[]>
  /** These ask for the password again: people.wrongPassword (422), people.tooManyTries (429) during a pause. */
  changePassword(current: string, next: string, from: Origin): Promise<readonly string[]>
  enrolTotp(password: string, from: Origin): Promise<Enrolment>
  confirmTotp(code: string, from: Origin): Promise<readonly string[]>
  removeTotp(password: string, from: Origin): Promise<readonly string[]>
  /** Whether who sits at this session has lately shown the password or a code: false for no session. */
  isFresh(from: Origin): Promise<boolean>
  /** Shows it again: a code where the person has a second factor, else the password. Throws people.wrongCode, people.wrongPassword (422), people.tooManyTries (429). */
  confirm(secret: string, from: Origin): Promise<void>
  close(): Promise<void>
}

/** `url` signs in as the application's login; the pool works as app_auth and sees the schema auth only. `secret` comes from the key file. */
export function openAuth({ url, secret, publicUrl }: { url: string; secret: string; publicUrl: string }): Auth {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    application_name: 'huikuan-auth',
    options: '-c search_path=auth -c role=app_auth',
  })
  pool.on('error', () => undefined) // a broken idle connection is replaced by the pool
  const library = authLibrary({ pool, secret, publicUrl })
  const users = authUsers(pool, async (password) => (await library.$context).password.hash(password))
  return {
    ...users,
    publicUrl,
    userOf: (from) => userOf(library, pool, from),
    prolong: async (from) =>
      (await answered(library.api.getSession({ headers: headersOf(from), query: { disableCookieCache: true }, asResponse: true }))).cookies,
    signIn: (email, password, from) => signIn(library, pool, email.toLowerCase(), password, from),
    signInWithCode: (code, from) => signInWithCode(library, pool, code, from),
    signOut: async (from) => (await answered(library.api.signOut({ headers: headersOf(from), asResponse: true }))).cookies,
    changePassword: (currentPassword, newPassword, from) =>
      withPassword(library, pool, from, async () =>
        accepted(
          await answered(
            library.api.changePassword({
              body: { currentPassword, newPassword, revokeOtherSessions: true },
              headers: headersOf(from),
              asResponse: true,
            }),
          ),
          'people.wrongPassword',
        ),
      ),
    enrolTotp: (password, from) => withPassword(library, pool, from, () => enrolTotp(library, password, from)),
    confirmTotp: (code, from) => confirmTotp(library, pool, code, from),
    removeTotp: (password, from) =>
      withPassword(library, pool, from, async () =>
        accepted(
          await answered(library.api.disableTwoFactor({ body: { password }, headers: headersOf(from), asResponse: true })),
          'people.wrongPassword',
        ),
      ),
    isFresh: async (from) => {
      const user = await userOf(library, pool, from)
      return user !== undefined && isFresh(pool, user.sessionId)
    },
    confirm: (secret, from) => confirm(library, pool, secret, from),
    close: () => pool.end(),
  }
}

type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly cookies: readonly string[] }

async function answered(response: Promise<Response>): Promise<Answer> {
  const { status, headers, ...rest } = await response.then(async (given) => ({
    status: given.status,
    headers: given.headers,
    text: await given.text(),
  }))
  return {
    status,
    cookies: headers.getSetCookie(),
    body: rest.text === '' ? {} : ((JSON.parse(rest.text) ?? {}) as Record<string, unknown>),
  }
}

function accepted(answer: Answer, code: string): readonly string[] {
  if (answer.status === 200) return answer.cookies
  if (answer.status >= 500) throw new Error(`the sign-in library failed: ${codeOf(answer)}`)
  throw new Problem(code, {}, { kind: 'refused' })
}

function codeOf({ body }: Answer): string {
  return String(body['code'] ?? '')
}

function headersOf({ cookie, userAgent, ip }: Origin): Headers {
  return new Headers({
    ...(cookie === undefined ? {} : { cookie }),
    ...(userAgent === undefined ? {} : { 'user-agent': userAgent.slice(0, 300) }),
    [ADDRESS_HEADER]: ip,
  })
}

async function userOf(library: AuthLibrary, pool: pg.Pool, from: Origin): Promise<SignedInUser | undefined> {
  if (!from.cookie?.includes(`${COOKIE_PREFIX}.session_token=`)) return undefined
  const found = await library.api.getSession({ headers: headersOf(from), query: { disableCookieCache: true, disableRefresh: true } })
  if (!found) return undefined
  const { user, session } = found
  const home = { tenantId: user.tenantId, personId: user.personId }
  const visit = await visitOf(pool, session.id)
  return {
    userId: user.id,
    ...(visit === undefined ? home : { ...visit, home }),
    email: user.email,
    totp: user.twoFactorEnabled === true,
    sessionId: session.id,
  }
}

async function signIn(library: AuthLibrary, pool: pg.Pool, email: string, password: string, from: Origin): Promise<SignIn> {
  await countTry(pool, email, from.ip)
  const answer = await answered(
    library.api.signInEmail({ body: { email, password }, headers: headersOf({ ...from, cookie: undefined }), asResponse: true }),
  )
  if (answer.status !== 200) throw new Problem('people.wrongCredentials', {}, { kind: 'unauthenticated' })
  await forgiveTries(pool, email, from.ip)
  if (answer.body['twoFactorRedirect'] === true) return { cookies: answer.cookies, codeWanted: true }
  return { cookies: answer.cookies, codeWanted: false, ...whoIs(answer) }
}

async function signInWithCode(library: AuthLibrary, pool: pg.Pool, code: string, from: Origin): Promise<SignIn> {
  const userId = await userBetweenSteps(library, from)
  if (userId === undefined) throw new Problem('people.codeTooLate', {}, { kind: 'unauthenticated' })
  const isBackupCode = !/^\d{6}$/.test(code)
  await countTry(pool, `code:${userId}`, from.ip)
  if (!isBackupCode && !(await useCode(pool, userId, code))) throw wrongCode()
  const call = { body: { code }, headers: headersOf(from), asResponse: true as const }
  const answer = await answered(isBackupCode ? library.api.verifyBackupCode(call) : library.api.verifyTOTP(call))
  if (answer.status !== 200) throw wrongCode()
  await forgiveTries(pool, `code:${userId}`, from.ip)
  return { cookies: answer.cookies, codeWanted: false, ...whoIs(answer) }
}

/** Steps that ask for the password again: tries are counted as at the sign-in, else whoever finds a screen left open could guess on. */
async function withPassword<T>(library: AuthLibrary, pool: pg.Pool, from: Origin, step: () => Promise<T>): Promise<T> {
  const user = await userOf(library, pool, from)
  if (!user) throw new Problem('people.signedOut', {}, { kind: 'unauthenticated' })
  await countTry(pool, `password:${user.userId}`, from.ip)
  const done = await step()
  await forgiveTries(pool, `password:${user.userId}`, from.ip)
  return done
}

async function enrolTotp(library: AuthLibrary, password: string, from: Origin): Promise<Enrolment> {
  const call = { body: { password, method: 'totp' as const }, headers: headersOf(from), asResponse: true as const }
  const answer = await answered(library.api.enableTwoFactor(call))
  if (codeOf(answer) === 'TOTP_ALREADY_ENABLED') throw new Problem('people.totpAlreadyOn')
  accepted(answer, 'people.wrongPassword')
  return { uri: String(answer.body['totpURI']), backupCodes: answer.body['backupCodes'] as string[] }
}

async function confirmTotp(library: AuthLibrary, pool: pg.Pool, code: string, from: Origin): Promise<readonly string[]> {
  const user = await userOf(library, pool, from)
  if (!user || !(await useCode(pool, user.userId, code))) throw wrongCode()
  const answer = await answered(library.api.verifyTOTP({ body: { code }, headers: headersOf(from), asResponse: true }))
  return accepted(answer, 'people.wrongCode')
}

async function confirm(library: AuthLibrary, pool: pg.Pool, secret: string, from: Origin): Promise<void> {
  const user = await userOf(library, pool, from)
  if (!user) throw new Problem('people.signedOut', {}, { kind: 'unauthenticated' })
  const tries = user.totp ? `code:${user.userId}` : `password:${user.userId}`
  await countTry(pool, tries, from.ip)
  const headers = headersOf(from)
  if (!user.totp)
    accepted(await answered(library.api.verifyPassword({ body: { password: secret }, headers, asResponse: true })), 'people.wrongPassword')
  else {
    const isBackupCode = !/^\d{6}$/.test(secret)
    if (!isBackupCode && !(await useCode(pool, user.userId, secret))) throw new Problem('people.wrongCode')
    const call = { body: { code: secret }, headers, asResponse: true as const }
    accepted(await answered(isBackupCode ? library.api.verifyBackupCode(call) : library.api.verifyTOTP(call)), 'people.wrongCode')
  }
  await forgiveTries(pool, tries, from.ip)
  await markConfirmed(pool, user.sessionId)
}

function whoIs({ body }: Answer): { userId: string; tenantId: number; personId: string } {
  const user = body['user'] as { id: string; tenantId: number; personId: string }
  return { userId: user.id, tenantId: user.tenantId, personId: user.personId }
}

/** Whose code is awaited, by the cookie of the first step. Only to count tries and used codes: the library checks the cookie's signature itself. */
async function userBetweenSteps(library: AuthLibrary, { cookie }: Origin): Promise<string | undefined> {
  const value = new RegExp(`${COOKIE_PREFIX}\\.two_factor=([^;]+)`).exec(cookie ?? '')?.[1]
  const identifier = value === undefined ? undefined : decoded(value)?.split('.')[0]
  if (!identifier) return undefined
  return (await (await library.$context).internalAdapter.findVerificationValue(identifier))?.value
}

/** Undefined for what is no percent-encoding: a cookie is whatever its sender writes. */
function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}

/** False when this code was given before: within its validity a code is good once (RFC 6238 section 5.2). */
async function useCode(pool: pg.Pool, userId: string, code: string): Promise<boolean> {
  const hash = createHash('sha256').update(code).digest()
  const { rowCount } = await pool.query(
    `insert into used_codes as u (user_id, code_hash) values ($1, $2) on conflict (user_id, code_hash) do update set used_at = now() where u.used_at < now() - interval '3 minutes'`,
    [userId, hash],
  )
  return rowCount === 1
}

function wrongCode(): Problem {
  return new Problem('people.wrongCode', {}, { kind: 'unauthenticated' })
}
