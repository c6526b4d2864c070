import { type Issue, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { saveSettings } from '../company/save-settings.command.ts'
import { ageingSchemeIssues } from './ageing-bucket.ts'
import { AGEING_BUCKETS, builtInSchemes, type NamedScheme } from './ageing-schemes.query.ts'

/** Saves the company's own sets of buckets, all at once. Throws platform.invalid with every fault of every set, platform.staleVersion. */
export async function saveAgeingSchemes(tx: Tx, schemes: readonly NamedScheme[], version: number): Promise<void> {
  const issues = schemes.flatMap((scheme, index) => [
    ...ageingSchemeIssues(scheme).map((issue): Issue => ({ ...issue, path: `schemes.${index}.${issue.path}` })),
    ...keyIssues(scheme, schemes.slice(0, index), index),
  ])
  if (issues.length > 0)
    throw new Problem('platform.invalid', { count: issues.length, first: issues[0]!.path }, { kind: 'invalid', issues })
  await saveSettings(tx, AGEING_BUCKETS, { schemes }, version)
}

function keyIssues(scheme: NamedScheme, before: readonly NamedScheme[], index: number): Issue[] {
  const taken = [...builtInSchemes, ...before].some((other) => other.key === scheme.key)
  return taken ? [{ path: `schemes.${index}.key`, code: 'ageing.schemeTwice' }] : []
}
