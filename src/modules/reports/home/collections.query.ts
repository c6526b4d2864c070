import { addMonths, type Day, daysBetween, endOfMonth, startOfMonth } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { receiptsReport } from '../definitions/receipts.query.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { reportTotals } from '../run-report.query.ts'

/** Minor units of the base currency. `ofTime`: per cent of the month's days that have begun. */
export type Collections = {
  readonly from: Day
  readonly to: Day
  readonly amount: bigint
  readonly before: bigint
  readonly ofTime: number
}

/** 本月回款: the total of the receipts report from the first of the month until today, and of the same days of the month before. */
export async function collections(reader: Reader): Promise<Collections> {
  const { today } = reader
  const from = startOfMonth(today)
  const [amount, before] = await Promise.all([received(reader, from, today), received(reader, addMonths(from, -1), addMonths(today, -1))])
  const days = daysBetween(from, endOfMonth(today)) + 1
  return { from, to: today, amount, before, ofTime: Math.round(((daysBetween(from, today) + 1) * 100) / days) }
}

async function received(reader: Reader, from: Day, to: Day): Promise<bigint> {
  const question: ReportQuestion = { from, to, by: 'day', currency: undefined, filters: {}, compared: undefined }
  return BigInt((await reportTotals(reader, receiptsReport, question))['amount'] ?? 0)
}
