import { resolve } from 'node:path'
import { z } from 'zod'
import { StartRefused } from './start-refused.ts'

const ROLES = ['api', 'worker', 'all'] as const
type ProcessRole = (typeof ROLES)[number]

/** Everything that can be set from outside. `main.ts` alone reads the environment and hands it to `readConfig`. */
export type Config = {
  readonly dataDir: string
  readonly host: string
  /** 0 = any free port. */
  readonly port: number
  /** Where browsers reach this installation: links in mails, cookies (secure when https). No slash at the end. */
  readonly publicUrl: string
  readonly databaseUrl: string | undefined
  readonly role: ProcessRole
  readonly logLevel: string
  /** Addresses or CIDR blocks whose X-Forwarded-For is believed. Empty: nobody's. */
  readonly trustedProxies: readonly string[]
  /** Mail servers (host:port) on this machine or in the inner network that companies may send through. */
  readonly innerMailServers: readonly string[]
  /** MB that stay free on the disk of the embedded database: below them nothing is written. */
  readonly diskLeastMb: number
}

/** What `npm run huikuan -- help` prints: name, default, meaning. */
export const SETTINGS: readonly (readonly [name: string, byDefault: string, meaning: string])[] = [
  ['HUIKUAN_DATA_DIR', './data', 'folder of the embedded database and of the secret key'],
  ['HUIKUAN_HOST', '127.0.0.1', 'address to listen on; 0.0.0.0 opens it to the network'],
  ['HUIKUAN_PORT', '8080', 'port of API and web'],
  ['HUIKUAN_PUBLIC_URL', 'http://localhost:<port>', 'where browsers reach this installation'],
  ['DATABASE_URL', '(embedded)', 'postgres://… of a PostgreSQL 15-18 of your own'],
  ['HUIKUAN_ROLE', 'all', 'api, worker or all (also --role)'],
  ['HUIKUAN_LOG_LEVEL', 'info', 'trace, debug, info, warn, error or silent'],
  ['HUIKUAN_TRUSTED_PROXIES', '(none)', 'addresses of proxies whose X-Forwarded-For is believed, separated by commas'],
  [
    'HUIKUAN_INNER_MAIL_SERVERS',
    '(none)',
    'mail servers on this machine or in the inner network (host:port) that companies may use, separated by commas',
  ],
  ['HUIKUAN_DISK_LEAST_MB', '200', 'room on the disk of the embedded database below which nothing is written; 0 looks at no disk'],
]
/** Read by the command line and by the tests, not by the server. */
const OTHER_NAMES = ['HUIKUAN_URL', 'HUIKUAN_API_KEY', 'HUIKUAN_ADMIN_PASSWORD', 'HUIKUAN_TEST_DATABASE_URL', 'HUIKUAN_TEST_PG']

const Environment = z.object({
  HUIKUAN_DATA_DIR: z.string().default('./data'),
  HUIKUAN_HOST: z.string().default('127.0.0.1'),
  HUIKUAN_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .pipe(z.number().max(65_535, 'must be a number from 0 to 65535'))
    .default(8080),
  HUIKUAN_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  HUIKUAN_ROLE: z.enum(ROLES, `must be one of ${ROLES.join(', ')}`).default('all'),
  HUIKUAN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  HUIKUAN_TRUSTED_PROXIES: z.string().default(''),
  HUIKUAN_INNER_MAIL_SERVERS: z
    .string()
    .regex(/^(?:[^\s,]+:\d{1,5}(?:\s*,\s*|$))*$/, 'must be host:port, several separated by commas')
    .default(''),
  HUIKUAN_DISK_LEAST_MB: z
    .string()
    .regex(/^\d{1,7}$/, 'must be a number of MB')
    .transform(Number)
    .default(200),
})

/**
 * Reads the settings from an environment and the command line (`--role api`). Refuses (`StartRefused`) a wrong value with
 * its name; `warnings` name settings that do not exist, which is how typing errors show.
 */
export function readConfig(environment: NodeJS.ProcessEnv, args: readonly string[] = []): { config: Config; warnings: string[] } {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '')
  const found = Environment.safeParse({ ...Object.fromEntries(given), ...readArguments(args) })
  if (!found.success) {
    const sentences = found.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new StartRefused(`Wrong setting: ${sentences.join('; ')}.`)
  }
  const settings = found.data
  const config: Config = {
    dataDir: resolve(settings.HUIKUAN_DATA_DIR),
    host: settings.HUIKUAN_HOST,
    port: settings.HUIKUAN_PORT,
    publicUrl: publicUrl(settings.HUIKUAN_PUBLIC_URL) ?? `http://localhost:${settings.HUIKUAN_PORT}`,
    databaseUrl: settings.DATABASE_URL,
    role: settings.HUIKUAN_ROLE,
    logLevel: settings.HUIKUAN_LOG_LEVEL,
    trustedProxies: listed(settings.HUIKUAN_TRUSTED_PROXIES),
    innerMailServers: listed(settings.HUIKUAN_INNER_MAIL_SERVERS.toLowerCase()),
    diskLeastMb: settings.HUIKUAN_DISK_LEAST_MB,
  }
  return { config, warnings: unknownNames(Object.keys(environment)) }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function readArguments(args: readonly string[]): { HUIKUAN_ROLE?: string } {
  const [first, second, ...rest] = args
  if (first === undefined) return {}
  const role = first === '--role' ? second : /^--role=(.*)$/.exec(first)?.[1]
  if (role === undefined || rest.length > 0 || (first !== '--role' && second !== undefined)) {
    throw new StartRefused(`Unknown argument ${args.join(' ')}: only --role ${ROLES.join('|')} is understood.`)
  }
  return { HUIKUAN_ROLE: role }
}

function publicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const { origin, pathname, search, hash } = new URL(text)
  if (pathname !== '/' || search !== '' || hash !== '')
    throw new StartRefused(`Wrong setting: HUIKUAN_PUBLIC_URL must not have a path (${origin} is enough).`)
  return origin
}

function unknownNames(names: readonly string[]): string[] {
  const known = new Set([...SETTINGS.map(([name]) => name), ...OTHER_NAMES])
  const unknown = names.filter((name) => name.startsWith('HUIKUAN_') && !known.has(name))
  return unknown.map((name) => `${name} is not a setting of Huikuan and is ignored.`)
}
