import { createHash } from 'node:crypto'
import { assert } from '../../kernel/assert.ts'
import { periodOf } from '../../kernel/day.ts'
import { splitByWeight } from '../../kernel/money.ts'
import { uuid } from '../../kernel/uuid.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { changeExposure } from '../credit/change-exposure.command.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import { insertReceivables, type NewReceivable } from './receivable.store.ts'
import type { OpenedReceivable, ReceivablesOpened } from './receivable-events.ts'
import type { ReceivableToOpen } from './receivable-to-open.ts'

/** More at once would be one statement too large: whoever has more opens them in chunks, each its own transaction. */
const OPENED_AT_ONCE_MOST = 5_000
/**
 * So many go to the database while the next are made ready: it and this process work at the same time. Fewer would be worse: a connection keeps the plan by which it looks a receivable up for
 * its lines and entries, and one that was made over the first five hundred rows of a table goes through all amounts of a company for each.
 */
const LAUNCHED_AT_ONCE = 2_500

/**
 * 立应收: opens receivables, each with its lines and its entry `opened`, counts them as exposure and numbers them (AR-<yymm> of the issue day). The vouchers follow
 * by receivables.opened. `bulk`: one audit entry for all, holding every id and digest. Returns the ids in the order given. What a person or a file says is judged
 * by enterReceivables; here a fault is our own.
 */
export async function openReceivables(
  tx: Tx,
  wanted: readonly ReceivableToOpen[],
  { bulk = false }: { readonly bulk?: boolean } = {},
): Promise<string[]> {
  if (wanted.length === 0) return []
  assert(wanted.length <= OPENED_AT_ONCE_MOST, 'receivables are opened in chunks')
  const accounts = await lockCreditAccounts(tx, [...new Set(wanted.map((one) => one.customerId))])
  const opened: Summary[] = []
  for (let from = 0; from < wanted.length; from += LAUNCHED_AT_ONCE) {
    const slice = wanted.slice(from, from + LAUNCHED_AT_ONCE).map(openedReceivable)
    insertReceivables(tx, slice)
    await emit<ReceivablesOpened>(tx, { type: 'receivables.opened', receivables: slice.map(asOpened) })
    for (const one of slice) opened.push(summaryOf(one, bulk))
    if (from + LAUNCHED_AT_ONCE < wanted.length) await tx.launch()
  }
  changeExposure(
    tx,
    accounts,
    wanted.map((one) => ({ customerId: one.customerId, receivablesBase: one.amountBase })),
  )
  for (const [series, own] of Map.groupBy(opened, (one) => one.series))
    tx.number(
      series,
      own.map((one) => one.id),
    )
  auditOpened(tx, opened, bulk)
  return opened.map((one) => one.id)
}

/** What is still needed of a receivable once its rows are on their way. */
type Summary = { readonly id: string; readonly series: string; readonly content: Content | string }

function summaryOf(one: NewReceivable, bulk: boolean): Summary {
  const content = contentOf(one)
  return {
    id: one.id,
    series: `AR-${String(periodOf(one.issuedOn)).slice(2)}`,
    content: bulk ? createHash('sha256').update(canonicalJson(content)).digest('base64url') : content,
  }
}

function openedReceivable(wanted: ReceivableToOpen): NewReceivable {
  const amounts = wanted.lines.map((line) => line.net + line.tax)
  const amount = amounts.reduce((sum, one) => sum + one, 0n)
  assert(
    amount > 0n && wanted.amountBase >= 0n && wanted.dueOn >= wanted.issuedOn && wanted.entryOn >= wanted.issuedOn,
    'a receivable was judged before it is opened',
  )
  const bases = splitByWeight(wanted.amountBase, amounts)
  const lines = wanted.lines.map((line, index) => ({ lineNo: index + 1, ...line, amount: amounts[index]!, amountBase: bases[index]! }))
  return { ...wanted, id: uuid(), entryId: uuid(), voucherId: uuid(), amount, lines }
}

function asOpened(one: NewReceivable): OpenedReceivable {
  const {
    id,
    voucherId,
    kind,
    entityId,
    customerId,
    orderId,
    salespersonId,
    regionId,
    currency,
    amount,
    amountBase,
    taxBase,
    issuedOn,
    dueOn,
    entryOn,
  } = one
  const tax = one.lines.reduce((sum, line) => sum + line.tax, 0n)
  return {
    id,
    voucherId,
    kind,
    entityId,
    customerId,
    orderId,
    salespersonId,
    regionId,
    currency,
    amount,
    amountBase,
    netBase: amountBase - taxBase,
    taxBase,
    net: amount - tax,
    tax,
    issuedOn,
    dueOn,
    entryOn,
  }
}

/** What the audit log keeps of an opened receivable; of many at once, the digest of it. */
type Content = ReturnType<typeof contentOf>

function contentOf({ id, kind, customerId, orderId, partNo, currency, amount, amountBase, issuedOn, dueOn, sourceNo }: NewReceivable) {
  return { id, kind, customerId, orderId, partNo, currency, amount, amountBase, issuedOn, dueOn, sourceNo }
}

function auditOpened(tx: Tx, opened: readonly Summary[], bulk: boolean): void {
  if (!bulk) {
    for (const { id, content } of opened)
      tx.audit({ action: 'receivables.opened', entity: 'receivable', entityId: id, after: content as Content })
    return
  }
  const documents = opened.map(({ id, content }) => [id, content])
  tx.audit({ action: 'receivables.opened', entity: 'receivable', detail: { count: opened.length, documents } })
}
