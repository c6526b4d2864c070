import { type Visitor, visitor } from './visitor.ts'

/** A company in which everything has happened, made as its people would make it: over the HTTP API. */
export type LivelyCompany = { readonly wang: Visitor; readonly chen: Visitor; readonly ids: Readonly<Record<string, string>> }

const PASSWORD = 'tin lamp river 7'
const CUSTOMERS = [
  ['宁波甬江机电有限公司', 'C001', '华东', '机械', 'A'],
  ['苏州恒泰设备股份有限公司', 'C002', '华东', '机械', 'A'],
  ['杭州远景环保工程有限公司', 'C003', '华东', '环保', 'B'],
  ['深圳市南方精密制造有限公司', 'C004', '华南', '电子', 'A'],
  ['东莞联创模具厂', 'C005', '华南', '模具', 'C'],
  ['成都西部水务集团有限公司', 'C006', '西南', '水务', 'B'],
  ['重庆渝江泵阀销售有限公司', 'C007', '西南', '贸易', 'C'],
  ['天津北方海工装备有限公司', 'C008', '华北', '海工', 'B'],
  ['北京首创市政工程有限公司', 'C009', '华北', '市政', 'A'],
  ['青岛蓝海船舶配件有限公司', 'C010', '华北', '船舶', 'B'],
] as const

export async function livelyCompany(address: string, token: string): Promise<LivelyCompany> {
  const wang = visitor(address)
  await wang.post('/api/setup', {
    token,
    companyName: '宁波海晟泵业有限公司',
    baseCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
    language: 'zh-CN',
    name: '王敏',
    email: 'wang@haisheng.example',
    password: PASSWORD,
  })
  const { company } = await wang.get('/api/session')
  const dayOf = (offset: number) => new Date(Date.parse(company.today) + offset * 86_400_000).toISOString().slice(0, 10)
  const chen = await join(address, wang, '陈静', 'chen@haisheng.example', 'financeManager')
  await join(address, wang, '李伟', 'li@haisheng.example', 'salesperson')
  await join(address, wang, '赵琳', 'zhao@haisheng.example', 'salesperson')
  await bringIn(wang, dayOf)
  const ids = await masterData(wang, chen)
  Object.assign(ids, await orders(wang, chen, ids, dayOf), await money(wang, chen, ids, dayOf))
  Object.assign(ids, await remind(wang, chen, ids, company.today))
  return { wang, chen, ids }
}

async function join(address: string, host: Visitor, name: string, email: string, role: string): Promise<Visitor> {
  const dataScope = role === 'salesperson' ? 'own' : 'all'
  const { link } = await host.post('/api/people', { name, email, phone: null, language: 'zh-CN', role, dataScope, teamId: null })
  const guest = visitor(address)
  await guest.post(`/api/invitations/${new URL(link).pathname.split('/').at(-1)}/acceptance`, {
    name,
    password: PASSWORD,
    language: 'zh-CN',
  })
  await guest.post('/api/sign-in', { email, password: PASSWORD })
  return guest
}

type DayOf = (offset: number) => string

/** Customers, settled history (payment habits) and open items over every bucket, from files. */
async function bringIn(wang: Visitor, dayOf: DayOf): Promise<void> {
  const sellers = ['李伟', '赵琳']
  const customers = CUSTOMERS.map(([name, code, region, industry, level], at) => [
    name,
    code,
    region,
    industry,
    level,
    sellers[at % 2],
    '货到 30 天',
  ])
  await importFile(wang, 'customers', '客户档案.csv', ['客户名称', '客户编码', '地区', '行业', '客户等级', '业务员', '付款条件'], customers)
  const history = CUSTOMERS.flatMap(([name], at) =>
    [1, 2, 3, 4, 5, 6].map((n) => {
      const due = -30 * n - at
      return [name, `FP-H${at}${n}`, dayOf(due - 30), dayOf(due), `${(at + 2) * 7310 + n * 913}.50`, dayOf(Math.min(-1, due + at * 3 + n))]
    }),
  )
  await importFile(wang, 'invoices', '历史发票.csv', ['客户名称', '发票号', '开票日期', '到期日', '价税合计', '收款日'], history)
  const overdue = [-12, 22, 45, 75, 120, 240, 5, -25, 18, -40]
  const open = CUSTOMERS.flatMap(([name], at) =>
    [0, 1, 2].map((n) => {
      const late = overdue[(at * 3 + n) % overdue.length]!
      return [name, `FP-26${at}${n}`, dayOf(-late - 30), dayOf(-late), `${(at + 1) * 18_250 + n * 6_437}.${20 + at + n}`]
    }),
  )
  const broken = [
    [CUSTOMERS[1][0], 'FP-2699', dayOf(-40), '2026-02-31', '5000.00'],
    ['不认识的公司', 'FP-2698', dayOf(-40), dayOf(-10), '880.00'],
  ]
  await importFile(wang, 'openItems', '应收余额表.csv', ['客户名称', '发票号', '开票日期', '到期日', '未收余额'], [...open, ...broken])
}

async function importFile(by: Visitor, kind: string, name: string, head: string[], rows: readonly (readonly unknown[])[]): Promise<void> {
  const content = [head, ...rows].map((row) => row.join(',')).join('\n')
  const { id } = await by.upload(`/api/imports?kind=${kind}`, name, content)
  await by.put(`/api/imports/${id}/mapping`, { options: { createRegions: true, confirmReceipts: true } })
  await by.get(`/api/imports/${id}/check`)
  await by.post(`/api/imports/${id}/start`)
  for (let asked = 0; asked < 300; asked++) {
    const { status, message } = await by.get(`/api/imports/${id}/progress`)
    if (status === 'done') return
    if (status === 'failed') throw new Error(`${name}: ${message}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${name} was not brought in within 30 s`)
}

async function masterData(wang: Visitor, chen: Visitor): Promise<Record<string, string>> {
  const { items } = await wang.get('/api/customers?limit=50')
  const ids: Record<string, string> = {}
  for (const { id, code } of items) ids[code] = id
  ids['pump'] = (
    await wang.post('/api/products', {
      code: 'P-100',
      name: '离心泵 100 型',
      unit: '台',
      price: '11300.00',
      currency: 'CNY',
      priceIncludesTax: true,
      vatRate: '0.13',
      category: '泵',
    })
  ).id
  ids['service'] = (
    await wang.post('/api/products', {
      code: 'S-001',
      name: '安装调试服务',
      unit: '次',
      price: '2120.00',
      currency: 'CNY',
      priceIncludesTax: true,
      vatRate: '0.06',
      category: '服务',
    })
  ).id
  await wang.post('/api/bank-accounts', { name: '工行基本户', bank: '中国工商银行宁波分行', accountNo: '6222020200011112222' })
  for (const [code, limit] of [
    ['C001', '200000.00'],
    ['C002', '300000.00'],
    ['C003', '250000.00'],
    ['C004', '900000.00'],
  ] as const) {
    const { version } = await wang.get(`/api/credit/${ids[code]}`)
    const effectiveFrom = (await wang.get('/api/session')).company.today
    await wang.post(`/api/credit/${ids[code]}/limits`, { version, kind: 'standard', limit, effectiveFrom, reason: '年度评审' })
  }
  await decideAll(chen)
  await wang.post(`/api/customers/${ids['C001']}/contacts`, {
    name: '周海涛',
    phone: '138 0574 2201',
    email: 'zhou@yongjiang.example',
    purpose: ['dunning', 'statement'],
    isPrimary: true,
  })
  await wang.post(`/api/customers/${ids['C001']}/notes`, { kind: 'call', text: '周会计说本周五付第一笔，剩余月底。', important: true })
  return ids
}

async function decideAll(by: Visitor): Promise<void> {
  const { items } = await by.get('/api/approvals?box=toDecide')
  const decisions = items.map(({ id, version }: { id: string; version: number }) => ({ id, version, decision: 'approved', reason: '同意' }))
  if (decisions.length > 0) await by.post('/api/approvals/decisions', { decisions })
}

/** Orders in several states; the last ones wait for the finance manager. */
async function orders(wang: Visitor, chen: Visitor, ids: Record<string, string>, dayOf: DayOf): Promise<Record<string, string>> {
  const made: Record<string, string> = {}
  const order = async (key: string, customer: string, quantity: string, deliveryOn: string) => {
    const lines = [
      { productId: ids['pump'], quantity },
      { productId: ids['service'], quantity: '1' },
    ]
    made[key] = (
      await wang.post('/api/orders', {
        customerId: ids[customer],
        orderedOn: dayOf(-9),
        deliveryOn,
        lines,
        customerReference: `PO-${key}`,
        remark: '',
      })
    ).id
  }
  const submit = async (key: string) => wang.post('/api/orders/submissions', { orders: [{ id: made[key], version: 1 }] })
  await order('draftOrder', 'C001', '15', dayOf(10))
  await order('approvedOrder', 'C004', '6', dayOf(14))
  await order('lateOrder', 'C010', '3', dayOf(-4))
  await order('deliveredOrder', 'C003', '2', dayOf(0))
  for (const key of ['approvedOrder', 'lateOrder', 'deliveredOrder']) await submit(key)
  await decideAll(chen)
  const delivered = await wang.get(`/api/orders/${made['deliveredOrder']}`)
  await wang.post(`/api/orders/${made['deliveredOrder']}/deliveries`, { version: delivered.version, deliveredOn: dayOf(0) })
  await order('heldOrder', 'C001', '12', dayOf(7))
  await order('heldAgain', 'C002', '30', dayOf(9))
  for (const key of ['heldOrder', 'heldAgain']) await submit(key)
  return made
}

/** Receipts: allocated, partly allocated, waiting for the second person, unidentified. */
async function money(wang: Visitor, chen: Visitor, ids: Record<string, string>, dayOf: DayOf): Promise<Record<string, string>> {
  const record = async (more: Record<string, unknown>): Promise<string> =>
    (await wang.post('/api/receipts', { receipts: [{ currency: 'CNY', receivedOn: dayOf(-1), ...more }], acceptDuplicates: true })).ids[0]
  const confirm = (id: string) => chen.post('/api/receipts/confirmations', { receipts: [{ id, version: 1 }] })
  const made: Record<string, string> = {}
  made['receipt'] = await record({ customerId: ids['C003'], amount: '60000.00', payerName: '杭州远景环保工程有限公司' })
  made['openReceipt'] = await record({ customerId: ids['C001'], amount: '31000.00', payerName: '宁波甬江机电有限公司', remark: '货款' })
  made['prepayment'] = await record({ customerId: ids['C008'], amount: '400000.00', payerName: '天津北方海工装备有限公司' })
  made['draftReceipt'] = await record({ customerId: ids['C005'], amount: '27,500.00'.replace(',', ''), payerName: '东莞联创模具厂' })
  made['unknownReceipt'] = await record({ amount: '8800.00', payerName: '个人 张三' })
  for (const key of ['receipt', 'openReceipt', 'prepayment', 'unknownReceipt']) await confirm(made[key]!)
  await chen.post('/api/allocations/by-rule', { receiptIds: [made['receipt']], rule: 'oldest' })
  return made
}

/** Addresses for those who owe, a run of dunning, a pause, and a draft of the ladder that differs in three places. */
async function remind(wang: Visitor, chen: Visitor, ids: Record<string, string>, today: string): Promise<Record<string, string>> {
  for (const code of ['C002', 'C003', 'C005', 'C006', 'C009'])
    await wang.post(`/api/customers/${ids[code]}/contacts`, { name: '财务部', email: `${code.toLowerCase()}@customer.example`, purpose: ['dunning'], isPrimary: true }) // biome-ignore format: one call
  const { restDay } = await wang.get('/api/dunning/dry-run')
  if (restDay !== null) await wang.put(`/api/terms/calendar/${today}`, { working: true, name: '', version: 0 })
  await chen.post('/api/dunning/blocks', { customerId: ids['C007'], untilOn: null, reason: '正在谈分期付款' })
  const { id: run } = await chen.post('/api/dunning/runs')
  for (let asked = 0; (await chen.get(`/api/dunning/runs/${run}`)).status !== 'done'; asked++) {
    if (asked > 300) throw new Error('the run of dunning did not end within 30 s')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { items } = await chen.get('/api/dunning/ladders')
  const [{ id: ladder, version, live }] = items
  const [friendly, overdue, sales, ...rest] = live.levels
  const others = rest.map((level: object) => ({ ...level, repeat: null })) // only the last level may come again
  const levels = [{ ...friendly, days: -5 }, overdue, { ...sales, days: 10 }, ...others, { name: '法务跟进', days: 90, minimum: '80000.00', actions: [{ kind: 'flagHighRisk', hold: true }] }] // biome-ignore format: one draft
  await chen.put(`/api/dunning/ladders/${ladder}/draft`, { version, leastDaysBetween: live.leastDaysBetween, levels })
  return { dunningRun: run, ladder }
}
