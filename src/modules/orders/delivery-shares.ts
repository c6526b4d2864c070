import { fraction } from '../../kernel/fraction.ts'
import { divideRounded } from '../../kernel/money.ts'
import type { Issue } from '../../kernel/problem.ts'

/** A stored line as far as deliveries go. Quantities are decimal text with at most six decimals. */
export type DeliverableLine = {
  readonly lineNo: number
  readonly productId: string
  readonly quantity: string
  readonly delivered: string
  readonly net: bigint
  readonly tax: bigint
  readonly amount: bigint
}
export type DeliveredQuantity = { readonly lineNo: number; readonly quantity: string }
export type DeliveredShare = {
  readonly lineNo: number
  readonly productId: string
  readonly quantity: string
  readonly net: bigint
  readonly tax: bigint
  readonly amount: bigint
}

/** Every line with all that is not delivered yet. */
export function everythingLeft(lines: readonly DeliverableLine[]): DeliveredQuantity[] {
  return lines
    .map((line) => ({ lineNo: line.lineNo, quantity: sixText(six(line.quantity) - six(line.delivered)) }))
    .filter(({ quantity }) => quantity !== '0')
}

/** Faults of a delivery: unknown or doubled lines, nothing, more than is left. */
export function deliveryIssues(lines: readonly DeliverableLine[], now: readonly DeliveredQuantity[]): Issue[] {
  const byNo = new Map(lines.map((line) => [line.lineNo, line]))
  const issues: Issue[] = now.length === 0 ? [{ path: 'lines', code: 'orders.nothingDelivered' }] : []
  now.forEach(({ lineNo, quantity }, index) => {
    const line = byNo.get(lineNo)
    byNo.delete(lineNo)
    if (!line) issues.push({ path: `lines.${index}.lineNo`, code: 'orders.noSuchLine' })
    else if (six(quantity) <= 0n) issues.push({ path: `lines.${index}.quantity`, code: 'orders.quantity' })
    else if (six(quantity) > six(line.quantity) - six(line.delivered)) {
      issues.push({
        path: `lines.${index}.quantity`,
        code: 'orders.moreThanOrdered',
        params: { left: sixText(six(line.quantity) - six(line.delivered)) },
      })
    }
  })
  return issues
}

/** The money of what goes out now. Cumulative, so that all deliveries together make every line exactly. */
export function deliveredShares(lines: readonly DeliverableLine[], now: readonly DeliveredQuantity[]): DeliveredShare[] {
  const byNo = new Map(lines.map((line) => [line.lineNo, line]))
  return now.map(({ lineNo, quantity }) => {
    const line = byNo.get(lineNo)!
    const whole = six(line.quantity)
    const before = six(line.delivered)
    const share = (minor: bigint): bigint => divideRounded(minor * (before + six(quantity)), whole) - divideRounded(minor * before, whole)
    const amount = share(line.amount)
    const net = share(line.net)
    return { lineNo, productId: line.productId, quantity, net, tax: amount - net, amount }
  })
}

/** Is nothing left after this delivery? */
export function isComplete(lines: readonly DeliverableLine[], now: readonly DeliveredQuantity[]): boolean {
  const byNo = new Map(now.map(({ lineNo, quantity }) => [lineNo, six(quantity)]))
  return lines.every((line) => six(line.delivered) + (byNo.get(line.lineNo) ?? 0n) === six(line.quantity))
}

function six(text: string): bigint {
  const value = fraction(text)
  return (value.numerator * 1_000_000n) / value.denominator
}
function sixText(millionths: bigint): string {
  const text = millionths.toString().padStart(7, '0')
  return `${text.slice(0, -6)}.${text.slice(-6)}`.replace(/\.?0+$/, '')
}
