import { formatChineseAmount } from '../../kernel/chinese-amount.ts'
import { parseMinor } from '../../kernel/money.ts'

/** 大写金额 of a CNY amount, where a document needs it. Nothing for other currencies and for text that is not an amount. */
export function MoneyWords({ value, currency }: { value: string; currency: string }) {
  const minor = currency === 'CNY' ? parseMinor(value, currency) : undefined
  return minor === undefined ? null : (
    <span className="secondary" lang="zh">
      {formatChineseAmount(minor)}
    </span>
  )
}
