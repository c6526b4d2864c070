import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins'
import type { Pool } from 'pg'

/** Signed in without a call for so long, a session ends. */
const SESSION_SECONDS = 48 * 3_600
/** A live session is prolonged at most so often. */
const PROLONG_SECONDS = 3_600
const PASSWORD_LEAST = 10
const PASSWORD_MOST = 128
/** Our own header towards the library: the address that the server has established, never one that the request claims. */
export const ADDRESS_HEADER = 'x-huikuan-address'
export const COOKIE_PREFIX = 'huikuan'

/** The library that keeps passwords (scrypt), sessions and second factors, on our tables in the schema `auth`. Only platform/auth.ts talks to it. */
export function authLibrary({ pool, secret, publicUrl }: { pool: Pool; secret: string; publicUrl: string }) {
  return betterAuth({
    appName: 'Huikuan',
    secret,
    baseURL: publicUrl,
    basePath: '/api/auth',
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false }, // ours is by account and address, and survives a restart (platform/auth-back-off.ts)
    emailAndPassword,
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    user,
    session,
    account,
    verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    plugins: [secondFactor()],
  })
}

export type AuthLibrary = ReturnType<typeof authLibrary>

const emailAndPassword = {
  enabled: true,
  disableSignUp: true,
  minPasswordLength: PASSWORD_LEAST,
  maxPasswordLength: PASSWORD_MOST,
  autoSignIn: false,
} satisfies BetterAuthOptions['emailAndPassword']

const user = {
  modelName: 'users',
  fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  additionalFields: {
    tenantId: { type: 'number', fieldName: 'tenant_id', input: false, required: true },
    personId: { type: 'string', fieldName: 'person_id', input: false, required: true },
  },
} satisfies BetterAuthOptions['user']

const session = {
  modelName: 'sessions',
  fields: {
    userId: 'user_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  expiresIn: SESSION_SECONDS,
  updateAge: PROLONG_SECONDS,
  cookieCache: { enabled: false }, // a disabled person must be out at once
} satisfies BetterAuthOptions['session']

const account = {
  modelName: 'accounts',
  fields: {
    accountId: 'account_id',
    providerId: 'provider_id',
    userId: 'user_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
} satisfies BetterAuthOptions['account']

function secondFactor() {
  return twoFactor({
    issuer: 'Huikuan',
    schema: {
      user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
      twoFactor: {
        modelName: 'two_factors',
        fields: {
          userId: 'user_id',
          backupCodes: 'backup_codes',
          failedVerificationCount: 'failed_verification_count',
          lockedUntil: 'locked_until',
        },
      },
    },
  })
}
