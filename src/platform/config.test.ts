import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('settings', () => {
  it('have defaults that work on one machine and are closed to the network', () => {
    expect(readConfig({}).config).toEqual({
      dataDir: resolve('data'),
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://localhost:8080',
      databaseUrl: undefined,
      role: 'all',
      logLevel: 'info',
      trustedProxies: [],
      innerMailServers: [],
      diskLeastMb: 200,
    })
  })

  it('are read from the environment; the command line wins', () => {
    const environment = {
      HUIKUAN_PORT: '9000',
      HUIKUAN_ROLE: 'api',
      HUIKUAN_PUBLIC_URL: 'https://ar.example.com/',
      HUIKUAN_TRUSTED_PROXIES: '10.0.0.1, 10.1.0.0/16',
      HUIKUAN_INNER_MAIL_SERVERS: 'localhost:1025, Mail.corp.lan:25',
    }
    const { config } = readConfig(environment, ['--role', 'worker'])
    expect(config).toMatchObject({
      port: 9000,
      role: 'worker',
      publicUrl: 'https://ar.example.com',
      trustedProxies: ['10.0.0.1', '10.1.0.0/16'],
      innerMailServers: ['localhost:1025', 'mail.corp.lan:25'],
    })
    expect(readConfig({}, ['--role=api']).config.role).toBe('api')
  })

  it('treat an empty value as absent', () => {
    expect(readConfig({ HUIKUAN_PORT: '', DATABASE_URL: '' }).config).toMatchObject({ port: 8080, databaseUrl: undefined })
  })

  it.each([
    [{ HUIKUAN_PORT: '70000' }, 'HUIKUAN_PORT must be a number from 0 to 65535'],
    [{ HUIKUAN_PORT: '80x' }, 'HUIKUAN_PORT must be a number from 0 to 65535'],
    [{ DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL must be a postgres:// address'],
    [{ HUIKUAN_PUBLIC_URL: 'ftp://x' }, 'HUIKUAN_PUBLIC_URL must be an http:// or https:// address'],
    [{ HUIKUAN_PUBLIC_URL: 'https://x.example/ar' }, 'HUIKUAN_PUBLIC_URL must not have a path'],
    [{ HUIKUAN_ROLE: 'boss' }, 'HUIKUAN_ROLE must be one of api, worker, all'],
  ])('refuse %o', (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(sentence)
  })

  it.each([[['--rolle', 'api']], [['--role']], [['--role', 'api', 'now']], [['--role=api', 'now']]])('refuse the arguments %o', (args) => {
    expect(() => readConfig({}, args)).toThrow('Unknown argument')
  })

  it('never repeat a password in the sentence', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://user:hunter2@db/x' })).toThrow(expect.not.stringContaining('hunter2'))
  })

  it('warn about a name that does not exist', () => {
    expect(readConfig({ HUIKUAN_PROT: '1', HUIKUAN_API_KEY: 'x', HOME: '/' }).warnings).toEqual([
      'HUIKUAN_PROT is not a setting of Huikuan and is ignored.',
    ])
  })
})
