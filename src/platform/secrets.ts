import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StartRefused } from './start-refused.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const LINE = /^[A-Za-z0-9_-]{43}$/

/** Where a sealed value stands. It is bound to this place: moved to another row, column or company it does not open. */
export type Place = { readonly tenantId: number; readonly table: string; readonly column: string; readonly rowId: string }

export type Secrets = {
  /** Names the key without telling it: the first 8 bytes of a hash, in hex. */
  readonly keyId: string
  /** Whether secret.key holds this key, in use or earlier. */
  readonly knows: (keyId: string) => boolean
  /** AES-256-GCM under a fresh random nonce: `v1.<keyId>.<nonce>.<cipher>.<tag>`, base64url. */
  readonly seal: (text: string, place: Place) => string
  /** Throws when anything differs: the key, the place or one bit. */
  readonly open: (sealed: string, place: Place) => string
  /** A key of its own for another purpose (HKDF-SHA256): session cookies, the login of the application. The same for the same file. */
  readonly derive: (purpose: string) => string
}

/**
 * Reads `<data folder>/secret.key`, or makes it at the first start and says that it must be backed up. The first line is
 * the key in use; further lines are earlier keys, with which old values still open.
 */
export function openSecrets(dataDir: string, say: (line: string) => void): Secrets {
  const file = keyFile(dataDir)
  if (!existsSync(file) && makeKeyFile(dataDir, file)) {
    say(`A secret key was made in ${file}. Back it up apart from the database: what it protects cannot be read without it.`)
  }
  if ((statSync(file).mode & 0o077) !== 0) say(`Other users of this machine can read ${file}: take that right away (chmod 600).`)
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0 || !lines.every((line) => LINE.test(line)))
    throw new StartRefused(`${file} is damaged: bring back the copy you made of it.`)
  return secretsOf(lines.map((line) => Buffer.from(line, 'base64url')))
}

/** Whether this data folder has its key already; nothing is made. */
export function hasKeyFile(dataDir: string): boolean {
  return existsSync(keyFile(dataDir))
}

function keyFile(dataDir: string): string {
  return join(dataDir, 'secret.key')
}

/** The same on keys in memory, the one in use first; each 32 bytes. */
export function secretsOf(keys: readonly Buffer[]): Secrets {
  const byId = new Map(keys.map((key) => [keyIdOf(key), derived(key, 'field encryption')]))
  const [current] = keys
  if (current === undefined || keys.some((key) => key.length !== KEY_BYTES)) throw new RangeError('a secret key has 32 bytes')
  const keyId = keyIdOf(current)
  return {
    keyId,
    knows: (id) => byId.has(id),
    seal: (text, place) => seal(byId.get(keyId)!, keyId, text, place),
    open: (sealed, place) => open(byId, sealed, place),
    derive: (purpose) => derived(current, purpose).toString('base64url'),
  }
}

function seal(key: Buffer, keyId: string, text: string, place: Place): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return ['v1', keyId, nonce.toString('base64url'), sealed.toString('base64url'), cipher.getAuthTag().toString('base64url')].join('.')
}

function open(byId: ReadonlyMap<string, Buffer>, sealed: string, place: Place): string {
  const [version, keyId = '', nonce = '', text = '', tag = '', ...rest] = sealed.split('.')
  if (version !== 'v1' || rest.length > 0) throw new Error('a sealed value has an unknown form')
  const key = byId.get(keyId)
  if (key === undefined) throw new Error(`a sealed value needs the secret key ${keyId.slice(0, 16)}, which is not in secret.key`)
  const [nonceBytes, tagBytes] = [strictBase64(nonce), strictBase64(tag)]
  if (nonceBytes.length !== NONCE_BYTES || tagBytes.length !== TAG_BYTES) throw new Error('a sealed value has an unknown form')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceBytes, { authTagLength: TAG_BYTES })
      .setAAD(boundTo(place))
      .setAuthTag(tagBytes)
    return Buffer.concat([decipher.update(strictBase64(text)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new Error(`a sealed value of ${place.table}.${place.column} was changed or does not belong there`, { cause })
  }
}

/** Buffer.from skips what is no base64url and drops spare bits: two texts would open alike. */
function strictBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new Error('a sealed value has an unknown form')
  return bytes
}

function boundTo({ table, column, rowId, tenantId }: Place): Buffer {
  return Buffer.from(JSON.stringify([table, column, rowId, tenantId]))
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('huikuan key id').update(key).digest('hex').slice(0, 16)
}

function derived(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `huikuan ${purpose}`, KEY_BYTES))
}

/** Written aside, flushed and linked: of several first starts one wins, and nobody reads half a key. False when another was faster. */
function makeKeyFile(dataDir: string, file: string): boolean {
  mkdirSync(dataDir, { recursive: true })
  const aside = `${file}.${process.pid}.new`
  const handle = openSync(aside, 'wx', 0o600)
  try {
    writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64url')}\n`)
    fsyncSync(handle)
    linkSync(aside, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    closeSync(handle)
    rmSync(aside, { force: true })
  }
}
