import { missing } from '../../../kernel/problem.ts'
import type { ReportDefinition } from '../report-definition.query.ts'
import { arrearsReport } from './arrears.query.ts'
import { collectionReport } from './collection.query.ts'
import { collectionCycleReport } from './collection-cycle.query.ts'
import { collectionEffectivenessReport } from './collection-effectiveness.query.ts'
import { dsoReport } from './dso.query.ts'
import { kpiEffectReport } from './kpi-effect.query.ts'
import { movementsReport } from './movements.query.ts'
import { overdueReport } from './overdue.query.ts'
import { paymentBehaviourReport } from './payment-behaviour.query.ts'
import { productPerformanceReport } from './product-performance.query.ts'
import { receiptsReport } from './receipts.query.ts'
import { salespersonPerformanceReport } from './salesperson-performance.query.ts'
import { termOverdueReport } from './term-overdue.query.ts'
import { turnoverReport } from './turnover.query.ts'

/** Every report, in the order of the list. */
export const reportDefinitions: readonly ReportDefinition[] = [
  receiptsReport,
  arrearsReport,
  movementsReport,
  overdueReport,
  termOverdueReport,
  collectionReport,
  collectionCycleReport,
  dsoReport,
  collectionEffectivenessReport,
  turnoverReport,
  salespersonPerformanceReport,
  productPerformanceReport,
  paymentBehaviourReport,
  kpiEffectReport,
]

/** Throws platform.notFound. */
export function reportDefinition(key: string): ReportDefinition {
  const found = reportDefinitions.find((definition) => definition.key === key)
  if (found === undefined) throw missing('report')
  return found
}
