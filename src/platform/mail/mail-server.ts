import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { reachOf } from './inner-address.ts'

/** A mail server as a company has set it: TLS from the first byte, STARTTLS that must succeed, or nothing (only to this machine). */
export type MailServer = {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user: string | null
  readonly password: string | null
}

/** Ports on which mail servers take mail in: others would let a company's settings knock at anything. */
const MAIL_PORTS = [25, 465, 587, 2525]
const LOOKUP_MS = 10_000

/** Why a server may not be connected to: a code and what it is about. */
export class MailServerRefused extends Error {
  readonly code: 'hostUnknown' | 'innerHost' | 'forbiddenHost' | 'portNotForMail' | 'plainOnlyHere'
  readonly params: Readonly<Record<string, string | number>>
  constructor(code: MailServerRefused['code'], params: Readonly<Record<string, string | number>>) {
    super(`${code} ${JSON.stringify(params)}`)
    this.code = code
    this.params = params
  }
}

/**
 * The IP address to connect to. It is looked up once and used as it was judged, so that a name cannot lead elsewhere between look and connection. Addresses inside our own network
 * (and this machine) only where the operator has named the server (HUIKUAN_INNER_MAIL_SERVERS, host:port); link-local and the like never. Without TLS only this machine.
 * Throws MailServerRefused.
 */
export async function addressOf(server: MailServer, allowed: readonly string[]): Promise<string> {
  const { host, port, security } = server
  const named = `${host.toLowerCase()}:${port}`
  const isNamed = allowed.includes(named)
  if (!isNamed && !MAIL_PORTS.includes(port)) throw new MailServerRefused('portNotForMail', { port, ports: MAIL_PORTS.join(', '), named })
  const addresses = isIP(host) !== 0 ? [host] : await resolve(host)
  const reaches = addresses.map(reachOf)
  if (addresses.length === 0) throw new MailServerRefused('hostUnknown', { host })
  if (reaches.includes('never')) throw new MailServerRefused('forbiddenHost', { host })
  if (!isNamed && reaches.some((reach) => reach !== 'outer')) throw new MailServerRefused('innerHost', { host, named })
  if (security === 'none' && reaches.some((reach) => reach !== 'loopback')) throw new MailServerRefused('plainOnlyHere', { host })
  return addresses[0]!
}

async function resolve(host: string): Promise<string[]> {
  const late = new Promise<never[]>((done) => setTimeout(() => done([]), LOOKUP_MS).unref())
  const found = lookup(host, { all: true, verbatim: false }).catch(() => [])
  return (await Promise.race([found, late])).map(({ address }) => address)
}
