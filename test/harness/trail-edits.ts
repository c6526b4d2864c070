import { uuid } from '../../src/kernel/uuid.ts'
import { settingDefinitions } from '../../src/modules/company/setting-definitions.ts'
import type { Route } from '../../src/platform/contract.ts'
import type { Person, Reply, TestApp } from './app.ts'
import { nameOf } from './probe.ts'
import { jsonForm } from './sample.ts'
import type { Story } from './story.ts'
import { editDunning, editMessages, editReports, makeDemos } from './trail-sendings.ts'
import { upload } from './upload.ts'

export type Row = Record<string, unknown>
export type Get = (path: string) => Promise<Row>
type Listed = (path: string, key?: string, value?: string) => Promise<Row>
/** A story, one id of each table of it, and the routes that write. */
export type Trail = {
  readonly app: TestApp
  readonly story: Story
  readonly writes: readonly Route[]
  readonly ids: Readonly<Record<string, string>>
}

/** What the story leaves out: each kind of thing is edited once. */
export async function editEverything(trail: Trail): Promise<void> {
  const { administrator } = trail.story.company.people
  const get = async (path: string): Promise<Row> => (await administrator.get(path)).body
  const listed = async (path: string, key = 'id', value?: string): Promise<Row> => {
    const items = (await get(path)).items as Row[]
    return (value === undefined ? items[0] : items.find((one) => one[key] === value))!
  }
  await editCompany(trail, administrator, get)
  await editPeople(trail, administrator, listed)
  await editMasterData(trail, administrator, get, listed)
  await editBooks(trail, administrator, get, listed)
  await editDocuments(trail, get)
  await editDunning(trail)
  await editMessages(trail, get)
  await editReports(trail)
  await bringIn(trail)
  await makeDemos(trail)
}

/** Sends what is there, with a change, to the route that edits it. */
async function edit({ writes }: Trail, person: Person, name: string, path: string, current: Row, change: Row): Promise<Reply> {
  const route = writes.find((one) => nameOf(one) === name)!
  const known = Object.keys(jsonForm(route.body).properties ?? {})
  const kept = Object.fromEntries(Object.entries(current ?? {}).filter(([key]) => known.includes(key)))
  return person.send(route.method as 'PUT', path, { ...kept, ...change })
}

async function editCompany(trail: Trail, by: Person, get: Get): Promise<void> {
  await edit(trail, by, 'PUT /api/company', '/api/company', await get('/api/company'), { name: 'TRAIL 2' })
  await edit(trail, by, 'PUT /api/company/modules', '/api/company/modules', await get('/api/company'), { modulesOff: ['imports'] })
  await edit(trail, by, 'PUT /api/company/modules', '/api/company/modules', await get('/api/company'), { modulesOff: [] })
  const { id } = (await by.post('/api/entities', { code: 'TWO', name: '第二主体', taxId: null })).body
  const entity = ((await get('/api/company'))['entities'] as Row[]).find((one) => one['id'] === id)!
  await edit(trail, by, 'PUT /api/entities/:id', `/api/entities/${id}`, entity, { name: '第三主体' })
  for (const key of Object.keys(settingDefinitions)) {
    const { value, version } = (await by.get(`/api/settings/${key}`)).body
    await by.send('PUT', `/api/settings/${key}`, { value, version })
  }
  const customers = await get('/api/customers/settings')
  const number = Object.keys(customers).find((key) => typeof customers[key] === 'number' && key !== 'version')!
  await edit(trail, by, 'PUT /api/customers/settings', '/api/customers/settings', customers, { [number]: Number(customers[number]) + 1 })
  await edit(trail, by, 'PUT /api/credit/settings', '/api/credit/settings', await get('/api/credit/settings'), { orderHorizonDays: 77 })
}

async function editPeople(trail: Trail, by: Person, listed: Listed): Promise<void> {
  const { app, story } = trail
  const { collector, salesperson } = story.company.people
  const person = `/api/people/${collector.caller.actorId}`
  const { id } = (await by.post('/api/teams', { name: '三组' })).body
  await by.send('PUT', `/api/teams/${id}`, { name: '四组', version: 1 })
  await edit(trail, by, 'PUT /api/people/:id', person, (await by.get(person)).body, { teamId: id })
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
  await edit(trail, by, 'PUT /api/people/:id/status', `${person}/status`, (await by.get(person)).body, { status: 'disabled' })
  await by.send('DELETE', `/api/api-keys/${(await listed('/api/api-keys'))['id']}`)
  await salesperson.send('PUT', '/api/account', { name: '小李', phone: null, language: 'zh-CN' })
  const task = await app.database.pool.query('select t.id, t.version, t.person_id from ar.tasks t where t.tenant_id = $1 and t.done_at is null limit 1', [story.company.tenantId]) // biome-ignore format: one question
  const asked = Object.values(story.company.people).find((one) => one.caller.actorId === task.rows[0]?.person_id)
  await asked?.post(`/api/tasks/${task.rows[0].id}/outcome`, { outcome: '致谢', version: task.rows[0].version })
}

async function editMasterData(trail: Trail, by: Person, get: Get, listed: Listed): Promise<void> {
  const { app, story, ids } = trail
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
  await edit(trail, by, 'PUT /api/products/:id', product, await get(product), { name: '维修' })
  await edit(trail, by, 'PUT /api/products/:id/status', `${product}/status`, await get(product), { status: 'disabled' })
  const terms = `/api/terms/${story.terms.discount}`
  await edit(trail, by, 'PUT /api/terms/:id', terms, await get(terms), { name: '2/10, n/30 (新)' })
  await by.send('PUT', '/api/terms/calendar/2026-12-24', { working: false, name: '盘点', version: 0 })
  await by.send('PUT', '/api/terms/calendar/2026-12-24', { working: false, name: '盘点日', version: 1 })
  await by.send('DELETE', '/api/terms/calendar/2026-12-24')
  await by.post(`/api/customers/${plain}/terms`, { termsId: story.terms.discount, effectiveFrom: '2027-01-01' })
  const row = await app.database.pool.query(`select t.id from ar.customer_terms t where t.customer_id = $1 and t.effective_from = '2027-01-01'`, [plain]) // biome-ignore format: one question
  await by.send('DELETE', `/api/customers/${plain}/terms/${row.rows[0]?.id}`)
  await by.send('DELETE', `/api/files/${ids['files']}`)
  await edit(trail, by, 'PUT /api/payment-methods/:id', `/api/payment-methods/${ids['payment_methods']}`, await listed('/api/payment-methods', 'id', ids['payment_methods']), { name: '改名' }) // biome-ignore format: one call
  await edit(trail, by, 'PUT /api/bank-accounts/:id', `/api/bank-accounts/${ids['bank_accounts']}`, await listed('/api/bank-accounts'), { name: '一般户', accountNo: '6222020200011113333' }) // biome-ignore format: one call
}

async function editBooks(trail: Trail, by: Person, get: Get, listed: Listed): Promise<void> {
  const { story, ids } = trail
  const { financeManager } = story.company.people
  const rule = await listed('/api/approval-rules')
  await by.post('/api/approval-rules', { kind: rule['kind'], name: '新规则', conditions: rule['conditions'], steps: rule['steps'] })
  await edit(trail, by, 'PUT /api/approval-rules/:id', `/api/approval-rules/${rule['id']}`, rule, { name: '改名的规则' })
  await financeManager.post(`/api/approval-delegations/${ids['approval_delegations']}/revocation`)
  await by.post('/api/accounts', { code: '112299', name: { 'zh-CN': '其他应收', 'zh-TW': '其他應收', en: 'Other' }, kind: 'asset' })
  await edit(trail, by, 'PUT /api/accounts/:code', '/api/accounts/112299', await listed('/api/accounts', 'code', '112299'), {
    status: 'disabled',
  })
  const first = ((await get('/api/periods?year=2012'))['items'] as Row[]).at(-1)!
  await by.post(`/api/periods/${first['period']}/closing`, { version: first['version'] })
  await by.post(`/api/periods/${first['period']}/reopening`, { version: Number(first['version']) + 1, reason: '补记' })
  const scheme = { key: 'mine', name: '我们的', basis: 'due', unit: 'day', buckets: [{ from: 1, to: 30 }, { from: 30 }] }
  await edit(trail, by, 'PUT /api/ageing/schemes', '/api/ageing/schemes', await get('/api/ageing/schemes'), { schemes: [scheme] })
  const { rules, accountCodes } = (await by.get('/api/posting-rules')).body
  await edit(trail, by, 'PUT /api/posting-rules/:kind', `/api/posting-rules/${rules[0].kind}`, rules[0], { lines: [...rules[0].lines].reverse(), reason: '排序' }) // biome-ignore format: one call
  const codes = [{ key: accountCodes.codes[0].key, code: accountCodes.codes[0].code }]
  await by.send('PUT', '/api/posting-accounts', { version: accountCodes.version, codes, reason: '照旧' })
}

async function editDocuments({ app, story }: Trail, get: Get): Promise<void> {
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

async function bringIn({ app, story }: Trail): Promise<void> {
  const { arAccountant } = story.company.people
  const { id } = (await upload(arAccountant, app, { kind: 'products', name: 'p.csv', content: `编码,名称,单位\nP-${uuid().slice(0, 8)},阀门,个\n` })).body // biome-ignore format: one call
  await arAccountant.post(`/api/imports/${id}/start`)
  await arAccountant.post(`/api/imports/${id}/cancellation`)
  await arAccountant.post(`/api/imports/${id}/resumption`)
  await app.drain()
  await arAccountant.post(`/api/imports/${id}/undoing`)
}
