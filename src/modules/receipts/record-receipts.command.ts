import { assert } from '../../kernel/assert.ts'
import { minorUnits } from '../../kernel/currency.ts'
import type { Day } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import { convertMinor } from '../../kernel/percent.ts'
import { type Issue, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { withdrawApprovals } from '../approvals/withdraw-approvals.command.ts'
import { channelOfTransaction } from './duplicate-receipt.ts'
import { duplicatesWithin, findDuplicates, type MaybeSame } from './find-duplicates.query.ts'
import { lockReceipts } from './lock-receipts.query.ts'
import { insertReceipts, type NewReceipt, updateDraft } from './receipt.store.ts'
import type { ReceiptsConfirmed } from './receipt-events.ts'
import { type ReceiptFacts, receiptFacts } from './receipt-facts.query.ts'

const ISSUES_SHOWN = 200

/** As a person or a file says it: amounts as decimal text, what is left out comes from the customer, the order and the company. */
export type WantedReceipt = {
  readonly customerId: string | null
  readonly orderId: string | null
  readonly entityId?: string | undefined
  readonly currency?: string | undefined
  readonly rate?: string | undefined
  readonly amount: string
  readonly fee: string
  readonly receivedOn: Day
  readonly methodId: string | null
  readonly bankAccountId: string | null
  readonly payerName: string | null
  readonly payerAccount: string | null
  readonly reference: string | null
  readonly remark: string
  readonly channel: string | null
  readonly channelTx: string | null
  readonly sourceNo: string | null
}
export type RecordOptions = {
  readonly acceptDuplicates: boolean
  /** History that an import brings in is confirmed by that rule, in the same transaction. */
  readonly confirmed?: boolean
  /** Money or credit that was there at go-live: confirmed, unallocated, against the opening balances and no bank account. Needs a customer. */
  readonly opening?: boolean
  /** Bulk: one audit entry for all. */
  readonly bulk?: boolean
}

/**
 * 收款登记: saves receipts as drafts (step one of two). Refuses wrong references and amounts naming each receipt and field; a receipt that repeats a channel transaction
 * or a source number is refused, one that merely looks the same needs `acceptDuplicates`. Returns the ids in the order given.
 */
export async function recordReceipts(tx: Tx, wanted: readonly WantedReceipt[], options: RecordOptions): Promise<string[]> {
  assert(
    !options.opening || (options.confirmed === true && wanted.every((one) => one.customerId !== null)),
    'an opening receipt has its customer',
  )
  const facts = await receiptFacts(tx, wanted)
  const receipts = wanted.map((one) => draftOf(tx, one, facts))
  const issues = wanted.flatMap((one, index) => issuesOf(one, receipts[index]!, facts, `receipts.${index}`, tx))
  if (issues.length > 0) throw new Problem('receipts.invalid', { count: issues.length }, { issues })
  await refuseDuplicates(tx, receipts, options.acceptDuplicates)
  holdCustomers(tx, receipts)
  insertReceipts(tx, receipts, options.confirmed ? { how: 'rule', opening: options.opening ?? false } : undefined)
  auditRecorded(tx, receipts, options)
  if (options.confirmed)
    await emit<ReceiptsConfirmed>(tx, {
      type: 'receipts.confirmed',
      receipts: receipts.map((receipt) => ({
        ...receipt,
        voucherId: uuid(),
        account: facts.accountOf(receipt.bankAccountId),
        createdBy: tx.caller.actorId,
        isHistory: true,
        isOpening: options.opening ?? false,
      })),
    })
  return receipts.map((receipt) => receipt.id)
}

/** Changes a draft whole; an approval that was asked for it is void. Whoever edits a draft is its maker from then on. Throws receipts.notDraft, platform.staleVersion, or names the wrong fields. */
export async function editReceipt(tx: Tx, id: string, version: number, wanted: WantedReceipt): Promise<void> {
  const [[before], facts] = await Promise.all([lockReceipts(tx, [id]), receiptFacts(tx, [wanted])])
  if (before!.status !== 'draft') throw new Problem('receipts.notDraft', { no: before!.no ?? '' }, { kind: 'conflict' })
  if (before!.version !== version) throw new Problem('platform.staleVersion', { version: before!.version }, { kind: 'conflict' })
  const receipt = { ...draftOf(tx, wanted, facts), id }
  const issues = issuesOf(wanted, receipt, facts, '', tx)
  if (issues.length > 0) throw new Problem('receipts.invalid', { count: issues.length }, { issues })
  await refuseDuplicates(tx, [{ ...receipt, exceptId: id }], true)
  holdCustomers(tx, [receipt])
  updateDraft(tx, receipt, version)
  await withdrawApprovals(tx, 'receipt', [id], 'void')
  tx.audit({
    action: 'receipts.edited',
    entity: 'receipt',
    entityId: id,
    ...changes(
      { ...before },
      {
        customerId: receipt.customerId,
        orderId: receipt.orderId,
        amount: receipt.amount,
        fee: receipt.fee,
        currency: receipt.currency,
        receivedOn: receipt.receivedOn,
        reference: receipt.reference,
      },
    ),
  })
}

/** A merge takes along what it sees: it waits for this save or this save for it, and then finds the customer merged and is tried again. */
function holdCustomers(tx: Tx, receipts: readonly NewReceipt[]): void {
  const ids = [...new Set(receipts.flatMap(({ customerId }) => customerId ?? []))]
  if (ids.length === 0) return
  tx.check(
    `select 1 from ar.customers c where c.tenant_id = $1 and c.id = any({0}::uuid[]) and c.status <> 'merged' for share`,
    [ids],
    ids.length,
  )
}

function draftOf(tx: Tx, wanted: WantedReceipt, facts: ReceiptFacts): NewReceipt {
  const order = wanted.orderId === null ? undefined : facts.orders.get(wanted.orderId)
  const currency = wanted.currency ?? order?.currency ?? tx.caller.baseCurrency
  const base = tx.caller.baseCurrency
  const rate = wanted.rate ?? '1'
  const amount = parseMinor(wanted.amount, currency) ?? 0n
  const fee = parseMinor(wanted.fee, currency) ?? 0n
  const toBase = (minor: bigint): bigint => (currency === base ? minor : convertMinor(minor, rate, minorUnits(currency), minorUnits(base)))
  const {
    customerId,
    orderId,
    receivedOn,
    methodId,
    bankAccountId,
    payerName,
    payerAccount,
    reference,
    remark,
    channel,
    channelTx,
    sourceNo,
  } = wanted
  return {
    id: uuid(),
    entityId: wanted.entityId ?? order?.entityId ?? facts.defaultEntityId,
    customerId: customerId ?? order?.customerId ?? null,
    orderId,
    currency,
    rate,
    amount,
    amountBase: toBase(amount),
    fee,
    feeBase: toBase(fee),
    receivedOn,
    methodId,
    bankAccountId,
    payerName,
    payerAccount,
    reference,
    remark,
    channel: channelOfTransaction(channel, channelTx),
    channelTx,
    sourceNo,
  }
}

function issuesOf(wanted: WantedReceipt, receipt: NewReceipt, facts: ReceiptFacts, at: string, tx: Tx): Issue[] {
  const { currency } = receipt
  const path = (field: string): string => (at === '' ? field : `${at}.${field}`)
  const decimals = { currency, units: minorUnits(currency) }
  const found: (Issue | false)[] = [
    parseMinor(wanted.amount, currency) === undefined && { path: path('amount'), code: 'platform.tooManyDecimals', params: decimals },
    parseMinor(wanted.fee, currency) === undefined && { path: path('fee'), code: 'platform.tooManyDecimals', params: decimals },
    (receipt.fee < 0n || receipt.fee > receipt.amount) && { path: path('fee'), code: 'receipts.feeOutOfRange' },
    currency !== tx.caller.baseCurrency &&
      Number(wanted.rate ?? '0') === 0 && {
        path: path('rate'),
        code: 'receipts.rateMissing',
        params: { currency, base: tx.caller.baseCurrency },
      },
    currency === tx.caller.baseCurrency &&
      wanted.rate !== undefined &&
      Number(wanted.rate) !== 1 && { path: path('rate'), code: 'receipts.rateNotOne', params: { currency } },
    wanted.customerId !== null && !facts.customers.has(wanted.customerId) && { path: path('customerId'), code: 'receipts.customerUnknown' },
    wanted.orderId !== null && !facts.orders.has(wanted.orderId) && { path: path('orderId'), code: 'receipts.orderUnknown' },
    wanted.entityId !== undefined && !facts.entities.has(wanted.entityId) && { path: path('entityId'), code: 'receipts.entityUnknown' },
    wanted.methodId !== null && !facts.methods.has(wanted.methodId) && { path: path('methodId'), code: 'receipts.methodUnknown' },
    wanted.bankAccountId !== null &&
      !facts.bankAccounts.has(wanted.bankAccountId) && { path: path('bankAccountId'), code: 'receipts.bankAccountUnknown' },
    wanted.bankAccountId !== null &&
      facts.bankAccounts.has(wanted.bankAccountId) &&
      facts.bankAccounts.get(wanted.bankAccountId)!.currency !== currency && {
        path: path('bankAccountId'),
        code: 'receipts.bankAccountCurrency',
        params: { currency },
      },
    wanted.customerId !== null &&
      wanted.orderId !== null &&
      facts.orders.has(wanted.orderId) &&
      facts.orders.get(wanted.orderId)!.customerId !== wanted.customerId && {
        path: path('orderId'),
        code: 'receipts.orderOfOtherCustomer',
      },
  ]
  return found.filter((issue) => issue !== false)
}

/** What is certainly the same money is refused whatever was accepted; what merely looks like it, unless the person has seen the warning. */
async function refuseDuplicates(tx: Tx, receipts: readonly MaybeSame[], certainOnly: boolean): Promise<void> {
  const twice = duplicatesWithin(receipts)
  const duplicates = await findDuplicates(tx, receipts, { certainOnly })
  if (duplicates.length === 0 && twice.length === 0) return
  const issues: Issue[] = [
    ...twice.map(({ index, first }) => ({ path: `receipts.${index}`, code: 'receipts.duplicateInList', params: { first: first + 1 } })),
    ...duplicates.slice(0, ISSUES_SHOWN).map(({ index, no, certain }) => ({
      path: `receipts.${index}`,
      code: certain ? 'receipts.duplicateCertain' : 'receipts.duplicateLikely',
      params: { no: no ?? '' },
    })),
  ]
  const worst = issues.find((issue) => issue.code !== 'receipts.duplicateLikely') ?? issues[0]!
  throw new Problem(worst.code, worst.params ?? {}, { kind: 'conflict', issues })
}

function auditRecorded(tx: Tx, receipts: readonly NewReceipt[], { bulk, confirmed }: RecordOptions): void {
  const action = confirmed ? 'receipts.brought' : 'receipts.recorded'
  if (bulk) {
    tx.audit({
      action,
      entity: 'receipt',
      detail: { count: receipts.length, ids: receipts.map((receipt) => receipt.id), amounts: receipts.map((receipt) => receipt.amount) },
    })
    return
  }
  for (const { id, amount, currency, customerId, receivedOn } of receipts)
    tx.audit({ action, entity: 'receipt', entityId: id, after: { amount, currency, customerId, receivedOn } })
}
