import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { storedSettings } from '../company/settings.query.ts'
import { type AgeingScheme, collectionBuckets, provisionBuckets } from './ageing-bucket.ts'

export const AGEING_BUCKETS = 'ageing.buckets'
export type NamedScheme = AgeingScheme & { readonly key: string; readonly name: string }

/** Always there; their names are words of the interface. */
export const builtInSchemes: readonly NamedScheme[] = [
  { key: 'collection', name: '', ...collectionBuckets },
  { key: 'provision', name: '', ...provisionBuckets },
]

/** The sets of buckets that a company may choose from, and the version of its own. */
export async function ageingSchemes(reader: Reader): Promise<{ own: readonly NamedScheme[]; version: number }> {
  const { value, version } = await storedSettings(reader, AGEING_BUCKETS)
  return { own: (value['schemes'] ?? []) as readonly NamedScheme[], version }
}

/** Throws 404 when the company has no such set. */
export async function ageingScheme(reader: Reader, key: string): Promise<NamedScheme> {
  const found =
    builtInSchemes.find((scheme) => scheme.key === key) ?? (await ageingSchemes(reader)).own.find((scheme) => scheme.key === key)
  if (!found) throw missing('ageing.scheme')
  return found
}
