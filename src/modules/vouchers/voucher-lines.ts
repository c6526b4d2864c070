import { assert } from '../../kernel/assert.ts'
import { type AccountCodes, type AccountKey, accountCode } from './chart-of-accounts.ts'
import { type AmountComponent, defaultPostingRules, type PostingKind, type PostingLine, type PostingRules } from './posting-rules.ts'

/** One event of the books. Amounts in minor units: `amount` in the event's currency, `base` in the company's. */
export type PostingEvent = {
  readonly kind: PostingKind
  readonly currency: string
  readonly customerId?: string | undefined
  readonly amounts: { readonly [component in AmountComponent]?: { readonly amount: bigint; readonly base: bigint } }
  /** Another account for this event: the bank account the money came to, the account of a reason code. A key of the chart or a code. */
  readonly accounts?: { readonly [key in AccountKey]?: string }
}
/** A line of 会计凭证 as stored. */
export type VoucherLine = {
  readonly account: string
  readonly customerId?: string
  readonly currency: string
  readonly debit: bigint
  readonly credit: bigint
  readonly debitBase: bigint
  readonly creditBase: bigint
}
/** flip: a negative amount stands on the other side. red: it stays on its side as a negative (红字), for books that want it so. */
export type NegativeManner = 'flip' | 'red'

/** The balanced lines of one event; lines of nothing are dropped. A rule that does not balance is a bug of the rule: it aborts. */
export function voucherLines(
  event: PostingEvent,
  codes: AccountCodes = {},
  rules: PostingRules = defaultPostingRules,
  negative: NegativeManner = 'flip',
): VoucherLine[] {
  const lines = rules[event.kind].flatMap((rule) => lineOf(rule, event, codes, negative))
  assertBalanced(lines, event.kind)
  return lines
}

/** The lines of a reversal: each line mirrored. Applied twice it gives the lines back. */
export function mirrorLines(lines: readonly VoucherLine[], negative: NegativeManner = 'flip'): VoucherLine[] {
  return lines.map((line) =>
    negative === 'flip'
      ? { ...line, debit: line.credit, credit: line.debit, debitBase: line.creditBase, creditBase: line.debitBase }
      : { ...line, debit: -line.debit, credit: -line.credit, debitBase: -line.debitBase, creditBase: -line.creditBase },
  )
}

/** Lines of many events as one voucher: one line per account, customer, currency and side, in order of first appearance. */
export function mergeLines(lines: readonly VoucherLine[]): VoucherLine[] {
  const merged = new Map<string, VoucherLine>()
  for (const line of lines) {
    const key = [line.account, line.customerId ?? '', line.currency, line.debitBase !== 0n || line.debit !== 0n ? 'debit' : 'credit'].join(
      ' ',
    )
    const before = merged.get(key)
    merged.set(key, before === undefined ? line : sumOf(before, line))
  }
  return [...merged.values()]
}

/** Debit of a voucher in base currency, which is also its credit. */
export function voucherTotal(lines: readonly VoucherLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.debitBase, 0n)
}

function lineOf(rule: PostingLine, event: PostingEvent, codes: AccountCodes, negative: NegativeManner): VoucherLine[] {
  const part = event.amounts[rule.component]
  if (part === undefined || (part.amount === 0n && part.base === 0n)) return []
  const sign = part.base < 0n || (part.base === 0n && part.amount < 0n) ? -1n : 1n
  const flips = sign === -1n && negative === 'flip'
  const size = flips ? { amount: -part.amount, base: -part.base } : part
  const onDebit = (rule.side === 'debit') !== flips
  assert(!rule.ofCustomer || event.customerId !== undefined, `a line of account ${rule.account} names its customer`)
  return [
    {
      account: event.accounts?.[rule.account] ?? accountCode(rule.account, codes),
      ...(rule.ofCustomer && event.customerId !== undefined ? { customerId: event.customerId } : {}),
      currency: event.currency,
      debit: onDebit ? size.amount : 0n,
      credit: onDebit ? 0n : size.amount,
      debitBase: onDebit ? size.base : 0n,
      creditBase: onDebit ? 0n : size.base,
    },
  ]
}

function assertBalanced(lines: readonly VoucherLine[], kind: string): void {
  const difference = lines.reduce(
    (sum, line) => ({ amount: sum.amount + line.debit - line.credit, base: sum.base + line.debitBase - line.creditBase }),
    { amount: 0n, base: 0n },
  )
  assert(difference.base === 0n, `the voucher of ${kind} balances in base currency`)
  assert(difference.amount === 0n, `the voucher of ${kind} balances in its currency`)
}

function sumOf(a: VoucherLine, b: VoucherLine): VoucherLine {
  return {
    ...a,
    debit: a.debit + b.debit,
    credit: a.credit + b.credit,
    debitBase: a.debitBase + b.debitBase,
    creditBase: a.creditBase + b.creditBase,
  }
}
