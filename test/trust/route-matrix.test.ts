import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { uuid } from '../../src/kernel/uuid.ts'
import { permissionsOf, type Role, roles } from '../../src/modules/people/roles.ts'
import type { Route } from '../../src/platform/contract.ts'
import type { openApi } from '../../src/platform/openapi.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { fingerprint } from '../harness/fingerprint.ts'
import { allRoutes, namedPermissions, nameOf, probe } from '../harness/probe.ts'
import { jsonForm, objectsOf, sample } from '../harness/sample.ts'

/** Whoever may call these needs no session: everything else must be refused without one. */
const PUBLIC = [
  'GET /api/invitations/:token',
  'POST /api/invitations/:token/acceptance',
  'GET /api/setup',
  'POST /api/setup',
  'POST /api/sign-in',
  'POST /api/sign-in/totp',
]
/** Bodies whose fields exclude each other: no sample with every field is taken. */
const EXCLUSIVE = ['POST /api/allocations/reversals']
/** Fields that a caller would like to set: whatever route does not declare one must refuse it. */
const WANTED_BY_ATTACKERS = ['tenantId', 'tenant_id', 'companyId', 'approvedBy', 'approvedHow', 'createdAt', 'createdBy', 'creditLimit', 'balance', 'open', 'allocated', 'confirmedBy', '__proto', 'role_'] // biome-ignore format: a list

let app: TestApp
let company: TestCompany
let all: readonly Route[]
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('own')
  all = allRoutes(app)
}, 60_000)
afterAll(() => app.close())

const writes = () => all.filter((route) => route.method !== 'GET' && route.kind === 'json')

describe('the contract', () => {
  test('every route names a permission that exists, and the public ones are these', () => {
    for (const route of all) expect(namedPermissions, nameOf(route)).toContain(route.permission)
    expect(
      all
        .filter((route) => route.permission === 'public')
        .map(nameOf)
        .sort(),
    ).toEqual([...PUBLIC].sort())
    expect(all.length).toBeGreaterThan(120)
  })
  test('no two routes are one, and every path is under /api/', () => {
    expect(new Set(all.map(nameOf)).size).toBe(all.length)
    for (const route of all) expect(route.path).toMatch(/^\/api\//)
  })
  test('OpenAPI names each of them, with its permission', async () => {
    const document = (await company.people.auditor.get('/api/openapi.json')).body as ReturnType<typeof openApi>
    for (const route of all)
      expect(document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]?.['x-permission'], nameOf(route)).toBe(
        route.permission,
      )
    const counted = Object.values(document.paths).reduce((sum, path) => sum + Object.keys(path).length, 0)
    expect(counted).toBe(all.length)
  })
  test('every probe sends what the contract takes, so that what refuses it is the thing under test', () => {
    for (const route of writes().filter((one) => !EXCLUSIVE.includes(nameOf(one)))) {
      const wrong = z.safeParse(route.body, sample(route.body, uuid(), true)).error?.issues ?? []
      expect(
        wrong.map((issue) => `${issue.path.join('.')} ${issue.message}`),
        nameOf(route),
      ).toEqual([])
    }
  })
  test('T15: every object that a request may hold refuses fields it does not declare', () => {
    for (const route of all)
      for (const part of ['params', 'query', 'body'] as const)
        for (const { where, strict } of objectsOf(jsonForm(route[part])))
          expect(strict, `${nameOf(route)} ${part} ${where.join('.')}`).toBe(true)
  })
})

describe('T12: without a session', () => {
  test('every route but the public ones answers 401, and nothing is written (T14)', async () => {
    const before = await fingerprint(app)
    for (const route of all.filter((one) => one.permission !== 'public')) {
      const answer = await probe(app, undefined, route, uuid())
      expect([answer.status, answer.body.code], nameOf(route)).toEqual([401, 'people.signedOut'])
    }
    expect(await fingerprint(app)).toEqual(before)
  }, 30_000)
  test.each([['Bearer nonsense'], ['Bearer hk_0000000000000000'], ['Basic YWRtaW46YWRtaW4='], ['Bearer ']])(
    '%s is no key',
    async (authorization) => {
      for (const route of all.filter((one) => one.permission !== 'public').slice(0, 40))
        expect((await probe(app, undefined, route, uuid(), { headers: { authorization } })).status, nameOf(route)).toBe(401)
    },
  )
})

/** Rights that one field of a request asks for beyond those of its route. */
const OF_A_FIELD: readonly string[] = ['people.shareViews']

describe('T13: route × role is the table of roles.ts', () => {
  test.each(roles)(
    '%s: refused where the table says so, and refused means untouched (T14)',
    async (role: Role) => {
      const allowed = permissionsOf(role)
      const before = await fingerprint(app)
      for (const route of all) {
        if (route.permission === 'public' || route.permission === 'signedIn' || allowed.has(route.permission)) continue
        const answer = await probe(app, company.people[role], route, uuid())
        expect([answer.status, answer.body.code], `${role} ${nameOf(route)}`).toEqual([403, 'people.mayNot'])
      }
      expect(await fingerprint(app)).toEqual(before)
    },
    60_000,
  )
  test.each(roles)(
    '%s: not refused where the table allows it, and never a failure of ours',
    async (role: Role) => {
      const fresh = await app.company(`fresh ${role}`)
      const wrong: string[] = []
      const allowed = permissionsOf(role)
      for (const route of all) {
        if (route.permission === 'public' || route.kind === 'upload' || !(route.permission === 'signedIn' || allowed.has(route.permission)))
          continue
        const { status, body } = await probe(app, fresh.people[role], route, uuid())
        const isOfField = OF_A_FIELD.includes(body?.params?.permission) && !allowed.has(body.params.permission)
        if (status >= 500 || (body?.code === 'people.mayNot' && !isOfField))
          wrong.push(`${nameOf(route)}: ${status} ${JSON.stringify(body)}`)
      }
      expect(wrong).toEqual([])
    },
    60_000,
  )
})

describe('T02, T15: fields outside the contract', () => {
  test('are refused by every writing route, at every depth, each by its name', async () => {
    const wrong: string[] = []
    for (const route of writes().filter((one) => one.permission !== 'public')) {
      for (const { where } of objectsOf(jsonForm(route.body))) {
        const body = sample(route.body, uuid(), true)
        const target = where.reduce<Record<string, unknown> | undefined>(
          (inner, key) => inner?.[key] as Record<string, unknown> | undefined,
          body as Record<string, unknown>,
        )
        if (typeof target !== 'object' || target === null) continue
        const extra = WANTED_BY_ATTACKERS.filter((name) => !Object.hasOwn(target, name))
        for (const name of extra) target[name] = 1
        const { status, body: said } = await probe(app, company.people.administrator, route, uuid(), { body })
        if (status !== 400) wrong.push(`${nameOf(route)} ${where.join('.')}: ${status} ${JSON.stringify(said)}`)
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)
  test('in the query are refused by every route', async () => {
    const wrong: string[] = []
    for (const route of all.filter((one) => one.permission !== 'public' && one.kind !== 'upload')) {
      const answer = await probe(app, company.people.administrator, route, uuid(), { query: '?tenantId=1&tenant_id=1' })
      const said = JSON.stringify(answer.body)
      if (answer.status !== 400 || !said.includes('platform.unknownField')) wrong.push(`${nameOf(route)}: ${answer.status} ${said}`)
    }
    expect(wrong).toEqual([])
  }, 60_000)
})
