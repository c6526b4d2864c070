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
import { partsNamedIn } from '../terms/part-names.ts'
import { listTerms } from '../terms/terms.query.ts'
import { termsPresets } from '../terms/terms-presets.ts'
import { staffIds } from './demo-books.query.ts'
import { CUSTOMERS, type DemoCustomer, demoCustomers } from './demo-customers.ts'
import { demoCodes } from './demo-goods.ts'
import { demoBankAccount } from './demo-identity.ts'
import { salespeopleOf } from './demo-places.ts'
import { demoProducts } from './demo-products.ts'
import { demoStaff } from './demo-staff.ts'
import { randomFor } from './random.ts'
import { demoWords } from './words/demo-languages.ts'
import type { DemoWords } from './words/demo-words.ts'

const ZONE = 'Asia/Shanghai'
/** What the company wants to reach: some months it does, some it does not. */
const TARGETS = { overdueShareBasisPoints: 2_000, dsoDays: 55, collectionsPerMonth: '16000000' } as const

/** What a founded demo company consists of. Callers by the keys of `demoStaff`, ids by the place of customer, code of product, terms and currency of bank account. */
export type Founded = {
  readonly words: DemoWords
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
  const words = demoWords[language]
  await db.transaction({ ...founder(tenantId), language }, (tx) => found(tx, words))
  const callers = await callersOf(db, tenantId)
  const as = <T>(key: string, body: (tx: Tx) => Promise<T>): Promise<T> => db.transaction(callers[key]!, body)
  await as('administrator', (tx) => standards(tx, seed, words))
  const productIds = await as('financeManager', (tx) => createProducts(tx, demoProducts(words)))
  const customers = demoCustomers(seed, words)
  const customerIds = await as('administrator', (tx) => bringCustomers(tx, customers, callers, words))
  const [accounts, methods] = await db.read(callers['administrator']!, (reader) =>
    Promise.all([bankAccountsQuery(reader), methodsQuery(reader)]),
  )
  return {
    words,
    callers,
    customers,
    customerIds,
    productIds: new Map(demoCodes.map((code, index) => [code, productIds[index]!])),
    bankAccounts: new Map(accounts.map(({ id, currency }) => [currency, id])),
    methods: new Map(methods.map(({ id, code }) => [code, id])),
  }
}

async function found(tx: Tx, words: DemoWords): Promise<void> {
  const [administratorId] = employPeople(
    tx,
    demoStaff.map(({ key, role, dataScope, team }) => ({
      name: words.staff[key],
      email: addressOf(key, tx.caller.tenantId),
      role,
      dataScope,
      team: team === null ? null : words.teams[team],
      phone: null,
      language: tx.caller.language,
    })),
  )
  await foundCompany(tx, {
    name: words.company,
    baseCurrency: 'CNY',
    timeZone: ZONE,
    language: tx.caller.language,
    administratorId: administratorId!,
    isDemo: true,
  })
}

/** The company's ways of working: receivables open with each delivery; large receipts are approved; a discount for who pays early; accounts in three currencies. */
async function standards(tx: Tx, seed: number, words: DemoWords): Promise<void> {
  const random = randomFor(seed, 'bank accounts')
  await saveSettings(tx, 'receivables', { openOn: 'delivered' }, 0)
  await saveSettings(tx, 'targets', TARGETS, 0)
  await createRules(tx, [
    { kind: 'receipt', name: words.largeReceipts, conditions: { amountFrom: '800000' }, steps: [{ role: 'financeManager' }] },
  ])
  const early = { percent: '2', withinDays: 10, on: 'gross', partPayment: 'none' } as const
  await createTerms(tx, [
    {
      code: '2-10-NET30',
      name: words.earlyTerms,
      definition: { ...partsNamedIn(termsPresets.daysAfterDelivery(30), tx.caller.language), earlyPaymentDiscount: early },
    },
  ])
  for (const [currency, name] of Object.entries(words.accounts))
    await addBankAccount(tx, { name, bank: words.bank, accountNo: demoBankAccount(random), currency, account: '1002' })
}

/** All customers with their first contact, parents before members. */
async function bringCustomers(
  tx: Tx,
  customers: readonly DemoCustomer[],
  callers: Founded['callers'],
  words: DemoWords,
): Promise<string[]> {
  const ids = Array.from({ length: CUSTOMERS }, () => uuid())
  const regions = (Object.keys(salespeopleOf) as (keyof typeof salespeopleOf)[]).map((key) => ({ id: uuid(), key }))
  addRegions(
    tx,
    regions.map(({ id, key }) => ({ id, name: words.regions[key] })),
  )
  await tx.flush() // customers are checked against the regions that are there
  const regionIds = new Map(regions.map(({ id, key }) => [key, id]))
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
