import { missing } from '../../../kernel/problem.ts'
import type { ReportDefinition } from '../report-definition.query.ts'
import { receiptsReport } from './receipts.query.ts'

/** Every report, in the order of the list. */
export const reportDefinitions: readonly ReportDefinition[] = [receiptsReport]

/** Throws platform.notFound. */
export function reportDefinition(key: string): ReportDefinition {
  const found = reportDefinitions.find((definition) => definition.key === key)
  if (found === undefined) throw missing('report')
  return found
}
