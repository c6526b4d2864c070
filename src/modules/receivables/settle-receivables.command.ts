import { assert } from '../../kernel/assert.ts'
import { type Day, laterDay } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { changeExposure } from '../credit/change-exposure.command.ts'
import type { CreditAccount } from '../credit/credit-accounts.query.ts'
import { lineShares } from './line-shares.ts'
import type { LockedReceivable } from './lock-receivables.query.ts'
import { addEntries, saveOpenAmounts } from './receivable.store.ts'

/**
 * So much less is owed (`amount` > 0), or so much more again because a settlement was undone (`amount` < 0, kind 'reversed'). Minor units; `amountBase` has the
 * sign of `amount` and is the receivable's side (see settledBase). `sourceId` is the allocation or adjustment.
 */
export type SettlementChange = {
  readonly receivableId: string
  readonly kind: 'allocated' | 'discount' | 'shortPayment' | 'reversed'
  readonly amount: bigint
  readonly amountBase: bigint
  readonly entryOn: Day
  readonly sourceKind: 'allocation' | 'adjustment'
  readonly sourceId: string
  readonly voucherId: string
}

/** What stands open afterwards. */
export type SettledReceivable = { readonly id: string; readonly open: bigint; readonly openBase: bigint; readonly settledOn: Day | null }

/**
 * The only way in which money or an adjustment changes an open amount: entries, open amounts, shares of the lines, exposure. `receivables` comes from
 * lockReceivables, `accounts` from lockCreditAccounts of the same transaction. Call it once a transaction with all changes: a receivable is updated once.
 * Throws receivables.exceedsOpenAmount, receivables.voided, receivables.beforeIssue,
 * receivables.beforeLastChange. Emits nothing: the caller's event tells what happened.
 */
export function applySettlements(
  tx: Tx,
  {
    receivables,
    accounts,
  }: { readonly receivables: ReadonlyMap<string, LockedReceivable>; readonly accounts: ReadonlyMap<string, CreditAccount> },
  changes: readonly SettlementChange[],
): Map<string, SettledReceivable> {
  const settled = new Map<string, SettledReceivable>()
  for (const [id, own] of Map.groupBy(changes, (change) => change.receivableId)) {
    const receivable = receivables.get(id)
    assert(receivable !== undefined, `receivable ${id} was locked`)
    settled.set(id, settle(receivable, own))
  }
  addEntries(
    tx,
    changes.map((change) => entryOf(receivables.get(change.receivableId)!, change)),
  )
  saveOpenAmounts(
    tx,
    [...settled.values()].map((after) => ({
      ...after,
      version: receivables.get(after.id)!.version,
      lines: sharesOf(receivables.get(after.id)!, after.openBase),
    })),
  )
  const exposure = [...settled.values()].map((after) => ({
    customerId: receivables.get(after.id)!.customerId,
    receivablesBase: after.openBase - receivables.get(after.id)!.openBase,
  }))
  changeExposure(tx, accounts, exposure)
  return settled
}

function settle(receivable: LockedReceivable, changes: readonly SettlementChange[]): SettledReceivable {
  for (const change of changes) {
    assert(change.amount !== 0n && change.amount < 0n === (change.kind === 'reversed'), 'what is undone is negative')
    if (change.entryOn < receivable.issuedOn)
      throw new Problem('receivables.beforeIssue', { no: receivable.no, day: change.entryOn, issuedOn: receivable.issuedOn })
    refuseEarlier(receivable, change)
  }
  if (receivable.voidedOn !== null) throw new Problem('receivables.voided', { no: receivable.no }, { kind: 'conflict' })
  const open = changes.reduce((sum, change) => sum - change.amount, receivable.open)
  const openBase = changes.reduce((sum, change) => sum - change.amountBase, receivable.openBase)
  if (open < 0n) throw new Problem('receivables.exceedsOpenAmount', { no: receivable.no }, { kind: 'conflict' })
  assert(open <= receivable.amount, 'no more is given back than was settled')
  assert(open !== 0n || openBase === 0n, 'nothing open has no value left')
  const last = changes.map((change) => change.entryOn).reduce(laterDay, receivable.days.lastEntryOn)
  return { id: receivable.id, open, openBase, settledOn: open === 0n ? last : null }
}

/** No past day may come to stand below nothing, or in another place than it stood. */
function refuseEarlier({ no, days }: LockedReceivable, { kind, entryOn }: SettlementChange): void {
  const from = kind === 'reversed' ? days.movedOn : days.settledFrom
  if (from !== null && entryOn < from) throw new Problem('receivables.beforeLastChange', { no, day: entryOn, from }, { path: 'entryOn' })
}

function entryOf(receivable: LockedReceivable, change: SettlementChange) {
  return {
    id: uuid(),
    receivableId: receivable.id,
    kind: change.kind,
    entryOn: change.entryOn,
    amount: -change.amount,
    amountBase: -change.amountBase,
    customerId: receivable.customerId,
    issuedOn: receivable.issuedOn,
    dueOn: receivable.dueOn,
    salespersonId: receivable.salespersonId,
    regionId: receivable.regionId,
    sourceKind: change.sourceKind,
    sourceId: change.sourceId,
    voucherId: change.voucherId,
  }
}

/** Each line's share of the open amount, so that products age too. */
function sharesOf(receivable: LockedReceivable, openBase: bigint): { lineNo: number; openBase: bigint }[] {
  const shares = lineShares(
    openBase,
    receivable.lines.map((line) => line.amountBase),
  )
  return receivable.lines.map((line, index) => ({ lineNo: line.lineNo, openBase: shares[index]! }))
}
