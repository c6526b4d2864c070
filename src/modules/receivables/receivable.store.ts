import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import type { ReceivableToOpen } from './receivable-to-open.ts'

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

/** A receivable with its lines and its first entry, as they are inserted. */
export type NewReceivable = Omit<ReceivableToOpen, 'lines'> & {
  readonly id: string
  readonly entryId: string
  readonly voucherId: string
  readonly amount: bigint
  readonly lines: readonly (ReceivableToOpen['lines'][number] & {
    readonly lineNo: number
    readonly amount: bigint
    readonly amountBase: bigint
  })[]
}

export function insertReceivables(tx: Tx, receivables: readonly NewReceivable[]): void {
  const createdBy = tx.caller.actorId
  tx.insert(
    'receivables',
    receivables.map(({ lines, entryId, voucherId, taxBase, entryOn, ...own }) => ({
      ...own,
      open: own.amount,
      openBase: own.amountBase,
      createdBy,
    })),
  )
  tx.insert(
    'receivable_lines',
    receivables.flatMap(({ id, lines, dueOn }) =>
      lines.map(({ lineNo, productId, net, tax, amount, amountBase }) => ({
        receivableId: id,
        lineNo,
        productId,
        net,
        tax,
        amount,
        amountBase,
        dueOn,
        openBase: amountBase,
      })),
    ),
  )
  addEntries(tx, receivables.map(openingEntry))
}

function openingEntry(one: NewReceivable): NewEntry {
  const { id, entryId, entryOn, amount, amountBase, customerId, issuedOn, dueOn, salespersonId, regionId, voucherId } = one
  return {
    id: entryId,
    receivableId: id,
    kind: 'opened',
    entryOn,
    amount,
    amountBase,
    customerId,
    issuedOn,
    dueOn,
    salespersonId,
    regionId,
    sourceKind: 'receivable',
    sourceId: id,
    voucherId,
  }
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

export function saveVoided(
  tx: Tx,
  receivables: readonly {
    readonly id: string
    readonly version: number
    readonly voidedOn: Day
    /** The day of its last entry. */
    readonly settledOn: Day
    readonly lines: readonly { readonly lineNo: number }[]
  }[],
): void {
  const rows = receivables.map(({ id, version, voidedOn, settledOn }) => ({ id, version, open: 0n, openBase: 0n, settledOn, voidedOn }))
  tx.update('receivables', rows, { set: ['open', 'openBase', 'settledOn', 'voidedOn'], expect: ['version'] })
  const lines = receivables.flatMap(({ id, lines }) => lines.map(({ lineNo }) => ({ receivableId: id, lineNo, openBase: 0n })))
  tx.update('receivable_lines', lines, { match: ['receivableId', 'lineNo'], set: ['openBase'] })
}

/** Due days, customer, salesperson and region after a move; `lines` are those whose due day follows. */
export function savePlaces(
  tx: Tx,
  receivables: readonly {
    readonly id: string
    readonly version: number
    readonly customerId: string
    readonly dueOn: Day
    readonly contractDueOn: Day
    readonly terms: unknown
    readonly salespersonId: string | null
    readonly regionId: string | null
    readonly lines: readonly { readonly lineNo: number }[]
  }[],
): void {
  const rows = receivables.map(({ lines, ...row }) => row)
  tx.update('receivables', rows, {
    set: ['customerId', 'dueOn', 'contractDueOn', 'terms', 'salespersonId', 'regionId'],
    expect: ['version'],
  })
  const lines = receivables.flatMap(({ id, dueOn, lines }) => lines.map(({ lineNo }) => ({ receivableId: id, lineNo, dueOn })))
  tx.update('receivable_lines', lines, { match: ['receivableId', 'lineNo'], set: ['dueOn'] })
}

export function saveDisputed(
  tx: Tx,
  receivables: readonly { readonly id: string; readonly version: number; readonly disputed: boolean }[],
): void {
  const rows = receivables.map(({ id, version, disputed }) => ({ id, version, disputed }))
  tx.update('receivables', rows, { set: ['disputed'], expect: ['version'] })
}
