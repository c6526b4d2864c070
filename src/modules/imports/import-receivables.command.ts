import type { Tx } from '../../platform/db.ts'
import { allocateByHand } from '../allocations/allocate-receipts.command.ts'
import { addRegions } from '../customers/add-regions.command.ts'
import { createCustomers } from '../customers/create-customers.command.ts'
import { recordReceipts, type WantedReceipt } from '../receipts/record-receipts.command.ts'
import { openReceivables } from '../receivables/open-receivables.command.ts'
import type { ImportContext, ImportHandler, JudgedRow } from './import-handler.query.ts'
import { judgeReceivableRows, type ReceivableInput } from './judge-receivables.query.ts'

/** 期初应收: what was open at go-live, each row one receivable of kind `opening`. */
export const openItemsImport: ImportHandler = {
  judge: (reader, rows, context) => judgeReceivableRows(reader, rows, context, 'opening'),
  save: async (tx, rows, context) => void (await saveReceivables(tx, inputsOf(rows), context)),
}

/** Invoices with their own days; those that were paid bring a confirmed receipt on the day of payment, allocated to them on that day. */
export const invoicesImport: ImportHandler = {
  judge: (reader, rows, context) => judgeReceivableRows(reader, rows, context, 'manual'),
  save: async (tx, rows, context) => {
    const inputs = inputsOf(rows)
    const receivableIds = await saveReceivables(tx, inputs, context)
    await settle(
      tx,
      inputs.map((input, index) => ({ ...input, receivableId: receivableIds[index]! })).filter((one) => one.settledOn !== undefined),
    )
  },
}

function inputsOf(rows: readonly JudgedRow[]): ReceivableInput[] {
  return rows.map((row) => row.input as ReceivableInput)
}

/** New regions, new customers, then the receivables: a flush between, because accounts are locked by what the database holds. */
async function saveReceivables(tx: Tx, inputs: readonly ReceivableInput[], context: ImportContext): Promise<string[]> {
  const usedRegions = new Set(inputs.map((input) => input.toOpen.regionId))
  const used = new Set(inputs.filter((input) => input.newCustomer).map((input) => input.toOpen.customerId))
  const customers = [...context.newCustomers.values()].filter((customer) => used.has(customer.id))
  for (const { regionId } of customers) usedRegions.add(regionId ?? null)
  const regions = [...context.newRegions].filter(([, id]) => usedRegions.has(id)).map(([name, id]) => ({ id, name }))
  addRegions(tx, regions)
  if (regions.length > 0) await tx.flush() // customers are judged by what the database holds
  await createCustomers(tx, customers, { acceptSimilar: true })
  if (customers.length > 0) await tx.flush() // so are credit accounts locked
  return openReceivables(
    tx,
    inputs.map((input) => input.toOpen),
    { bulk: true },
  )
}

type Settled = ReceivableInput & { readonly receivableId: string }

async function settle(tx: Tx, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return
  const receiptIds = await recordReceipts(tx, settled.map(receiptOf), { acceptDuplicates: true, confirmed: true, bulk: true })
  await tx.flush() // allocation locks what the database holds
  const lines = settled.map(({ receivableId, toOpen }, index) => ({
    receiptId: receiptIds[index]!,
    receivableId,
    amount: toOpen.lines.reduce((sum, line) => sum + line.net + line.tax, 0n),
  }))
  await allocateByHand(tx, { lines, how: 'import', entryOnReceipt: true, bulk: true })
}

function receiptOf({ toOpen, settledOn, amountText, rate }: Settled): WantedReceipt {
  return {
    customerId: toOpen.customerId,
    orderId: null,
    entityId: toOpen.entityId,
    currency: toOpen.currency,
    rate,
    amount: amountText,
    fee: '0',
    receivedOn: settledOn!,
    methodId: null,
    bankAccountId: null,
    payerName: null,
    payerAccount: null,
    reference: toOpen.sourceNo,
    remark: '',
    channel: null,
    channelTx: null,
    sourceNo: toOpen.sourceNo,
  }
}
