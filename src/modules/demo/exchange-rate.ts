import type { Day } from '../../kernel/day.ts'
import type { Rate } from '../../kernel/percent.ts'

const MIDDLE: Readonly<Record<string, number>> = { USD: 7.14, EUR: 7.86 }

/** What the demo takes a foreign currency at on a day: around a middle, moving slowly over the year. Made up. */
export function rateOn(currency: string, on: Day): Rate {
  const month = Number(on.slice(5, 7)) + Number(on.slice(8, 10)) / 31
  const swing = Math.sin((month / 12) * 2 * Math.PI + (currency === 'EUR' ? 1 : 0)) * 0.12
  return (MIDDLE[currency]! + swing).toFixed(4) as Rate
}
