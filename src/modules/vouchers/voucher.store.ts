import type { Tx } from '../../platform/db.ts'
import type { VoucherLine } from './voucher-lines.ts'
import type { VoucherToPost } from './voucher-to-post.ts'

export type NewVoucher = Omit<VoucherToPost, 'lines'> & {
  readonly period: number
  readonly totalBase: bigint
  readonly lines: readonly VoucherLine[]
}

export function insertVouchers(tx: Tx, vouchers: readonly NewVoucher[]): void {
  tx.insert(
    'vouchers',
    vouchers.map(({ lines, ...voucher }) => voucher),
  )
  tx.insert(
    'voucher_lines',
    vouchers.flatMap(({ id, lines }) =>
      lines.map(({ account, customerId, currency, debit, credit, debitBase, creditBase }, index) => ({
        voucherId: id,
        lineNo: index + 1,
        account,
        customerId: customerId ?? null,
        currency,
        debit,
        credit,
        debitBase,
        creditBase,
      })),
    ),
  )
}
