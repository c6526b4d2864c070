import type { Get, Row, Trail } from './trail-edits.ts'

/** The ladder's draft saved, thrown away, published; a text of one's own given up; a pause lifted; other hours. */
export async function editDunning({ story, ids }: Trail): Promise<void> {
  const { financeManager: by, collector } = story.company.people
  const ladder = `/api/dunning/ladders/${((await by.get('/api/dunning/ladders')).body.items as Row[])[0]!['id']}`
  const version = async (): Promise<number> => (await by.get(ladder)).body.version
  const { leastDaysBetween, levels } = (await by.get(ladder)).body.live
  const draft = async () => ({ version: await version(), leastDaysBetween: leastDaysBetween + 1, levels })
  await by.send('PUT', `${ladder}/draft`, await draft())
  await by.send('DELETE', `${ladder}/draft?version=${await version()}`)
  await by.send('PUT', `${ladder}/draft`, await draft())
  await by.post(`${ladder}/publication`, { version: await version() })
  await by.send('DELETE', '/api/dunning/templates/formal/en?version=1')
  await collector.post(`/api/dunning/blocks/${ids['dunning_blocks']}/lift`, { version: 1, reason: '已谈妥' })
  const { sendingEnabled: _, ...settings } = (await by.get('/api/dunning/settings')).body
  await by.send('PUT', '/api/dunning/settings', { ...settings, fromHour: 10 })
}

/** A mail server that is not there: what was tried is on the record all the same. Sending is on for a moment; what the story kept is not sent. */
export async function editMessages({ story }: Trail, get: Get): Promise<void> {
  const { administrator: by, financeManager } = story.company.people
  const server = { host: '127.0.0.1', port: 9, security: 'none', user: '', senderName: '回款', senderAddress: 'ar@example.com', replyTo: '', perMinute: 60 } // biome-ignore format: one line
  await by.send('PUT', '/api/mail-settings', { ...server, version: (await get('/api/mail-settings'))['version'] })
  await by.post('/api/mail-settings/test')
  const sending = async (enabled: boolean) =>
    by.send('PUT', '/api/mail-settings/sending', { enabled, companyVersion: (await get('/api/mail-settings'))['companyVersion'] })
  await sending(true)
  await sending(false)
  const { items } = (await financeManager.get('/api/messages?status=kept')).body
  const messages = (items as Row[]).map(({ id, version }) => ({ id, version }))
  await financeManager.post('/api/messages/decisions', { messages, decision: 'doNotSend', note: '已电话沟通' })
  const { id, to } = (items as { id: string; to: string[]; customerId: string | null }[]).find(({ customerId }) => customerId !== null)!
  await financeManager.post(`/api/messages/${id}/addresses`, { address: to[0], works: false, note: '退信：查无此人' })
}

/** A report goes out by mail, on another day, and no longer; filters are shared. */
export async function editReports({ story }: Trail): Promise<void> {
  const { financeManager: by } = story.company.people
  const { items } = (await by.get('/api/reports')).body
  const schedule = { report: items[0].key, name: '每周一', query: {}, period: 'usual', cadence: 'weekly', onDay: 1, atHour: 9, people: [by.caller.actorId], attach: false } // biome-ignore format: one line
  const { id } = (await by.post('/api/report-schedules', schedule)).body
  const { report: _, ...fields } = schedule
  await by.send('PUT', `/api/report-schedules/${id}`, { ...fields, name: '每周二', onDay: 2, version: 1 })
  await by.post(`/api/report-schedules/${id}/trial`, {})
  await by.post(`/api/report-schedules/${id}/end`, { version: 2 })
  const { id: view } = (await by.post('/api/saved-views', { page: 'report.receipts', name: '每月', query: {} })).body
  await by.send('PUT', `/api/saved-views/${view}`, { name: '每月', shared: true, version: 1 })
}

/** A demo company is asked for and removed; its making is looked at in demo.test.ts, so here no worker comes to it. */
export async function makeDemos({ app, story }: Trail): Promise<void> {
  const { administrator: by } = story.company.people
  await by.post('/api/demo', { seed: 7 })
  await app.database.pool.query(`update ar.runs set status = 'failed' where kind = 'demo' and tenant_id = $1`, [story.company.tenantId])
  await by.send('DELETE', '/api/demo')
}
