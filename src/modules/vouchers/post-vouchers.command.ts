import { assert } from '../../kernel/assert.ts'
import { periodOf } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import { openPeriods } from './open-periods.command.ts'
import { insertVouchers } from './voucher.store.ts'
import { mergeLines, type VoucherLine, voucherTotal } from './voucher-lines.ts'
import type { VoucherToPost } from './voucher-to-post.ts'

/**
 * Posts vouchers in the caller's transaction, numbers them (V-<yymm>) and holds their periods open until it commits. Throws vouchers.periodClosed, and the database
 * refuses a second voucher of one source. The audit entry is that of the document which the voucher comes from.
 */
export async function postVouchers(tx: Tx, vouchers: readonly VoucherToPost[]): Promise<void> {
  if (vouchers.length === 0) return
  await openPeriods(
    tx,
    vouchers.map((voucher) => voucher.voucherOn),
  )
  insertVouchers(
    tx,
    vouchers.map(({ lines, ...voucher }) => {
      const merged = mergeLines(lines)
      assertBalanced(merged, voucher.sourceKind)
      return { ...voucher, period: periodOf(voucher.voucherOn), totalBase: voucherTotal(merged), lines: merged }
    }),
  )
  for (const [series, own] of Map.groupBy(vouchers, (voucher) => `V-${String(periodOf(voucher.voucherOn)).slice(2)}`))
    tx.number(
      series,
      own.map((voucher) => voucher.id),
    )
}

/** Every event was balanced by its rule; together they must be too. */
function assertBalanced(lines: readonly VoucherLine[], source: string): void {
  const difference = lines.reduce((sum, line) => sum + line.debitBase - line.creditBase, 0n)
  assert(difference === 0n && lines.length > 0, `the voucher of a ${source} balances`)
}
