import type { Day } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { type AgeingScheme, type BucketRange, bucketRanges } from './ageing-bucket.ts'
import { type AgeingQuestion, type FilterName, filterNames } from './ageing-filters.query.ts'
import { ageingScheme } from './ageing-schemes.query.ts'

type Asked = {
  readonly asOf?: Day | undefined
  readonly scheme: string
  readonly basis?: 'due' | 'issued' | undefined
  readonly currency?: string | undefined
  readonly overdueOnly: boolean
} & { readonly [name in FilterName]?: readonly string[] | undefined }

/** What a request asks, with the buckets of its day. Throws ageing.futureDay: nothing is known of a day to come. */
export async function ageingQuestion(
  reader: Reader,
  asked: Asked,
): Promise<{ question: AgeingQuestion; ranges: BucketRange[]; scheme: AgeingScheme }> {
  const asOf = asked.asOf ?? reader.today
  if (asOf > reader.today) throw new Problem('ageing.futureDay', { asOf, today: reader.today }, { path: 'asOf' })
  const stored = await ageingScheme(reader, asked.scheme)
  const basis = asked.basis ?? stored.basis
  const scheme = withBasis(stored, basis)
  const filters = Object.fromEntries(filterNames.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]])))
  return {
    question: { asOf, basis, currency: asked.currency, overdueOnly: asked.overdueOnly, filters },
    ranges: bucketRanges(scheme, asOf),
    scheme,
  }
}

/** A set made for days overdue begins at 1, one for age at 0: counted from the other day its first bucket moves with it, the rest stays. */
function withBasis(scheme: AgeingScheme, basis: 'due' | 'issued'): AgeingScheme {
  if (scheme.basis === basis || scheme.unit === 'month') return { ...scheme, basis }
  const [first, ...rest] = scheme.buckets
  return { ...scheme, basis, buckets: [{ ...first!, from: basis === 'due' ? 1 : 0 }, ...rest] }
}
