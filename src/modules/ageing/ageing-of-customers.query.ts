import type { Reader } from '../../platform/db.ts'
import { type AgeingSums, ageing } from './ageing.query.ts'
import { type BucketRange, bucketRanges, collectionBuckets } from './ageing-bucket.ts'

/** Customers of one answer: a page of a list, or one. */
const CUSTOMERS_MOST = 1_000

/** The strip of one customer or of a page of them: days overdue as of today, base-currency minor units. A customer with nothing open and nothing unallocated is not in the map. */
export async function ageingOfCustomers(
  reader: Reader,
  customerIds: readonly string[],
): Promise<{ ranges: readonly BucketRange[]; byCustomer: ReadonlyMap<string, AgeingSums> }> {
  const asOf = reader.today
  const ranges = bucketRanges(collectionBuckets, asOf)
  if (customerIds.length === 0) return { ranges, byCustomer: new Map() }
  const { items } = await ageing(reader, {
    asOf,
    basis: 'due',
    overdueOnly: false,
    filters: { customer: customerIds },
    by: ['customer'],
    ranges,
    sort: '-total',
    limit: CUSTOMERS_MOST,
  })
  return { ranges, byCustomer: new Map(items.map((row) => [row.keys[0]!.id!, row])) }
}
