import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSecrets, type Place, secretsOf } from './secrets.ts'

const PLACE: Place = { tenantId: 7, table: 'secrets', column: 'sealed', rowId: '01912345-6789-7123-8456-000000000001' }
const secrets = secretsOf([randomBytes(32)])

describe('a sealed value', () => {
  it.each(['', 'x', '密钥 🔑\n', 'k'.repeat(10_000)])('opens in its place', (text) => {
    expect(secrets.open(secrets.seal(text, PLACE), PLACE)).toBe(text)
  })

  it('looks different each time and does not contain the text', () => {
    const sealed = Array.from({ length: 50 }, () => secrets.seal('same', PLACE))
    expect(new Set(sealed.map((value) => value.split('.')[2])).size).toBe(50)
    expect(sealed.some((value) => value.includes(Buffer.from('same').toString('base64url')))).toBe(false)
  })

  it.each([{ tenantId: 8 }, { table: 'people' }, { column: 'last4' }, { rowId: '01912345-6789-7123-8456-000000000002' }])(
    'does not open elsewhere: %o',
    (other) => {
      const sealed = secrets.seal('swap me', PLACE)
      expect(() => secrets.open(sealed, { ...PLACE, ...other })).toThrow('was changed or does not belong there')
    },
  )

  it('does not open when any character of it is another', () => {
    const sealed = secrets.seal('one bit', PLACE)
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
      expect(() => secrets.open(changed, PLACE), `character ${at}`).toThrow('sealed value')
    }
  })

  it('does not open cut short, with a shorter tag, or under an unknown key', () => {
    const sealed = secrets.seal('text', PLACE)
    const parts = sealed.split('.')
    expect(() => secrets.open(sealed.slice(0, -1), PLACE)).toThrow('sealed value')
    expect(() =>
      secrets.open([...parts.slice(0, 4), Buffer.from(parts[4]!, 'base64url').subarray(0, 4).toString('base64url')].join('.'), PLACE),
    ).toThrow('unknown form')
    expect(() => secretsOf([randomBytes(32)]).open(sealed, PLACE)).toThrow(`needs the secret key ${secrets.keyId}`)
  })

  it('still opens after a new key came before the old one', () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)]
    const sealed = secretsOf([old]).seal('before', PLACE)
    const rotated = secretsOf([fresh, old])
    expect(rotated.open(sealed, PLACE)).toBe('before')
    expect(rotated.seal('after', PLACE).split('.')[1]).toBe(secretsOf([fresh]).keyId)
  })

  it('derives one key a purpose', () => {
    expect(secrets.derive('a')).toBe(secrets.derive('a'))
    expect(secrets.derive('a')).not.toBe(secrets.derive('b'))
  })
})

describe('the key file', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'key-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is made once, for this user only, with a warning to back it up', () => {
    const said: string[] = []
    const first = openSecrets(join(folder, 'data'), (line) => said.push(line))
    const second = openSecrets(join(folder, 'data'), (line) => said.push(line))
    expect(said).toEqual([expect.stringContaining('Back it up')])
    expect(second.open(first.seal('x', PLACE), PLACE)).toBe('x')
    expect(statSync(join(folder, 'data/secret.key')).mode & 0o777).toBe(0o600)
    expect(said.join()).not.toContain(readFileSync(join(folder, 'data/secret.key'), 'utf8').trim())
  })

  it('is refused when damaged, and reported when others can read it', () => {
    writeFileSync(join(folder, 'secret.key'), 'short\n', { mode: 0o600 })
    expect(() => openSecrets(folder, () => undefined)).toThrow('is damaged')
    writeFileSync(join(folder, 'secret.key'), randomBytes(32).toString('base64url'))
    chmodSync(join(folder, 'secret.key'), 0o644)
    const said: string[] = []
    openSecrets(folder, (line) => said.push(line))
    expect(said).toEqual([expect.stringContaining('chmod 600')])
  })
})
