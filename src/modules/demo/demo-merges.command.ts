import { createCustomers } from '../customers/create-customers.command.ts'
import { mergeCustomer, unmergeCustomer } from '../customers/merge-customers.command.ts'
import { customerVersion, mergeVersion } from './demo-books.query.ts'
import type { Life } from './demo-day.command.ts'

/** Places of customers that somebody has entered a second time, and what became of it. */
const TWICE = [
  { at: 60, outcome: 'merged' },
  { at: 61, outcome: 'undone' },
  { at: 62, outcome: 'found' },
  { at: 63, outcome: 'found' },
] as const

/** Customers that came in twice under nearly the same name: one merged, one merged and taken back, two that nobody has looked at. */
export async function duplicatesAndMerges(life: Life): Promise<void> {
  for (const { at, outcome } of TWICE) {
    const { fields, salesperson, place } = life.customers[at]!
    const intoId = life.customerIds[at]!
    const salespersonId = life.callers[`seller${salesperson}`]!.actorId
    const [fromId] = await life.act('accountant', (tx) =>
      createCustomers(
        tx,
        [
          {
            name: life.words.hastyName(fields.name, life.words.towns[place!].name),
            phone: fields.phone,
            industry: fields.industry,
            country: 'CN',
            salespersonId,
          },
        ],
        {
          acceptSimilar: true,
        },
      ),
    )
    if (outcome === 'found') continue
    const fromVersion = await life.look((reader) => customerVersion(reader, fromId!))
    const mergeId = await life.act('financeManager', (tx) =>
      mergeCustomer(tx, { fromId: fromId!, fromVersion, intoId, reason: life.words.said.sameCompany }),
    )
    if (outcome === 'merged') continue
    const version = await life.look((reader) => mergeVersion(reader, mergeId))
    await life.act('financeManager', (tx) => unmergeCustomer(tx, mergeId, version))
  }
}
