import { usePhone, usePreferences } from '../../preferences.ts'
import { formatDecimal } from '../../ui/amount-text.ts'
import { amountScale, shortAmount } from '../../ui/chart-scale.ts'

/** An amount for a figure that stands alone: 4,836.3 with the unit 万 (K, M), the exact amount as its title. A phone shows it whole. */
export function useShort() {
  const { language } = usePreferences()
  const phone = usePhone()
  return (amount: string | number, after = '') => {
    const value = Number(amount)
    const scale = phone ? { divisor: 1, word: '' } : amountScale(Math.abs(value), language)
    const exact = formatDecimal(typeof amount === 'string' ? amount : amount.toFixed(2))
    const shown = scale.word === '' ? exact : shortAmount(value, scale)
    return {
      value: shown,
      unit: phone || after === '' ? `${scale.word}${after}` : `${scale.word} ·\u00a0${after}`,
      title: exact,
      text: scale.word === '' ? shown : `${shown} ${scale.word}`,
    }
  }
}
