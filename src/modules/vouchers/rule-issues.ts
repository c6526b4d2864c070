import type { Issue } from '../../kernel/problem.ts'
import {
  type AmountComponent,
  amountComponents,
  defaultPostingRules,
  movesReceivables,
  type PostingKind,
  type PostingLine,
} from './posting-rules.ts'

type Sample = Readonly<Record<AmountComponent, bigint>>
/** Base amounts that belong together: gross = net + tax = fee + afterFee, used = settled + exchangeDifference. A rule that balances for all of them balances always: it is linear. */
const samples: readonly Sample[] = [
  sample({ net: 10_000n, tax: 1_300n, fee: 15n, settled: 700n, exchangeDifference: 20n }),
  sample({ net: 7n, tax: 0n, fee: 0n, settled: 100n, exchangeDifference: -3n }),
  sample({ net: 1n, tax: 5n, fee: 2n, settled: 11n, exchangeDifference: 0n }),
]

function sample({
  net,
  tax,
  fee,
  settled,
  exchangeDifference,
}: Pick<Sample, 'net' | 'tax' | 'fee' | 'settled' | 'exchangeDifference'>): Sample {
  return { net, tax, gross: net + tax, fee, afterFee: net + tax - fee, settled, exchangeDifference, used: settled + exchangeDifference }
}

/** Components that an event of this kind knows: those of its default rule, and what these are made of. */
export function componentsOf(kind: PostingKind): ReadonlySet<AmountComponent> {
  const own = new Set(defaultPostingRules[kind].map((line) => line.component))
  return new Set(amountComponents.filter((component) => own.has(component)))
}

/**
 * What is wrong with a posting rule: a component that the event does not have, a voucher that would not balance, and the receivables account touched by an event that
 * the ledger does not follow, or no longer by one that it does (account 1122 = ledger).
 */
export function ruleIssues(kind: PostingKind, lines: readonly PostingLine[]): Issue[] {
  const known = componentsOf(kind)
  const unknown = lines.flatMap((line, index) =>
    known.has(line.component)
      ? []
      : [{ path: `lines.${index}.component`, code: 'vouchers.componentUnknown', params: { component: line.component } }],
  )
  if (unknown.length > 0) return unknown
  const issues: Issue[] = []
  for (const amounts of samples) {
    const difference = lines.reduce((sum, line) => sum + (line.side === 'debit' ? 1n : -1n) * amounts[line.component], 0n)
    if (difference !== 0n) {
      issues.push({ path: 'lines', code: 'vouchers.ruleUnbalanced', params: {} })
      break
    }
  }
  const effect = (of: readonly PostingLine[]): string =>
    JSON.stringify(
      of
        .filter((line) => line.account === 'receivables')
        .map((line) => [line.side, line.component])
        .sort(),
    )
  if (effect(lines) !== effect(defaultPostingRules[kind]))
    issues.push({ path: 'lines', code: movesReceivables(kind) ? 'vouchers.ruleLosesReceivables' : 'vouchers.ruleTouchesReceivables' })
  lines.forEach((line, index) => {
    if (line.account === 'receivables' && !line.ofCustomer)
      issues.push({ path: `lines.${index}.ofCustomer`, code: 'vouchers.lineNeedsCustomer' })
    if (line.ofCustomer && kind === 'unidentifiedReceiptConfirmed')
      issues.push({ path: `lines.${index}.ofCustomer`, code: 'vouchers.noCustomerKnown' })
  })
  return issues
}
