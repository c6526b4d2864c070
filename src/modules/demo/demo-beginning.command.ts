import { addDays, type Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { decideApprovals } from '../approvals/decide-approvals.command.ts'
import { requestLimits } from '../credit/request-limits.command.ts'
import { enterReceivables } from '../receivables/enter-receivables.command.ts'
import { creditVersions, requestsBefore } from './demo-books.query.ts'
import type { DemoCustomer } from './demo-customers.ts'
import type { Life } from './demo-day.command.ts'

const OPENING_SHARE = 0.45
/** Limits in base units; whoever draws the tight one runs into it. */
const LIMITS = { large: [4_000_000, 2_500_000, 1_200_000], middle: [800_000, 500_000, 220_000], small: [120_000, 60_000, 20_000] } as const

/** The first day: what customers owed when the books were begun, with documents up to four months old, and the limits of the year. */
export async function beginBooks(life: Life, on: Day): Promise<void> {
  const wanted = life.customers.flatMap((customer, index) =>
    life.random.chance(OPENING_SHARE) && customer.fields.currency === undefined ? openingOf(life, index, customer, on) : [],
  )
  await life.act('accountant', (tx) => enterReceivables(tx, wanted, { bulk: true }))
  const limited = life.customers.filter(
    ({ fields, size }) => fields.currency === undefined && (size !== 'small' || life.random.chance(0.6)),
  )
  const versions = await life.look((reader) => creditVersions(reader, life.customerIds))
  await life.act('accountant', (tx) =>
    requestLimits(
      tx,
      limited.map(({ index, size }) => ({
        customerId: life.customerIds[index]!,
        version: versions.get(life.customerIds[index]!)!,
        kind: 'standard' as const,
        limitBase: BigInt(LIMITS[size][tightness(life)]) * 100n,
        effectiveFrom: on,
        effectiveUntil: null,
        reason: life.words.said.yearlyReview,
      })),
    ),
  )
  for (;;) {
    const waiting = await life.look((reader) => requestsBefore(reader, addMinutes(life.clock.now(), 1)))
    if (waiting.length === 0) return
    await life.act('financeManager', (tx) =>
      decideApprovals(
        tx,
        waiting.map(({ id, version }) => ({ id, version, decision: 'approved' as const, reason: life.words.said.reviewed })),
      ),
    )
  }
}

function tightness(life: Life): 0 | 1 | 2 {
  return life.random.chance(0.2) ? 2 : life.random.chance(0.5) ? 1 : 0
}

function openingOf(life: Life, index: number, { size }: DemoCustomer, on: Day): Parameters<typeof enterReceivables>[1][number][] {
  const { random } = life
  return Array.from({ length: size === 'large' ? 3 : random.int(1, 2) }, () => {
    const issuedOn = addDays(on, -random.int(12, 120))
    const amount = BigInt(random.int(3, { large: 280, middle: 90, small: 14 }[size])) * 100_000n + BigInt(random.int(0, 99_999))
    return {
      kind: 'opening' as const,
      customerId: life.customerIds[index]!,
      amount: formatMinor(amount, 'CNY'),
      issuedOn,
      dueOn: addDays(issuedOn, random.pick([30, 30, 60])),
      entryOn: addDays(on, -1),
      reference: `${life.words.openingNo}-${String(index + 1).padStart(3, '0')}-${issuedOn.slice(2, 7).replace('-', '')}`,
      remark: life.words.said.openingBalance,
    }
  })
}

function addMinutes(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000)
}
