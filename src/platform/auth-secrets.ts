import { createHash, randomBytes } from 'node:crypto'

/** A secret for a link or a key: 256 random bits, base64url; only its hash is kept. */
export function newSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: secretHash(secret) }
}

/** SHA-256: enough for what is random already (passwords are hashed by scrypt). */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
