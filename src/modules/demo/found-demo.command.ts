import type { Language } from '../../kernel/language.ts'
import { uuid } from '../../kernel/uuid.ts'
import { type Caller, SYSTEM_ACTOR } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { createRules } from '../approvals/edit-rules.command.ts'
import { foundCompany } from '../company/found-company.command.ts'
import { saveSettings } from '../company/save-settings.command.ts'
import { addRegions } from '../customers/add-regions.command.ts'
import { createCustomers } from '../customers/create-customers.command.ts'
import { addContactsOfNewCustomers } from '../customers/keep-contacts.command.ts'
import { callerOfPerson, knownPerson } from '../people/caller.query.ts'
import { employPeople } from '../people/employ-people.command.ts'
import { permissionsOf } from '../people/roles.ts'
import { createProducts } from '../products/save-products.command.ts'
import { addBankAccount } from '../receipts/found-receipts.command.ts'
import { bankAccountsQuery, methodsQuery } from '../receipts/receipt.query.ts'
import { createTerms } from '../terms/edit-terms.command.ts'
import { listTerms } from '../terms/terms.query.ts'
import { termsPresets } from '../terms/terms-presets.ts'
import { staffIds } from './demo-books.query.ts'
import { CUSTOMERS, type DemoCustomer, demoCustomers, salespeopleOf } from './demo-customers.ts'
import { demoBankAccount } from './demo-identity.ts'
import { demoProducts } from './demo-products.ts'
import { demoStaff, demoTeams } from './demo-staff.ts'
import { randomFor } from './random.ts'

const NAMES: Readonly<Record<Language, string>> = {
  'zh-CN': '宁波海晟泵业有限公司(演示)',
  'zh-TW': '寧波海晟泵業有限公司(示範)',
  en: 'Ningbo Haisheng Pumps Co., Ltd. (demo)',
}
const ZONE = 'Asia/Shanghai'
const OUR_BANK = '中国工商银行宁波分行'

/** What a founded demo company consists of. Callers by the keys of `demoStaff`, ids by the place of customer, code of product, terms and currency of bank account. */
export type Founded = {
  readonly callers: Readonly<Record<string, Caller>>
  readonly customers: readonly DemoCustomer[]
  readonly customerIds: readonly string[]
  readonly productIds: ReadonlyMap<string, string>
  readonly bankAccounts: ReadonlyMap<string, string>
  readonly methods: ReadonlyMap<string, string>
}

/** Founds a demo company as tenant `tenantId` with people, terms, products, bank accounts and customers; `db` stands at its first day. */
export async function foundDemo(
  db: Database,
  { tenantId, seed, language }: { readonly tenantId: number; readonly seed: number; readonly language: Language },
): Promise<Founded> {
  await db.transaction({ ...founder(tenantId), language }, (tx) => found(tx))
  const callers = await callersOf(db, tenantId)
  const as = <T>(key: string, body: (tx: Tx) => Promise<T>): Promise<T> => db.transaction(callers[key]!, body)
  await as('administrator', (tx) => standards(tx, seed))
  const productIds = await as('financeManager', (tx) => createProducts(tx, demoProducts))
  const customers = demoCustomers(seed)
  const customerIds = await as('administrator', (tx) => bringCustomers(tx, customers, callers))
  const [accounts, methods] = await db.read(callers['administrator']!, (reader) =>
    Promise.all([bankAccountsQuery(reader), methodsQuery(reader)]),
  )
  return {
    callers,
    customers,
    customerIds,
    productIds: new Map(demoProducts.map(({ code }, index) => [code, productIds[index]!])),
    bankAccounts: new Map(accounts.map(({ id, currency }) => [currency, id])),
    methods: new Map(methods.map(({ id, code }) => [code, id])),
  }
}

async function found(tx: Tx): Promise<void> {
  const [administratorId] = employPeople(
    tx,
    demoStaff.map(({ key, name, role, dataScope, team }) => ({
      name,
      email: addressOf(key, tx.caller.tenantId),
      role,
      dataScope,
      team: team === null ? null : demoTeams[team],
      phone: null,
      language: tx.caller.language,
    })),
  )
  await foundCompany(tx, {
    name: NAMES[tx.caller.language],
    baseCurrency: 'CNY',
    timeZone: ZONE,
    language: tx.caller.language,
    administratorId: administratorId!,
    isDemo: true,
  })
}

/** The company's ways of working: receivables open with each delivery; large receipts are approved; a discount for who pays early; accounts in three currencies. */
async function standards(tx: Tx, seed: number): Promise<void> {
  const random = randomFor(seed, 'bank accounts')
  await saveSettings(tx, 'receivables', { openOn: 'delivered' }, 0)
  await createRules(tx, [
    { kind: 'receipt', name: '大额收款复核', conditions: { amountFrom: '800000' }, steps: [{ role: 'financeManager' }] },
  ])
  const early = { percent: '2', withinDays: 10, on: 'gross', partPayment: 'none' } as const
  await createTerms(tx, [
    {
      code: '2-10-NET30',
      name: '10 天内付款减 2%,30 天全额',
      definition: { ...termsPresets.daysAfterDelivery(30), earlyPaymentDiscount: early },
    },
  ])
  for (const [currency, name] of [
    ['CNY', '基本户'],
    ['USD', '美元户'],
    ['EUR', '欧元户'],
  ] as const)
    await addBankAccount(tx, { name, bank: OUR_BANK, accountNo: demoBankAccount(random), currency, account: '1002' })
}

/** All customers with their first contact, parents before members. */
async function bringCustomers(tx: Tx, customers: readonly DemoCustomer[], callers: Founded['callers']): Promise<string[]> {
  const ids = Array.from({ length: CUSTOMERS }, () => uuid())
  const regions = Object.keys(salespeopleOf).map((name) => ({ id: uuid(), name }))
  addRegions(tx, regions)
  await tx.flush() // customers are checked against the regions that are there
  const regionIds = new Map(regions.map(({ id, name }) => [name, id]))
  const termsIds = new Map((await listTerms(tx)).items.map(({ id, code }) => [code, id]))
  await createCustomers(
    tx,
    customers.map(({ fields, region, salesperson, parent, termsCode }, index) => ({
      ...fields,
      id: ids[index]!,
      regionId: regionIds.get(region)!,
      salespersonId: callers[`seller${salesperson}`]!.actorId,
      termsId: termsIds.get(termsCode)!,
      parentId: parent === null ? null : ids[parent]!,
    })),
    { acceptSimilar: true },
  )
  addContactsOfNewCustomers(
    tx,
    customers.map(({ contact }, index) => ({ ...contact, customerId: ids[index]!, purpose: ['dunning', 'statement'], isPrimary: true })),
  )
  return ids
}

async function callersOf(db: Database, tenantId: number): Promise<Record<string, Caller>> {
  return db.read(founder(tenantId), async (reader) => {
    const keys = new Map(demoStaff.map(({ key }) => [addressOf(key, tenantId), key]))
    const entries: [string, Caller][] = []
    for (const { id, email } of await staffIds(reader))
      entries.push([keys.get(email)!, callerOfPerson(tenantId, (await knownPerson(reader, id))!)])
    return Object.fromEntries(entries)
  })
}

function addressOf(key: string, tenantId: number): string {
  return `${key.toLowerCase()}@demo-${tenantId}.example`
}

function founder(tenantId: number): Caller {
  return {
    tenantId,
    actorId: SYSTEM_ACTOR,
    actorKind: 'system',
    name: 'demo',
    role: 'system',
    permissions: permissionsOf('administrator'),
    scope: { kind: 'all' },
    language: 'zh-CN',
    timeZone: ZONE,
    baseCurrency: 'CNY',
    fourEyes: true,
  }
}
