import { formatMinor, parseMinor } from '../../kernel/money.ts'
import { may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { type BoundRoute, download, read, write } from '../../platform/http.ts'
import { cutPage } from '../../platform/paging.ts'
import { checkReceipt } from './check-receipt.query.ts'
import { confirmReceipts } from './confirm-receipts.command.ts'
import { exportReceipts } from './export-receipts.query.ts'
import { addBankAccount, addMethod, editBankAccount, editMethod } from './found-receipts.command.ts'
import { identifyReceipt } from './identify-receipt.command.ts'
import { bankAccountsQuery, methodsQuery, type ReceiptFilter, receiptDetail, receiptSums, receiptsPage } from './receipt.query.ts'
import * as methods from './receipt-methods.api.ts'
import { receiptRowOf } from './receipt-row.query.ts'
import * as api from './receipts.api.ts'
import { editReceipt, recordReceipts } from './record-receipts.command.ts'
import { cancelReceipts, reverseReceipts } from './reverse-receipts.command.ts'

const OK = { ok: true } as const

export const receiptsHttp: readonly BoundRoute[] = [
  write(api.recordReceipts, async (tx, { body }) => ({
    ids: await recordReceipts(tx, body.receipts, { acceptDuplicates: body.acceptDuplicates }),
  })),
  write(api.editReceipt, async (tx, { params, body: { version, ...wanted } }) => {
    await editReceipt(tx, params.id, version, wanted)
    return OK
  }),
  read(api.checkReceipt, (reader, { body }) => checkReceipt(reader, body)),
  write(api.confirmReceipts, (tx, { body }) => confirmReceipts(tx, body.receipts)),
  write(api.cancelReceipts, async (tx, { body }) => {
    await cancelReceipts(tx, body.receipts)
    return OK
  }),
  write(api.reverseReceipt, async (tx, { params, body }) => {
    await reverseReceipts(tx, [{ id: params.id, ...body }])
    return OK
  }),
  write(api.identifyReceipt, async (tx, { params, body }) => {
    await identifyReceipt(tx, params.id, body)
    return OK
  }),
  read(api.listReceipts, async (reader, { query: { cursor, limit, sums, ...filter } }) => {
    const wanted = filterOf(filter, reader.caller.baseCurrency)
    const [page, all] = await Promise.all([
      sums === 'only' ? { items: [], nextCursor: null } : pageOf(reader, wanted, limit, cursor),
      sums === 'without' ? { total: null, sums: null } : sumsOf(reader, wanted),
    ])
    return { ...page, ...all }
  }),
  download(api.exportReceipts, async ({ db, caller }, { query }) =>
    exportReceipts(db, caller, filterOf(query, caller.baseCurrency), 'xlsx'),
  ),
  download(api.exportReceiptsCsv, async ({ db, caller }, { query }) =>
    exportReceipts(db, caller, filterOf(query, caller.baseCurrency), 'csv'),
  ),
  read(api.getReceipt, async (reader, { params }) => {
    const { receipt, allocations, adjustments, vouchers } = await receiptDetail(reader, params.id)
    const money = (minor: bigint) => formatMinor(minor, receipt.currency)
    const {
      entityName,
      rate,
      methodId,
      bankAccountId,
      payerAccount,
      remark,
      channel,
      channelTx,
      createdBy,
      confirmedBy,
      confirmedAt,
      reversedOn,
      reverseReason,
    } = receipt
    return {
      ...receiptRowOf(receipt, reader.caller.baseCurrency),
      entityName,
      rate: rate.replace(/\.?0+$/, ''),
      methodId,
      bankAccountId,
      payerAccount,
      remark,
      channel,
      channelTx,
      createdBy,
      confirmedBy,
      confirmedAt: confirmedAt?.toISOString() ?? null,
      reversedOn,
      reverseReason,
      allocations: allocations.map((one) => ({ ...one, amount: money(one.amount) })),
      adjustments: adjustments.map((one) => ({ ...one, amount: money(one.amount) })),
      vouchers,
    }
  }),
  read(methods.listMethods, async (reader) => ({ items: await methodsQuery(reader) })),
  write(methods.addMethod, async (tx, { body }) => ({ id: await addMethod(tx, body) })),
  write(methods.editMethod, async (tx, { params, body }) => {
    await editMethod(tx, { id: params.id, ...body })
    return OK
  }),
  read(methods.listBankAccounts, async (reader) => {
    const full = may(reader.caller, 'customers.viewSensitive')
    return {
      items: (await bankAccountsQuery(reader)).map((account) => ({
        ...account,
        accountNo: full ? account.accountNo : `…${account.accountNo.slice(-4)}`,
      })),
    }
  }),
  write(methods.addBankAccount, async (tx, { body }) => ({ id: await addBankAccount(tx, body) })),
  write(methods.editBankAccount, async (tx, { params, body }) => {
    await editBankAccount(tx, { id: params.id, ...body })
    return OK
  }),
]

async function pageOf(reader: Reader, wanted: ReceiptFilter, limit: number, cursor: string | undefined) {
  const rows = await receiptsPage(reader, wanted, limit, cursor)
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.receivedOn, row.id])
  return { items: items.map((row) => receiptRowOf(row, reader.caller.baseCurrency)), nextCursor }
}

async function sumsOf(reader: Reader, wanted: ReceiptFilter) {
  const sums = await receiptSums(reader, wanted)
  return {
    total: sums.reduce((sum, one) => sum + one.count, 0),
    sums: sums.map(({ currency, amount, allocated, unallocated }) => ({
      currency,
      amount: formatMinor(amount, currency),
      allocated: formatMinor(allocated, currency),
      unallocated: formatMinor(unallocated, currency),
    })),
  }
}

type QueryFilter = Omit<ReceiptFilter, 'least' | 'most'> & { readonly least?: string | undefined; readonly most?: string | undefined }
function filterOf({ least, most, ...filter }: QueryFilter, baseCurrency: string): ReceiptFilter {
  const currency = filter.currency ?? baseCurrency
  return {
    ...filter,
    least: least === undefined ? undefined : parseMinor(least, currency),
    most: most === undefined ? undefined : parseMinor(most, currency),
  }
}
