import type { NewCustomer } from '../customers/new-customer.ts'
import { demoBankAccount, demoPhone, demoTaxId } from './demo-identity.ts'
import {
  banks,
  cities,
  firstSyllables,
  foreignCustomers,
  givenNames,
  jobs,
  legalForms,
  secondSyllables,
  streets,
  surnames,
  trades,
} from './demo-words.ts'
import { type Behaviour, behaviours } from './payment-behaviour.ts'
import { type Random, randomFor } from './random.ts'

export const CUSTOMERS = 300
/** Groups: the first customer of each is the parent of the next so many. */
const GROUPS = [4, 3, 3, 2, 2]
const LARGE = 28
const MIDDLE = 110

/** A customer of the demo, with what makes it behave as it does. `salesperson`: its place in the list of salespeople. */
export type DemoCustomer = {
  readonly index: number
  readonly fields: Omit<NewCustomer, 'id' | 'salespersonId' | 'regionId' | 'termsId' | 'parentId'>
  readonly region: string
  readonly salesperson: number
  readonly parent: number | null
  readonly size: 'large' | 'middle' | 'small'
  readonly behaviour: Behaviour
  readonly termsCode: string
  readonly contact: { readonly name: string; readonly job: string; readonly phone: string; readonly email: string }
}

/** Where salespeople sell: their places in the list by region. */
export const salespeopleOf: Readonly<Record<string, readonly number[]>> = {
  华东: [0, 1, 2],
  华南: [3, 4],
  华北: [5, 6],
  东北: [6],
  华中: [7],
  西南: [8],
  西北: [8],
  海外: [9],
}

/** The customers, always the same for a seed: names that occur once, codes and numbers that pass their checks, addresses at which nobody can be reached. */
export function demoCustomers(seed: number): DemoCustomer[] {
  const random = randomFor(seed, 'customers')
  const names = new Set<string>()
  const parents = parentsOf()
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const foreign = foreignCustomers[index - (CUSTOMERS - foreignCustomers.length)]
    return foreign ? abroad(index, foreign, random) : inChina(index, parents.get(index) ?? null, names, random)
  })
}

function parentsOf(): Map<number, number> {
  const parents = new Map<number, number>()
  let next = 0
  for (const members of GROUPS) {
    for (let member = 1; member <= members; member += 1) parents.set(next + member, next)
    next += members + 1
  }
  return parents
}

function inChina(index: number, parent: number | null, names: Set<string>, random: Random): DemoCustomer {
  const city = random.pick(cities)
  const { name, industry } = companyName(city.name, names, random)
  const size = index < LARGE ? 'large' : index < LARGE + MIDDLE ? 'middle' : 'small'
  const bank = random.pick(banks)
  const phone = demoPhone(city.areaCode, random)
  const address = `${city.province}${city.province.startsWith(city.name) ? '' : `${city.name}市`}${random.pick(city.districts)}${random.pick(streets)}${random.int(1, 999)}号`
  const mailHost = `c${String(index + 1).padStart(3, '0')}.example`
  return {
    index,
    parent,
    size,
    region: city.region,
    salesperson: random.pick(salespeopleOf[city.region]!),
    ...habitOf(size, random),
    fields: {
      name, industry, class: { large: 'A', middle: 'B', small: 'C' }[size], customerType: industry === '贸易' ? '经销商' : '最终用户', keyAccount: size === 'large',
      country: 'CN', address, phone, email: `ap@${mailHost}`, website: `https://${mailHost}`, taxId: demoTaxId(city.adminCode, random), invoiceTitle: name, invoiceAddress: address, invoicePhone: phone,
      bankName: bank, bankBranch: `${bank}${city.name}${random.pick(['分行', '高新支行', '开发区支行'])}`, bankAccount: demoBankAccount(random), bankAccountName: name,
      buyerScale: ({ large: 'large', middle: 'medium', small: 'small' } as const)[size], tags: random.chance(0.2) ? [random.pick(['战略客户', '年度框架', '价格敏感', '需要纸质对账单'])] : [],
    },
    contact: { name: personName(random), job: random.pick(jobs), phone: demoPhone(city.areaCode, random), email: `contact@${mailHost}` },
  } // biome-ignore format: one line a group of fields
}

function abroad(
  index: number,
  { name, country, currency, phone, address }: (typeof foreignCustomers)[number],
  random: Random,
): DemoCustomer {
  const mailHost = `c${String(index + 1).padStart(3, '0')}.example`
  return {
    index, parent: null, size: 'middle', region: '海外', salesperson: salespeopleOf['海外']![0]!, behaviour: random.pick(['prompt', 'late', 'parts'] as const), termsCode: 'NET60',
    fields: { name, country, currency, address, phone, email: `ap@${mailHost}`, language: 'en', class: 'B', customerType: '最终用户', industry: '机械', tags: ['出口'] },
    contact: { name: `Alex ${name.split(' ')[0]}`, job: 'Accounts payable', phone, email: `contact@${mailHost}` },
  } // biome-ignore format: one line a group of fields
}

function companyName(city: string, names: Set<string>, random: Random): { name: string; industry: string } {
  for (;;) {
    const trade = random.pick(trades)
    const brand = `${random.pick(firstSyllables)}${random.pick(secondSyllables)}`
    // the brand alone occurs once: two names that merely look alike would be offered as duplicates on every page
    if (names.has(brand)) continue
    names.add(brand)
    return { name: `${city}${brand}${trade.word}${random.weighted(legalForms)}`, industry: trade.industry }
  }
}

export function personName(random: Random): string {
  return `${random.pick(surnames)}${random.pick(givenNames)}`
}

const TERMS = {
  large: { NET60: 30, EOM30: 25, EOM25: 20, P361: 15, NET30: 10 },
  middle: { NET30: 45, NET60: 20, EOM30: 15, EOM25: 8, PREPAID: 6, COD: 6 },
  small: { NET30: 55, COD: 20, PREPAID: 15, EOM30: 10 },
} as const

function habitOf(size: DemoCustomer['size'], random: Random): Pick<DemoCustomer, 'behaviour' | 'termsCode'> {
  const behaviour = random.weighted(behaviours)
  if (behaviour === 'early') return { behaviour, termsCode: '2-10-NET30' }
  const termsCode: string = random.weighted<string>(TERMS[size])
  return { behaviour, termsCode }
}
