import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../src/platform/contract.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { idsByTable } from '../harness/ids.ts'
import { allRoutes, nameOf } from '../harness/probe.ts'
import { type Story, storyCompany } from '../harness/story.ts'
import { editEverything } from '../harness/trail-edits.ts'

/** Sent by POST, but only asked: nothing is written. */
const QUESTIONS = ['POST /api/terms/preview', 'POST /api/credit/check', 'POST /api/orders/check', 'POST /api/receipt-checks', 'POST /api/allocations/preview', 'POST /api/dunning/walk', 'POST /api/dunning/templates/preview'] // biome-ignore format: a list
/** Nothing of the business, or of anybody's rights, changes: who sits at a session shows it again, or looks into the demo company and comes back. */
const PERSONAL = ['POST /api/saved-views', 'DELETE /api/saved-views/:id', 'POST /api/notifications/read', 'POST /api/sign-in', 'POST /api/sign-in/totp', 'POST /api/sign-out', 'POST /api/totp/enrol', 'POST /api/session/confirmation', 'POST /api/demo/visit', 'DELETE /api/demo/visit'] // biome-ignore format: a list
/** A draft that nobody but its maker works on: what becomes of it is in the entry of its start. */
const DRAFTS = ['PUT /api/imports/:id/mapping', 'POST /api/imports/:id/table', 'POST /api/imports/:id/mapping-name', 'DELETE /api/import-mappings/:id'] // biome-ignore format: a list

/** Their entries are looked at in own-secrets.test.ts, sign-in.test.ts and one-person-company.test.ts. */
const ELSEWHERE = ['DELETE /api/sessions/:id', 'POST /api/password', 'POST /api/totp/confirm', 'POST /api/totp/remove', 'POST /api/setup', 'PUT /api/company/four-eyes'] // biome-ignore format: a list
/** Names and telephone numbers may have to be erased one day, the log never is: it says which fields changed. */
const WORDS_OF_PEOPLE = ['customers.contactChanged', 'people.editedSelf']

type Done = { readonly name: string; readonly actorId: string; readonly requestId: string }
type Entry = {
  actor_id: string
  at: Date
  ip: string
  action: string
  entity: string
  entity_id: string | null
  body: { detail?: { key?: string } }
}
let app: TestApp
let story: Story
let writes: readonly Route[]
const done: Done[] = []
const refused: string[] = []
beforeAll(async () => {
  app = await startTestApp()
  writes = allRoutes(app).filter((route) => route.method !== 'GET')
  noteWrites()
  story = await storyCompany(app, 'TRAIL')
  await editEverything({ app, story, writes, ids: await idsByTable(app, story.company.tenantId) })
}, 120_000)
afterAll(() => app.close())

/** Every write that was done, by whom, and under which request id. */
function noteWrites(): void {
  const inject = app.server.inject.bind(app.server) as (options: InjectOptions) => ReturnType<typeof app.server.inject>
  const noted = async (options: InjectOptions) => {
    const answer = (await inject(options)) as unknown as { statusCode: number; headers: Record<string, unknown>; payload: string }
    const path = String(options.url).split('?')[0]!
    const route = writes.find((one) => one.method === options.method && new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
    const actorId = String((options.headers as Record<string, string>)['x-test-caller'])
    if (route && answer.statusCode < 300) done.push({ name: nameOf(route), actorId, requestId: String(answer.headers['x-request-id']) })
    else if (route) refused.push(`${nameOf(route)}: ${answer.statusCode} ${answer.payload.slice(0, 300)}`)
    return answer
  }
  Object.assign(app.server, { inject: noted })
}

/** What stood nowhere before has no earlier state. */
function isNew(body: object): boolean {
  return !('before' in body) && (body as { after?: { onDay?: string; name?: string } }).after?.name === '盘点'
}

async function entriesOf(requestId: string): Promise<Entry[]> {
  const { rows } = await app.database.pool.query<Entry>(
    'select l.actor_id, l.at, l.ip, l.action, l.entity, l.entity_id, l.body from ar.audit_log l where l.request_id = $1',
    [requestId],
  )
  return rows
}

describe('T110: a write that was done', () => {
  test('leaves exactly one audit entry for each document: who, when, from where, and what changed', async () => {
    const wrong: string[] = []
    for (const { name, actorId, requestId } of done) {
      if ([...QUESTIONS, ...PERSONAL, ...DRAFTS].includes(name)) continue
      const entries = await entriesOf(requestId)
      const documents = entries.map(({ action, entity, entity_id, body }) => `${action} ${entity} ${entity_id ?? body.detail?.key}`)
      if (entries.length === 0) wrong.push(`${name}: none`)
      if (new Set(documents).size !== documents.length) wrong.push(`${name}: two for one, ${documents.join('; ')}`)
      for (const { actor_id, at, ip, action, body } of entries) {
        if (actor_id !== actorId && !name.includes('invitations')) wrong.push(`${name} ${action}: by somebody else`)
        if (ip !== '127.0.0.1' || !(at instanceof Date)) wrong.push(`${name} ${action}: from nowhere`)
        const isEdit = /edited|changed|renamed|saved/i.test(action) && !WORDS_OF_PEOPLE.includes(action) && !isNew(body)
        if (isEdit && !('before' in body && 'after' in body)) wrong.push(`${name} ${action}: ${Object.keys(body).join()} only`)
      }
    }
    expect(wrong).toEqual([])
  })
  test('is tried here for every route that writes, but for those that other tests look at', () => {
    const names = new Set(done.map(({ name }) => name))
    const left = writes
      .map(nameOf)
      .filter((name) => !names.has(name) && ![...QUESTIONS, ...PERSONAL, ...DRAFTS, ...ELSEWHERE].includes(name))
    expect(left, refused.join('\n')).toEqual([])
  })
})
