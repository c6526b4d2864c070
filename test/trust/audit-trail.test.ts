import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import { settingDefinitions } from '../../src/modules/company/setting-definitions.ts'
import type { Route } from '../../src/platform/contract.ts'
import { type Person, type Reply, startTestApp, type TestApp } from '../harness/app.ts'
import { idsByTable } from '../harness/ids.ts'
import { allRoutes, nameOf } from '../harness/probe.ts'
import { jsonForm } from '../harness/sample.ts'
import { type Story, storyCompany } from '../harness/story.ts'
import { upload } from '../harness/upload.ts'

/** Sent by POST, but only asked: nothing is written. */
const QUESTIONS = ['POST /api/terms/preview', 'POST /api/credit/check', 'POST /api/orders/check', 'POST /api/receipt-checks', 'POST /api/allocations/preview'] // biome-ignore format: a list
/** Nothing of the business, or of anybody's rights, changes. */
const PERSONAL = ['POST /api/saved-views', 'DELETE /api/saved-views/:id', 'POST /api/notifications/read', 'POST /api/sign-in', 'POST /api/sign-in/totp', 'POST /api/sign-out', 'POST /api/totp/enrol'] // biome-ignore format: a list
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
let ids: Record<string, string>
const done: Done[] = []
const refused: string[] = []
beforeAll(async () => {
  app = await startTestApp()
  writes = allRoutes(app).filter((route) => route.method !== 'GET')
  noteWrites()
  story = await storyCompany(app, 'TRAIL')
  ids = await idsByTable(app, story.company.tenantId)
  await editEverything()
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

type Row = Record<string, unknown>
/** Sends what is there, with a change, to the route that edits it. */
async function edit(person: Person, name: string, path: string, current: Row, change: Row): Promise<Reply> {
  const route = writes.find((one) => nameOf(one) === name)!
  const known = Object.keys(jsonForm(route.body).properties ?? {})
  const kept = Object.fromEntries(Object.entries(current ?? {}).filter(([key]) => known.includes(key)))
  return person.send(route.method as 'PUT', path, { ...kept, ...change })
}

/** What the story leaves out: each kind of thing is edited once. */
async function editEverything(): Promise<void> {
  const { administrator } = story.company.people
  const get = async (path: string): Promise<Row> => (await administrator.get(path)).body
  const listed = async (path: string, key = 'id', value?: string): Promise<Row> => {
    const items = (await get(path)).items as Row[]
    return (value === undefined ? items[0] : items.find((one) => one[key] === value))!
  }
  await editCompany(administrator, get)
  await editPeople(administrator, listed)
  await editMasterData(administrator, get, listed)
  await editBooks(administrator, get, listed)
  await editDocuments(get)
  await bringIn()
}
type Get = (path: string) => Promise<Row>
type Listed = (path: string, key?: string, value?: string) => Promise<Row>

async function editCompany(by: Person, get: Get): Promise<void> {
  await edit(by, 'PUT /api/company', '/api/company', await get('/api/company'), { name: 'TRAIL 2' })
  await edit(by, 'PUT /api/company/modules', '/api/company/modules', await get('/api/company'), { modulesOff: ['imports'] })
  await edit(by, 'PUT /api/company/modules', '/api/company/modules', await get('/api/company'), { modulesOff: [] })
  const { id } = (await by.post('/api/entities', { code: 'TWO', name: '第二主体', taxId: null })).body
  const entity = ((await get('/api/company'))['entities'] as Row[]).find((one) => one['id'] === id)!
  await edit(by, 'PUT /api/entities/:id', `/api/entities/${id}`, entity, { name: '第三主体' })
  for (const key of Object.keys(settingDefinitions)) {
    const { value, version } = (await by.get(`/api/settings/${key}`)).body
    await by.send('PUT', `/api/settings/${key}`, { value, version })
  }
  const customers = await get('/api/customers/settings')
  const number = Object.keys(customers).find((key) => typeof customers[key] === 'number' && key !== 'version')!
  await edit(by, 'PUT /api/customers/settings', '/api/customers/settings', customers, { [number]: Number(customers[number]) + 1 })
  await edit(by, 'PUT /api/credit/settings', '/api/credit/settings', await get('/api/credit/settings'), { orderHorizonDays: 77 })
}

async function editPeople(by: Person, listed: Listed): Promise<void> {
  const { collector, salesperson } = story.company.people
  const person = `/api/people/${collector.caller.actorId}`
  const { id } = (await by.post('/api/teams', { name: '三组' })).body
  await by.send('PUT', `/api/teams/${id}`, { name: '四组', version: 1 })
  await edit(by, 'PUT /api/people/:id', person, (await by.get(person)).body, { teamId: id })
  const invited = {
    name: '新人',
    email: 'new@example.com',
    role: 'auditor',
    dataScope: 'all',
    teamId: null,
    phone: null,
    language: 'zh-CN',
  }
  const made = (await by.post('/api/people', invited)).body
  await by.post(`/api/people/${made.id}/link`)
  const { link } = (await by.post(`/api/people/${made.id}/link`)).body
  const acceptance = { name: '新人', password: 'tin lamp river 7', language: 'zh-CN' }
  await salesperson.post(`/api/invitations/${String(link).split('/').at(-1)}/acceptance`, acceptance)
  await by.send('DELETE', `${person}/sessions`)
  await by.send('DELETE', `${person}/totp`)
  await edit(by, 'PUT /api/people/:id/status', `${person}/status`, (await by.get(person)).body, { status: 'disabled' })
  await by.send('DELETE', `/api/api-keys/${(await listed('/api/api-keys'))['id']}`)
  await salesperson.send('PUT', '/api/account', { name: '小李', phone: null, language: 'zh-CN' })
  const task = await app.database.pool.query('select t.id, t.version, t.person_id from ar.tasks t where t.tenant_id = $1 and t.done_at is null limit 1', [story.company.tenantId]) // biome-ignore format: one question
  const asked = Object.values(story.company.people).find((one) => one.caller.actorId === task.rows[0]?.person_id)
  await asked?.post(`/api/tasks/${task.rows[0].id}/outcome`, { outcome: '致谢', version: task.rows[0].version })
}

async function editMasterData(by: Person, get: Get, listed: Listed): Promise<void> {
  const { child, plain, twin, foreign } = story.customers
  const customer = await get(`/api/customers/${plain}`)
  await by.post(`/api/customers/${plain}/verification`, { version: customer['version'] })
  const { version } = await get(`/api/customers/${foreign}`)
  await by.post('/api/customers/hand-over', { customers: [{ id: foreign, version }], salespersonId: story.company.people.secondSalesperson.caller.actorId, moveReceivables: true, reason: '换人' }) // biome-ignore format: one call
  await by.post('/api/customers/duplicates/dismissal', { aId: plain, bId: twin })
  const contact = await app.database.pool.query('select c.id, c.version from ar.customer_contacts c where c.customer_id = $1', [child])
  await by.send('PATCH', `/api/customers/${child}/contacts/${contact.rows[0].id}`, { version: contact.rows[0].version, name: '王二' })
  await by.send('PATCH', `/api/regions/${ids['regions']}`, { version: 1, name: '华南' })
  const product = `/api/products/${story.products.service}`
  await edit(by, 'PUT /api/products/:id', product, await get(product), { name: '维修' })
  await edit(by, 'PUT /api/products/:id/status', `${product}/status`, await get(product), { status: 'disabled' })
  const terms = `/api/terms/${story.terms.discount}`
  await edit(by, 'PUT /api/terms/:id', terms, await get(terms), { name: '2/10, n/30 (新)' })
  await by.send('PUT', '/api/terms/calendar/2026-12-24', { working: false, name: '盘点', version: 0 })
  await by.send('PUT', '/api/terms/calendar/2026-12-24', { working: false, name: '盘点日', version: 1 })
  await by.send('DELETE', '/api/terms/calendar/2026-12-24')
  await by.post(`/api/customers/${plain}/terms`, { termsId: story.terms.discount, effectiveFrom: '2027-01-01' })
  const row = await app.database.pool.query(`select t.id from ar.customer_terms t where t.customer_id = $1 and t.effective_from = '2027-01-01'`, [plain]) // biome-ignore format: one question
  await by.send('DELETE', `/api/customers/${plain}/terms/${row.rows[0]?.id}`)
  await by.send('DELETE', `/api/files/${ids['files']}`)
  await edit(by, 'PUT /api/payment-methods/:id', `/api/payment-methods/${ids['payment_methods']}`, await listed('/api/payment-methods', 'id', ids['payment_methods']), { name: '改名' }) // biome-ignore format: one call
  await edit(by, 'PUT /api/bank-accounts/:id', `/api/bank-accounts/${ids['bank_accounts']}`, await listed('/api/bank-accounts'), { name: '一般户', accountNo: '6222020200011113333' }) // biome-ignore format: one call
}

async function editBooks(by: Person, get: Get, listed: Listed): Promise<void> {
  const { financeManager } = story.company.people
  const rule = await listed('/api/approval-rules')
  await by.post('/api/approval-rules', { kind: rule['kind'], name: '新规则', conditions: rule['conditions'], steps: rule['steps'] })
  await edit(by, 'PUT /api/approval-rules/:id', `/api/approval-rules/${rule['id']}`, rule, { name: '改名的规则' })
  await financeManager.post(`/api/approval-delegations/${ids['approval_delegations']}/revocation`)
  await by.post('/api/accounts', { code: '112299', name: { 'zh-CN': '其他应收', 'zh-TW': '其他應收', en: 'Other' }, kind: 'asset' })
  await edit(by, 'PUT /api/accounts/:code', '/api/accounts/112299', await listed('/api/accounts', 'code', '112299'), { status: 'disabled' })
  const first = ((await get('/api/periods?year=2012'))['items'] as Row[]).at(-1)!
  await by.post(`/api/periods/${first['period']}/closing`, { version: first['version'] })
  await by.post(`/api/periods/${first['period']}/reopening`, { version: Number(first['version']) + 1, reason: '补记' })
  const scheme = { key: 'mine', name: '我们的', basis: 'due', unit: 'day', buckets: [{ from: 1, to: 30 }, { from: 30 }] }
  await edit(by, 'PUT /api/ageing/schemes', '/api/ageing/schemes', await get('/api/ageing/schemes'), { schemes: [scheme] })
  const { rules, accountCodes } = (await by.get('/api/posting-rules')).body
  await edit(by, 'PUT /api/posting-rules/:kind', `/api/posting-rules/${rules[0].kind}`, rules[0], { lines: [...rules[0].lines].reverse(), reason: '排序' }) // biome-ignore format: one call
  const codes = [{ key: accountCodes.codes[0].key, code: accountCodes.codes[0].code }]
  await by.send('PUT', '/api/posting-accounts', { version: accountCodes.version, codes, reason: '照旧' })
}

async function editDocuments(get: Get): Promise<void> {
  const { salesperson, arAccountant, secondAccountant } = story.company.people
  const at = (key: string) => `/api/orders/${story.orders[key]}`
  const version = async (path: string) => (await get(path))['version']
  const line = { productId: story.products.pump, quantity: '5' }
  const draft = { customerId: story.customers.child, deliveryOn: '2026-12-01', lines: [line] }
  await salesperson.send('PUT', at('draft'), { version: await version(at('draft')), draft })
  await salesperson.post('/api/orders/copy-of-last', { customerId: story.customers.child })
  await salesperson.post(`${at('waiting')}/withdrawal`, { version: await version(at('waiting')) })
  await arAccountant.post(`${at('partly')}/deliveries/undo`, { version: await version(at('partly')), reason: '点错了' })
  await salesperson.post('/api/orders/submissions', { orders: [{ id: story.orders.draft, version: await version(at('draft')) }] })
  await arAccountant.post(`${at('draft')}/reopening`, { version: await version(at('draft')), reason: '又要了' })
  const { ids: made } = (await arAccountant.post('/api/receipts', { receipts: [{ customerId: story.customers.child, amount: '7.00', receivedOn: '2026-11-20' }], acceptDuplicates: true })).body // biome-ignore format: one call
  await arAccountant.send('PUT', `/api/receipts/${made[0]}`, { version: 1, customerId: story.customers.child, amount: '8.00', receivedOn: '2026-11-20' }) // biome-ignore format: one call
  await secondAccountant.post('/api/receipts/confirmations', { receipts: [{ id: made[0], version: 2 }] })
  await arAccountant.post(`/api/receipts/${made[0]}/undo`, { version: await version(`/api/receipts/${made[0]}`), reason: '退回' })
  const limit = { kind: 'standard', limit: '900000.00', effectiveFrom: '2026-11-21', reason: '扩大' }
  await arAccountant.post(`/api/credit/${story.customers.child}/limits`, { version: await version(`/api/credit/${story.customers.child}`), ...limit }) // biome-ignore format: one call
  const waiting = await app.database.pool.query(`select r.id, r.version from ar.approval_requests r where r.status = 'pending' and r.requested_by = $1`, [arAccountant.caller.actorId]) // biome-ignore format: one question
  await arAccountant.post(`/api/approvals/${waiting.rows[0]?.id}/withdrawal`, { version: waiting.rows[0]?.version })
}

async function bringIn(): Promise<void> {
  const { arAccountant } = story.company.people
  const { id } = (await upload(arAccountant, app, { kind: 'products', name: 'p.csv', content: `编码,名称,单位\nP-${uuid().slice(0, 8)},阀门,个\n` })).body // biome-ignore format: one call
  await arAccountant.post(`/api/imports/${id}/start`)
  await arAccountant.post(`/api/imports/${id}/cancellation`)
  await arAccountant.post(`/api/imports/${id}/resumption`)
  await app.drain()
  await arAccountant.post(`/api/imports/${id}/undoing`)
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
