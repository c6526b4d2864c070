import { addDays, type Day, startOfMonth } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { type AgeingDimension, ageingDimensions } from '../../ageing/ageing.api.ts'
import { ageing } from '../../ageing/ageing.query.ts'
import { bucketRanges, collectionBuckets } from '../../ageing/ageing-bucket.ts'
import { tieOut } from '../../ageing/tie-out.query.ts'
import type { Fault, Invariant } from './invariant.query.ts'

export const ageingInvariants: readonly Invariant[] = [
  {
    id: 'I-18-dimensions',
    says: 'Ageing by every dimension = ledger = account 1122, today and at the last month end; the buckets make the total',
    check: async (reader) => {
      const monthEnd = addDays(startOfMonth(reader.today), -1)
      return [...(await ageingFaults(reader, reader.today, ageingDimensions)), ...(await ageingFaults(reader, monthEnd, CARRIED))]
    },
  },
]

/** The dimensions that entries carry. The others are looked up from these, so that of a past day they add nothing to the proof. */
const CARRIED: readonly AgeingDimension[] = ['customer', 'salesperson', 'region', 'product']

async function ageingFaults(reader: Reader, asOf: Day, dimensions: readonly AgeingDimension[]): Promise<Fault[]> {
  const proof = await tieOut(reader, asOf)
  if (proof === null) return []
  const faults: Fault[] = proof.difference === 0n ? [] : [{ asOf, ledger: proof.ledger, account1122: proof.account1122 }]
  for (const dimension of dimensions) {
    const { total, buckets } = await totals(reader, asOf, dimension)
    const sum = buckets.reduce((all, bucket) => all + bucket, 0n)
    if (total !== proof.ledger || sum !== total) faults.push({ asOf, dimension, total, buckets: sum, ledger: proof.ledger })
  }
  return faults
}

async function totals(reader: Reader, asOf: Day, dimension: AgeingDimension) {
  const report = await ageing(reader, {
    asOf,
    basis: 'due',
    overdueOnly: false,
    filters: {},
    by: [dimension],
    ranges: bucketRanges(collectionBuckets, asOf),
    sort: '-total',
    limit: 1,
  })
  return report.totals
}
