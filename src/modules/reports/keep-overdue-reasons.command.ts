import { startOfMonth } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import { overdueReport } from './definitions/overdue.query.ts'
import { deleteOverdueMonth, insertOverdueMonth } from './overdue-month.store.ts'
import { overdueReasons } from './reports.api.ts'
import { runReport } from './run-report.query.ts'

/** Keeps what the report 逾期分析 says of today, by reason, as the figures of this month. */
export async function keepOverdueReasons(tx: Tx): Promise<void> {
  const question = { from: tx.today, to: tx.today, by: 'reason', currency: undefined, filters: {}, compared: undefined } as const
  const { rows } = await runReport(tx, overdueReport, question, { limit: overdueReasons.length })
  const monthOn = startOfMonth(tx.today)
  await deleteOverdueMonth(tx, monthOn)
  insertOverdueMonth(
    tx,
    rows.map(({ k, count, overdue }) => ({
      monthOn,
      takenOn: tx.today,
      reason: String(k),
      count: Number(count),
      amountBase: BigInt(overdue ?? 0),
    })),
  )
}
