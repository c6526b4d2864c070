import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'

/** One row of the sub-ledger, as it is inserted. Signed minor units: + owed, − settled. */
export type NewEntry = {
  readonly id: string
  readonly receivableId: string
  readonly kind: 'opened' | 'allocated' | 'discount' | 'shortPayment' | 'reversed' | 'rescheduled' | 'reassigned' | 'voided'
  readonly entryOn: Day
  readonly amount: bigint
  readonly amountBase: bigint
  readonly customerId: string
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly sourceKind: string
  readonly sourceId: string
  readonly voucherId: string | null
}

export function addEntries(tx: Tx, entries: readonly NewEntry[]): void {
  tx.insert('receivable_entries', entries)
}

/** Open amounts after a settlement, with the shares of their lines. */
export type OpenAmount = {
  readonly id: string
  readonly version: number
  readonly open: bigint
  readonly openBase: bigint
  readonly settledOn: Day | null
  readonly lines: readonly { readonly lineNo: number; readonly openBase: bigint }[]
}

export function saveOpenAmounts(tx: Tx, receivables: readonly OpenAmount[]): void {
  const rows = receivables.map(({ id, version, open, openBase, settledOn }) => ({ id, version, open, openBase, settledOn }))
  tx.update('receivables', rows, { set: ['open', 'openBase', 'settledOn'], expect: ['version'] })
  const lines = receivables.flatMap(({ id, lines }) => lines.map((line) => ({ receivableId: id, ...line })))
  tx.update('receivable_lines', lines, { match: ['receivableId', 'lineNo'], set: ['openBase'] })
}
