import type { NewCustomer } from '../customers/new-customer.ts'
import { demoBankAccount, demoPhone, demoTaxId } from './demo-identity.ts'
import { type DemoPlace, type DemoRegion, demoPlaces, foreignCustomers, salespeopleOf } from './demo-places.ts'
import { type Behaviour, behaviours } from './payment-behaviour.ts'
import { type Random, randomFor } from './random.ts'
import type { DemoLegalForm, DemoWords } from './words/demo-words.ts'

export const CUSTOMERS = 300
/** Groups: the first customer of each is the parent of the next so many. */
const GROUPS = [4, 3, 3, 2, 2]
/** Of a hundred companies. */
const LEGAL_FORMS: Readonly<Record<DemoLegalForm, number>> = { limited: 82, shares: 8, liability: 8, group: 2 }
const LARGE = 28
const MIDDLE = 110

/** A customer of the demo, with what makes it behave as it does. `salesperson`: its place in the list of salespeople. */
export type DemoCustomer = {
  readonly index: number
  readonly fields: Omit<NewCustomer, 'id' | 'salespersonId' | 'regionId' | 'termsId' | 'parentId'>
  readonly region: DemoRegion
  /** Null abroad. */
  readonly place: DemoPlace | null
  readonly salesperson: number
  readonly parent: number | null
  readonly size: 'large' | 'middle' | 'small'
  readonly behaviour: Behaviour
  readonly termsCode: string
  readonly contact: { readonly name: string; readonly job: string; readonly phone: string; readonly email: string }
}

/** The customers, always the same for a seed but for the words: names that occur once, codes and numbers that pass their checks, addresses at which nobody can be reached. */
export function demoCustomers(seed: number, words: DemoWords): DemoCustomer[] {
  const random = randomFor(seed, 'customers')
  const names = new Set<string>()
  const parents = parentsOf()
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const foreign = foreignCustomers[index - (CUSTOMERS - foreignCustomers.length)]
    return foreign ? abroad(index, foreign, random, words) : inChina(index, parents.get(index) ?? null, names, random, words)
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

function inChina(index: number, parent: number | null, names: Set<string>, random: Random, words: DemoWords): DemoCustomer {
  const place = random.pick(demoPlaces)
  const town = words.towns[place.key]
  const { name, industry } = companyName(town.name, names, random, words)
  const size = index < LARGE ? 'large' : index < LARGE + MIDDLE ? 'middle' : 'small'
  const bank = random.pick(words.banks)
  const phone = demoPhone(place.areaCode, random)
  const address = words.address(town, random.pick(town.districts), random.pick(words.streets), random.int(1, 999))
  const mailHost = `c${String(index + 1).padStart(3, '0')}.example`
  return {
    index,
    parent,
    size,
    region: place.region,
    place: place.key,
    salesperson: random.pick(salespeopleOf[place.region]),
    ...habitOf(size, random),
    fields: {
      name, industry, class: { large: 'A', middle: 'B', small: 'C' }[size], customerType: words.customerTypes[industry === words.resaleIndustry ? 'resale' : 'ownUse'], keyAccount: size === 'large',
      country: 'CN', address, phone, email: `ap@${mailHost}`, website: `https://${mailHost}`, taxId: demoTaxId(place.adminCode, random), invoiceTitle: name, invoiceAddress: address, invoicePhone: phone,
      bankName: bank, bankBranch: words.branchName(bank, town.name, random.pick(words.branches)), bankAccount: demoBankAccount(random), bankAccountName: name,
      buyerScale: ({ large: 'large', middle: 'medium', small: 'small' } as const)[size], tags: random.chance(0.2) ? [random.pick(words.tags)] : [],
    },
    contact: { name: personName(random, words), job: random.pick(words.jobs), phone: demoPhone(place.areaCode, random), email: `contact@${mailHost}` },
  } // biome-ignore format: one line a group of fields
}

function abroad(
  index: number,
  { name, country, currency, phone, address }: (typeof foreignCustomers)[number],
  random: Random,
  words: DemoWords,
): DemoCustomer {
  const mailHost = `c${String(index + 1).padStart(3, '0')}.example`
  return {
    index, parent: null, size: 'middle', region: 'abroad', place: null, salesperson: salespeopleOf.abroad[0]!, behaviour: random.pick(['prompt', 'late', 'parts'] as const), termsCode: 'NET60',
    fields: { name, country, currency, address, phone, email: `ap@${mailHost}`, language: 'en', class: 'B', customerType: words.customerTypes.ownUse, industry: words.exportIndustry, tags: [words.exportTag] },
    contact: { name: `Alex ${name.split(' ')[0]}`, job: 'Accounts payable', phone, email: `contact@${mailHost}` },
  } // biome-ignore format: one line a group of fields
}

function companyName(town: string, names: Set<string>, random: Random, words: DemoWords): { name: string; industry: string } {
  for (;;) {
    const trade = random.pick(words.trades)
    const brand = `${random.pick(words.brand.first)}${random.pick(words.brand.second)}`
    // the brand alone occurs once: two names that merely look alike would be offered as duplicates on every page
    if (names.has(brand)) continue
    names.add(brand)
    const form = words.legalForms[random.weighted(LEGAL_FORMS)]
    return { name: words.companyName(town, brand, trade.word, form), industry: trade.industry }
  }
}

function personName(random: Random, words: DemoWords): string {
  const surname = random.pick(words.surnames)
  return words.personName(random.pick(words.givenNames), surname)
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
