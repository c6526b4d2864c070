import { missing } from '../../../kernel/problem.ts'
import type { ReportDefinition } from '../report-definition.query.ts'
import { arrearsReport } from './arrears.query.ts'
import { collectionReport } from './collection.query.ts'
import { overdueReport } from './overdue.query.ts'
import { receiptsReport } from './receipts.query.ts'
import { termOverdueReport } from './term-overdue.query.ts'

/** Every report, in the order of the list. */
export const reportDefinitions: readonly ReportDefinition[] = [
  receiptsReport,
  arrearsReport,
  overdueReport,
  termOverdueReport,
  collectionReport,
]

/** Throws platform.notFound. */
export function reportDefinition(key: string): ReportDefinition {
  const found = reportDefinitions.find((definition) => definition.key === key)
  if (found === undefined) throw missing('report')
  return found
}
