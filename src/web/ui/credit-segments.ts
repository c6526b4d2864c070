export type ExposurePart = { key: 'overdue' | 'notDue' | 'bills' | 'orders' | 'thisOrder'; label: string; amount: string }

/** Room right of the limit line when more than the limit is used. */
const OVER_MARGIN = 1.02

export type CreditSegment = { key: string; fill: string; width: number }

/** Widths in percent, for drawing only: each part up to the limit in its colour, what lies beyond hatched, free credit at the end. */
export function creditSegments(
  parts: readonly ExposurePart[],
  limit: string | null,
): { segments: CreditSegment[]; limitAt: number | undefined } {
  const amounts = parts.map((part) => Math.max(0, Number(part.amount)))
  const used = amounts.reduce((a, b) => a + b, 0)
  const max = limit === null ? used : Math.max(0, Number(limit))
  const whole = Math.max(max, used) * (used > max ? OVER_MARGIN : 1)
  if (whole === 0) return { segments: [], limitAt: limit === null ? undefined : 0 }
  const segments: CreditSegment[] = []
  let left = max
  for (const [index, part] of parts.entries()) {
    const amount = amounts[index]!
    const inside = Math.min(amount, Math.max(0, left))
    left -= amount
    if (inside > 0) segments.push({ key: part.key, fill: `exp-${part.key}`, width: (inside / whole) * 100 })
    if (amount > inside) segments.push({ key: `${part.key}-over`, fill: 'over', width: ((amount - inside) / whole) * 100 })
  }
  if (used < max) segments.push({ key: 'free', fill: 'free', width: ((max - used) / whole) * 100 })
  return { segments, limitAt: limit === null ? undefined : (max / whole) * 100 }
}
