import { visitor } from '../screens/visitor.ts'

/** What clients work with: two people's API keys (what one records the other confirms), customers and a product. */
export type Company = {
  readonly keys: readonly [string, string]
  readonly customerIds: readonly string[]
  readonly productId: string
  readonly today: string
}

const PASSWORD = 'tin lamp river 7'
const CUSTOMERS = 8

/** Founds a company through the set-up link, as its administrator would in a browser. */
export async function foundCompany(address: string, setUpLink: string): Promise<Company> {
  const wang = visitor(address)
  const { apiKey } = await wang.post('/api/setup', {
    token: new URL(setUpLink).hash.slice('#token='.length),
    companyName: '宁波海晟泵业有限公司',
    baseCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
    language: 'en',
    name: '王敏',
    email: 'wang@haisheng.example',
    password: PASSWORD,
    withKey: true,
  })
  await wang.post('/api/sign-in', { email: 'wang@haisheng.example', password: PASSWORD })
  const session = await wang.get('/api/session')
  const { link } = await wang.post('/api/people', {
    name: '陈静',
    email: 'chen@haisheng.example',
    phone: null,
    language: 'en',
    role: 'administrator',
    dataScope: 'all',
    teamId: null,
  })
  const chen = visitor(address)
  const token = new URL(link).pathname.split('/').at(-1)
  await chen.post(`/api/invitations/${token}/acceptance`, { name: '陈静', password: PASSWORD, language: 'en' })
  await chen.post('/api/sign-in', { email: 'chen@haisheng.example', password: PASSWORD })
  const { key } = await chen.post('/api/api-keys', { name: 'proof', scopes: session.permissions, expiresOn: null })
  const { items: terms } = await wang.get('/api/terms')
  const { id: productId } = await wang.post('/api/products', { code: 'PUMP', name: '高压泵', unit: '台', price: '113.00', vatRate: '0.13' })
  const customerIds: string[] = []
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const made = { name: `客户 ${index} ${crypto.randomUUID()}`, termsId: terms[0].id, salespersonId: session.person.id }
    customerIds.push((await wang.post('/api/customers', made)).id)
  }
  return { keys: [apiKey, key], customerIds, productId, today: session.company.today }
}
