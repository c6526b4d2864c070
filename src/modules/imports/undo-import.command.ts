import { type Day, periodOf } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { type Caller, may } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { reverseAllocations } from '../allocations/reverse-allocations.command.ts'
import { endLimitRequests } from '../credit/end-limit-requests.command.ts'
import { switchCustomers } from '../customers/switch-customers.command.ts'
import { cancelOrders } from '../orders/end-orders.command.ts'
import { switchProducts } from '../products/save-products.command.ts'
import { cancelReceipts, reverseReceipts } from '../receipts/reverse-receipts.command.ts'
import { openingEntries } from '../receivables/opening-entries.query.ts'
import { voidReceivables } from '../receivables/void-receivables.command.ts'
import { periodsAsked } from '../vouchers/periods.query.ts'
import { markUndone, notifyOfEnd, saveUndoing } from './import-run.store.ts'
import type { ImportRun } from './import-run.ts'
import { lockImportRun, lockWorkedRun, workedRun } from './import-runs.query.ts'
import { IMPORT_TASK } from './start-import.command.ts'
import { hasUnseen, type InTheWay, inTheWay, lastChunk, type MadeChunk, undoing, unusedCustomers, unusedProducts } from './undoing.query.ts'

const STARTABLE: readonly string[] = ['done', 'failed', 'cancelled', 'undoing']
const NAMED_MOST = 10
const TO_UNDO_MONEY = ['allocations.reverse', 'receipts.reverse']
/** What taking back does besides: a key that may import need not be allowed to reverse money, to void debts or to switch anything off. */
const ALSO_NEEDED: { readonly [kind in ImportRun['params']['kind']]: readonly string[] } = {
  customers: ['customers.edit'],
  products: ['products.edit'],
  openItems: ['receivables.open', ...TO_UNDO_MONEY],
  invoices: ['receivables.open', ...TO_UNDO_MONEY],
  orders: ['orders.edit'],
  receipts: TO_UNDO_MONEY,
}

/**
 * 整批撤回: sets taking an import back off; a worker does it after commit, chunk by chunk from the last. Asked again it changes nothing. Throws imports.stillUsed naming the documents
 * that stand in the way, people.mayNot where the caller may not reverse what it made, imports.nothingToUndo, imports.notKept (made by an earlier version), imports.notOver, platform.outOfScope.
 */
export async function undoImport(tx: Tx, id: string): Promise<void> {
  const run = await lockImportRun(tx, id)
  if (run.status === 'undone') return
  for (const permission of ALSO_NEEDED[run.params.kind])
    if (!may(tx.caller, permission)) throw new Problem('people.mayNot', { permission }, { kind: 'forbidden' })
  if (!STARTABLE.includes(run.status)) throw new Problem('imports.notOver', {}, { kind: 'conflict' })
  if (run.result.imported === 0) throw new Problem('imports.nothingToUndo', {}, { kind: 'conflict' })
  const { kept, documents, inTheWay: count } = await undoing(tx, run)
  if (!kept) throw new Problem('imports.notKept', {}, { kind: 'conflict' })
  await refuseUnseen(tx, id)
  refuse(documents, count)
  const { problem: _, ...result } = run.result
  saveUndoing(tx, { id, status: 'undoing', result, finishedAt: null })
  if (run.status !== 'undoing') tx.audit({ action: 'imports.undoing', entity: 'import', entityId: id, before: { status: run.status } })
  tx.job(IMPORT_TASK, { runId: id, actorId: tx.caller.actorId }, `import ${id}`, { oneAtATime: true })
}

/** The worker's part: each chunk is one transaction, so that a worker that dies is followed by another. What somebody did meanwhile stops it with a sentence, and it can be asked again. */
export async function takeBackChunks(db: Database, caller: Caller, id: string): Promise<void> {
  try {
    if (!may(caller, 'imports.run')) throw new Problem('people.mayNot', { permission: 'imports.run' }, { kind: 'forbidden' })
    while (await db.transaction(caller, (tx) => takeBackLast(tx, id)));
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'unavailable') throw error
    const { code, params } = error
    await db.transaction(caller, async (tx) => {
      const run = await lockWorkedRun(tx, id)
      if (run.status === 'undoing')
        saveUndoing(tx, { id, status: 'undoing', result: { ...run.result, problem: { code, params } }, finishedAt: null })
    })
  }
}

/** Takes the last chunk back; false when there is none left. */
async function takeBackLast(tx: Tx, id: string): Promise<boolean> {
  const run = await lockWorkedRun(tx, id)
  if (run.status !== 'undoing') return false
  const chunk = await lastChunk(tx, id)
  if (chunk === undefined) {
    finish(tx, run)
    return false
  }
  await refuseUnseen(tx, id)
  const documents = await inTheWay(tx, id, Number(chunk.fromRow))
  refuse(documents, documents.length)
  const reason = `import ${run.params.fileName}`
  const onDay = await openDays(tx)
  await takeMoneyBack(tx, chunk, reason, onDay)
  await takeDebtsBack(tx, chunk, reason, onDay)
  await takeOrdersBack(tx, chunk, reason)
  await tx.flush() // who is unused is asked of what the database holds now
  await takePartiesBack(tx, chunk, reason)
  const undone =
    (run.result.undone ?? 0) +
    chunk.receivables.length +
    chunk.receipts.length +
    chunk.orders.length +
    chunk.customers.length +
    chunk.products.length
  markUndone(tx, id, chunk.fromRow)
  saveUndoing(tx, { id, status: 'undoing', result: { ...run.result, undone }, finishedAt: null })
  return true
}

/** Each mirror stands on the day of what it undoes, so that no day shows the import any more; where that month is closed, today. */
async function openDays(tx: Tx): Promise<(day: Day) => Day> {
  const { lastClosed } = await periodsAsked(tx, [periodOf(tx.today)])
  return (day) => (periodOf(day) <= lastClosed ? tx.today : day)
}

async function takeMoneyBack(tx: Tx, chunk: MadeChunk, reason: string, onDay: (day: Day) => Day): Promise<void> {
  if (chunk.receipts.length === 0) return
  const t = tx.caller.tenantId
  const made = await tx.all<{
    id: string
  }>(sql`select a.id from ar.allocations a where a.tenant_id = ${t} and a.receipt_id = any(${chunk.receipts}::uuid[]) and a.reverses_id is null
    and not exists (select from ar.allocations x where x.tenant_id = ${t} and x.reverses_id = a.id) order by a.id`)
  if (made.length > 0) {
    await reverseAllocations(tx, { allocationIds: made.map((one) => one.id), onDay, reason })
    await tx.flush() // receipts and receivables are locked as the database holds them
  }
  const receipts = await tx.all<{ id: string; version: number; status: string; receivedOn: Day }>(
    sql`select p.id, p.version, p.status, p.received_on from ar.receipts p where p.tenant_id = ${t} and p.id = any(${chunk.receipts}::uuid[]) and p.status in ('draft', 'confirmed') order by p.id for no key update`,
  )
  const confirmed = receipts.filter((one) => one.status === 'confirmed')
  const drafts = receipts.filter((one) => one.status === 'draft')
  if (confirmed.length > 0)
    await reverseReceipts(
      tx,
      confirmed.map(({ id, version, receivedOn }) => ({ id, version, reason, reversedOn: onDay(receivedOn) })),
      { bulk: true },
    )
  if (drafts.length > 0) await cancelReceipts(tx, drafts)
}

async function takeDebtsBack(tx: Tx, chunk: MadeChunk, reason: string, onDay: (day: Day) => Day): Promise<void> {
  const live = await tx.all<{ id: string }>(
    sql`select r.id from ar.receivables r where r.tenant_id = ${tx.caller.tenantId} and r.id = any(${chunk.receivables}::uuid[]) and r.voided_on is null order by r.id`,
  )
  if (live.length === 0) return
  const ids = live.map((one) => one.id)
  const openings = await openingEntries(tx, ids)
  await voidReceivables(
    tx,
    ids.map((id) => ({ id, reason, voidedOn: onDay(openings.get(id)!.entryOn) })),
    { bulk: true },
  )
}

async function takeOrdersBack(tx: Tx, chunk: MadeChunk, reason: string): Promise<void> {
  const drafts = await tx.all<{ id: string; version: number }>(
    sql`select o.id, o.version from ar.orders o where o.tenant_id = ${tx.caller.tenantId} and o.id = any(${chunk.orders}::uuid[]) and o.status in ('draft', 'rejected') order by o.id`,
  )
  if (drafts.length > 0)
    await cancelOrders(
      tx,
      drafts.map((one) => ({ ...one, reason })),
    )
}

/** Customers and products stay in the file, because the record names them: those that nothing uses are disabled, and come back with a corrected file. */
async function takePartiesBack(tx: Tx, chunk: MadeChunk, reason: string): Promise<void> {
  const customers = chunk.customers.length === 0 ? [] : await unusedCustomers(tx, chunk.customers)
  if (customers.length > 0) {
    await switchCustomers(tx, customers, 'disabled', reason)
    await endLimitRequests(tx, customers, reason)
  }
  const products = chunk.products.length === 0 ? [] : await unusedProducts(tx, chunk.products)
  if (products.length > 0)
    await switchProducts(
      tx,
      products.map((one) => ({ ...one, status: 'disabled' as const })),
    )
}

function finish(tx: Tx, run: ImportRun): void {
  const { problem: _, ...result } = run.result
  saveUndoing(tx, { id: run.id, status: 'undone', result, finishedAt: tx.at, businessKey: `undone ${run.id}` })
  if (run.createdByName !== null) notifyOfEnd(tx, run, { file: run.params.fileName, imported: 0 }, 'imports.undone')
  tx.audit({
    action: 'imports.undone',
    entity: 'import',
    entityId: run.id,
    before: { imported: result.imported },
    after: { undone: result.undone ?? 0 },
  })
}

/** Whoever sees a part of the customers only would take a part back and call it the whole. */
async function refuseUnseen(tx: Tx, id: string): Promise<void> {
  if (tx.caller.scope.kind !== 'all' && (await hasUnseen(tx, id))) throw new Problem('platform.outOfScope', {}, { kind: 'forbidden' })
}

/** Names the documents that stand in the way, in the sentence and one by one. */
function refuse(documents: readonly InTheWay[], count: number): void {
  if (documents.length === 0) return
  const numbers = [...new Set(documents.map((one) => one.no))]
  throw new Problem(
    'imports.stillUsed',
    { count, documents: numbers.slice(0, NAMED_MOST).join(', ') + (numbers.length > NAMED_MOST ? ' …' : '') },
    {
      kind: 'conflict',
      issues: documents.map(({ entity, id, no, by, reason }) => ({
        path: `${entity}.${id}`,
        code: `imports.${reason}`,
        params: { no, by: by ?? '' },
      })),
    },
  )
}

/** Is this run being taken back, rather than brought in? Asked by the worker of both. */
export async function isUndoing(db: Database, caller: Caller, id: string): Promise<boolean> {
  return (await db.read(caller, (reader) => workedRun(reader, id))).status === 'undoing'
}
