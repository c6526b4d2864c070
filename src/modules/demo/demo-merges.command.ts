import { createCustomers } from '../customers/create-customers.command.ts'
import { mergeCustomer, unmergeCustomer } from '../customers/merge-customers.command.ts'
import { customerVersion, mergeVersion } from './demo-books.query.ts'
import type { Life } from './demo-day.command.ts'

/** Places of customers that somebody has entered a second time, and what became of it. */
const TWICE = [
  { place: 60, outcome: 'merged' },
  { place: 61, outcome: 'undone' },
  { place: 62, outcome: 'found' },
  { place: 63, outcome: 'found' },
] as const

/** Customers that came in twice under nearly the same name: one merged, one merged and taken back, two that nobody has looked at. */
export async function duplicatesAndMerges(life: Life): Promise<void> {
  for (const { place, outcome } of TWICE) {
    const { fields, salesperson } = life.customers[place]!
    const intoId = life.customerIds[place]!
    const salespersonId = life.callers[`seller${salesperson}`]!.actorId
    const [fromId] = await life.act('accountant', (tx) =>
      createCustomers(tx, [{ name: alike(fields.name), phone: fields.phone, industry: fields.industry, country: 'CN', salespersonId }], {
        acceptSimilar: true,
      }),
    )
    if (outcome === 'found') continue
    const fromVersion = await life.look((reader) => customerVersion(reader, fromId!))
    const mergeId = await life.act('financeManager', (tx) =>
      mergeCustomer(tx, { fromId: fromId!, fromVersion, intoId, reason: '同一家公司,重复建档' }),
    )
    if (outcome === 'merged') continue
    const version = await life.look((reader) => mergeVersion(reader, mergeId))
    await life.act('financeManager', (tx) => unmergeCustomer(tx, mergeId, version))
  }
}

/** As somebody in a hurry writes it: the city in brackets, the legal form shortened. */
function alike(name: string): string {
  return `${name.slice(2).replace(/(股份|集团)?有限(责任)?公司$/, '有限公司')}(${name.slice(0, 2)})`
}
