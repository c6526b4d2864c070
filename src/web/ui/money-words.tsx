import { formatChineseAmount } from '../../kernel/chinese-amount.ts'
import { parseMinor } from '../../kernel/money.ts'
import { usePreferences } from '../preferences.ts'

/** 大写金额 of a CNY amount for a Chinese reader, where a document needs it. Nothing for other languages and currencies, and for text that is not an amount. */
export function MoneyWords({ value, currency }: { value: string; currency: string }) {
  const chinese = usePreferences().language.startsWith('zh')
  const minor = chinese && currency === 'CNY' ? parseMinor(value, currency) : undefined
  return minor === undefined ? null : (
    <span className="secondary" lang="zh">
      {formatChineseAmount(minor)}
    </span>
  )
}
