import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import type { Route } from '../../src/platform/contract.ts'
import { writeCursor } from '../../src/platform/paging.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { fingerprint } from '../harness/fingerprint.ts'
import { allRoutes, nameOf, probe } from '../harness/probe.ts'
import { sample } from '../harness/sample.ts'
import { type Story, storyCompany } from '../harness/story.ts'

let app: TestApp
let story: Story
let questions: readonly Route[]
const failures: object[] = []
beforeAll(async () => {
  app = await startTestApp(undefined, { onError: (fields) => failures.push(fields) })
  story = await storyCompany(app, 'STORY')
  // Excel and PDF are the same questions as CSV, at twenty times the price
  questions = allRoutes(app).filter((route) => route.method === 'GET' && !/\.xlsx$|\.pdf$/.test(route.path))
}, 120_000)
afterAll(() => app.close())

/** Pieces of SQL, and what else has once passed through a filter into a statement. */
const FRAGMENTS = [
  "'", '"', "''", "' or '1'='1", "'; drop table ar.customers; --", "1; select pg_sleep(5)--", "1) union select null,null,null--", "\\", "\\'; --", '%', '_', '%_%', '$1', '$ {1}', '{{1}}', '$$', '$tag$', '::int', 'x\' || (select version()) || \'',
  '/* */', '--', ';', 'null', 'undefined', 'NaN', '-0', '1e3', '0x10', '[]', '{}', '[object Object]', '(select 1)', 'case when 1=1 then 1 end', 'asc; select 1', 'due desc, (select 1)', 'true) or (true', "E'\\x00'", '\u0000', '\ud800', '１００', '٣', '2026-02-31', '2026-11-21\'', '0000-00-00', '1970-01-01', '2199-12-31', '9999-12-31', '-infinity', 'now()', 'infinity', '../../etc/passwd', '..%2f', '%00', 'a'.repeat(4_000),
] // biome-ignore format: a list

type Place = { readonly route: Route; readonly key: string; readonly inPath: boolean }
/** Every parameter of every question: filters, sort, cursor, search, days, and the parts of the path. */
function places(): Place[] {
  return questions.flatMap((route) => [
    ...Object.keys(sample(route.query, uuid(), true) as object).map((key) => ({ route, key, inPath: false })),
    ...[...route.path.matchAll(/:(\w+)/g)].map(([, key]) => ({ route, key: key!, inPath: true })),
  ])
}

async function put(text: string, { route, key, inPath }: Place): Promise<string | undefined> {
  const required = sample(route.query, story.customers.child!) as Record<string, string>
  const query = inPath ? required : { ...required, [key]: text }
  const path = inPath
    ? route.path.replace(`:${key}`, encodeURIComponent(text.toWellFormed())).replace(/:\w+/g, story.customers.child!)
    : route.path.replace(/:\w+/g, story.customers.child!)
  const { status, body } = await story.company.people.administrator.get(`${path}?${new URLSearchParams(query)}`)
  return [200, 400, 401, 403, 404, 414, 422].includes(status)
    ? undefined
    : `${nameOf(route)} ${key} = ${JSON.stringify(text.slice(0, 60))}: ${status} ${JSON.stringify(body).slice(0, 200)}`
}

describe('T34: whatever stands in a parameter, it is data', () => {
  test('pieces of SQL in every parameter of every question', async () => {
    const before = await fingerprint(app)
    const wrong: string[] = []
    for (const place of places())
      for (const text of FRAGMENTS) {
        const found = await put(text, place)
        if (found) wrong.push(found)
      }
    expect(wrong).toEqual([])
    expect(failures).toEqual([])
    expect(places().length).toBeGreaterThan(150)
    expect(await fingerprint(app)).toEqual(before)
  }, 120_000)

  test('5,000 texts that nobody thought of', async () => {
    const all = places()
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(...FRAGMENTS).chain((one) => fc.string({ maxLength: 8 }).map((more) => one + more)),
    )
    const texts = fc.sample(fc.tuple(anything, fc.nat(all.length - 1)), { numRuns: 5_000, seed: 20261121 })
    const wrong: string[] = []
    for (const [text, at] of texts) {
      const found = await put(text, all[at]!)
      if (found) wrong.push(found)
    }
    expect(wrong).toEqual([])
    expect(failures).toEqual([])
  }, 120_000)

  test('a cursor of any shape', async () => {
    const paged = questions.filter((route) => Object.hasOwn(sample(route.query, uuid(), true) as object, 'cursor'))
    expect(paged.length).toBeGreaterThan(8)
    const value = fc.oneof(
      fc.constant(null),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(...FRAGMENTS),
      fc.integer(),
      fc.double(),
      fc.constantFrom('2026-11-21', '1000', story.customers.child!),
    )
    const cursors = fc.sample(fc.array(value, { maxLength: 5 }), { numRuns: 60, seed: 7 })
    const wrong: string[] = []
    for (const route of paged)
      for (const values of [
        ...cursors,
        ['2026-11-21', story.customers.child!],
        ['1', story.customers.child!],
        [null, story.customers.child!],
        [1, 2],
      ]) {
        const { status } = await probe(app, story.company.people.administrator, route, story.customers.child!, {
          query: `?${new URLSearchParams({ ...(sample(route.query, story.customers.child!) as Record<string, string>), cursor: writeCursor(values as string[]).slice(0, 499) })}`,
        })
        if (![200, 400, 404].includes(status)) wrong.push(`${nameOf(route)} ${JSON.stringify(values)}: ${status}`)
      }
    expect(wrong).toEqual([])
    expect(failures).toEqual([])
  }, 60_000)

  test('T49: a parameter that comes twice, and in the form of an array or object', async () => {
    const wrong: string[] = []
    for (const { route, key } of places().filter((place) => !place.inPath)) {
      const path = route.path.replace(/:\w+/g, story.customers.child!)
      for (const query of [`${key}=a&${key}=b`, `${key}[]=a`, `${key}[$gt]=1`, `${key}[__proto__][x]=1`, `${key}=`]) {
        const { status } = await story.company.people.administrator.get(`${path}?${query}`)
        if (status >= 500) wrong.push(`${nameOf(route)} ${query}: ${status}`)
      }
    }
    expect(wrong).toEqual([])
    expect(failures).toEqual([])
  }, 60_000)
})
