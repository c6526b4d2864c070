import type { CompaniesFounded } from '../../src/modules/company/company-events.ts'
import { emit } from '../../src/platform/events.ts'
import type { Tell, Told } from './story-teller.ts'

/** What every company starts with (terms, accounts, payment methods, approval rules), and terms of our own. */
export async function foundStandards({ app, company, people, get, post }: Tell, told: Told): Promise<void> {
  const { tenantId, entityId, system } = company
  const founded = { tenantId, entityId, baseCurrency: 'CNY', language: 'zh-CN', administratorId: people.administrator.caller.actorId }
  await app.db.transaction(system, (tx) => emit<CompaniesFounded>(tx, { type: 'companies.founded', companies: [founded] }))
  for (const { code, id } of (await get(people.financeManager, '/api/terms')).items) told.terms[code] = id
  const net30 = {
    name: '货款',
    share: { rest: true },
    rule: { baseDate: 'delivery', countFrom: 'baseDate', period: { count: 30, unit: 'day' } },
  }
  const definition = {
    parts: [net30],
    roll: 'none',
    calendar: 'CN',
    transitDays: 0,
    earlyPaymentDiscount: { percent: '2', withinDays: 10, on: 'gross', partPayment: 'none' },
  }
  told.terms.discount = (await post(people.financeManager, '/api/terms', { code: '2-10-NET30', name: '2/10, n/30', definition })).id
  await post(people.administrator, '/api/payment-methods', { code: 'BARTER', name: '以货抵款' })
  await post(people.administrator, '/api/bank-accounts', { name: '基本户', bank: '工商银行', accountNo: '6222020200011112222' })
}

/** Regions, customers (a group with a child, a foreign one, one to be merged), contacts, notes, products, limits, hold and release. */
export async function setUpMasterData(tell: Tell, told: Told): Promise<void> {
  const { people, canary, post, version } = tell
  const regionId = (await post(people.financeManager, '/api/regions', { name: `华东 ${canary}` })).id
  const { salesperson, secondSalesperson, arAccountant } = people
  const owned = { regionId, salespersonId: salesperson.caller.actorId, termsId: told.terms.NET30 }
  const add = async (key: string, customer: Record<string, unknown>) => {
    told.customers[key] = (await post(arAccountant, '/api/customers', { name: `${canary} ${key}`, ...owned, ...customer })).id
  }
  await add('group', { name: `${canary} 华夏集团`, class: 'A', industry: '机械' })
  await add('child', {
    name: `${canary} 华夏浦东分公司`,
    parentId: told.customers.group,
    bankAccount: `6217${canary}`,
    phone: `021-${canary}`,
  })
  await add('plain', { name: `${canary} 启明商贸`, salespersonId: secondSalesperson.caller.actorId })
  await add('held', { name: `${canary} 停单公司` })
  await add('foreign', { name: `${canary} Overseas`, country: 'DE', currency: 'USD' })
  await add('twin', { name: `${canary} 启明商贸有限公司`, acceptSimilar: true })
  const child = `/api/customers/${told.customers.child}`
  await post(salesperson, `${child}/contacts`, {
    name: `王 ${canary}`,
    phone: `138-${canary}`,
    email: `${canary}@example.com`,
    purpose: ['dunning'],
    isPrimary: true,
  })
  await post(salesperson, `${child}/notes`, { kind: 'visit', text: `${canary} 谈妥了付款计划`, important: true })
  await addProducts(tell, told)
  await limit(tell, told.customers.group!, '300000.00')
  await limit(tell, told.customers.child!, '200000.00')
  await limit(tell, told.customers.plain!, '50000.00')
  await post(people.financeManager, `/api/credit/${told.customers.held}/hold`, { reason: `${canary} 逾期` })
  await post(people.financeManager, `/api/credit/${told.customers.foreign}/hold`, { reason: '资料不全' })
  await post(people.financeManager, `/api/credit/${told.customers.foreign}/release`, { reason: '资料补齐' })
  await mergeAndUndo(tell, told)
  await tell.people.arAccountant.send('PATCH', child, { version: await version(child), changes: { remark: `${canary} 重点跟进` } })
}

async function addProducts({ people, canary, post }: Tell, told: Told): Promise<void> {
  const pump = { code: 'PUMP', name: `${canary} 水泵`, unit: '台', price: '1130.00', vatRate: '0.13', category: '泵' }
  told.products.pump = (await post(people.financeManager, '/api/products', pump)).id
  told.products.service = (
    await post(people.financeManager, '/api/products', {
      ...pump,
      code: 'SERVICE',
      name: `${canary} 安装`,
      price: '106.00',
      vatRate: '0.06',
      category: '服务',
    })
  ).id
}

/** A limit asked for by the accountant and, where the rules want it, granted by the finance manager. */
export async function limit({ app, people, post, get, decide }: Tell, customerId: string, amount: string): Promise<void> {
  const { version } = await get(people.arAccountant, `/api/credit/${customerId}`)
  const { id, waiting } = await post(people.arAccountant, `/api/credit/${customerId}/limits`, {
    version,
    kind: 'standard',
    limit: amount,
    effectiveFrom: app.db.now().toISOString().slice(0, 10),
    reason: '年度评审',
  })
  if (waiting) await decide(people.financeManager, id, 'approved')
}

async function mergeAndUndo({ people, get, post, version }: Tell, told: Told): Promise<void> {
  const { twin, plain } = told.customers
  const fromVersion = await version(`/api/customers/${twin}`)
  const { id } = await post(people.financeManager, '/api/customers/merges', {
    fromId: twin,
    fromVersion,
    intoId: plain,
    reason: '同一家公司',
  })
  const merge = (await get(people.financeManager, '/api/customers/merges')).items.find((one: { id: string }) => one.id === id)
  await post(people.financeManager, `/api/customers/merges/${id}/undo`, { version: merge.version })
}

/** A saved view, an attachment, a delegation. */
export async function setUpFiles({ app, people, canary, post }: Tell, told: Told): Promise<void> {
  await post(people.administrator, '/api/saved-views', { page: 'receivables', name: `${canary} 逾期`, query: { status: 'overdue' } })
  await post(people.financeManager, '/api/approval-delegations', {
    delegateId: people.salesManager.caller.actorId,
    fromOn: '2026-11-21',
    untilOn: '2026-11-25',
  })
  await post(people.administrator, '/api/api-keys', { name: canary, scopes: ['customers.view'], expiresOn: null })
  const boundary = 'story'
  const payload = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${canary}.txt"\r\ncontent-type: text/plain\r\n\r\n${canary}\r\n--${boundary}--\r\n`
  const answer = await app.server.inject({
    method: 'POST', url: `/api/files?entity=customer&entityId=${told.customers.child}`, payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'x-huikuan': 'test', 'x-test-caller': people.arAccountant.caller.actorId },
  }) // biome-ignore format: a request reads as one block
  if (answer.statusCode !== 201) throw new Error(`POST /api/files: ${answer.statusCode} ${answer.payload}`)
}
