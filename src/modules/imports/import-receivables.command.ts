import type { Tx } from '../../platform/db.ts'
import { allocateByHand } from '../allocations/allocate-receipts.command.ts'
import { addRegions } from '../customers/add-regions.command.ts'
import { createCustomers } from '../customers/create-customers.command.ts'
import { switchCustomers } from '../customers/switch-customers.command.ts'
import { recordReceipts, type WantedReceipt } from '../receipts/record-receipts.command.ts'
import { openReceivables } from '../receivables/open-receivables.command.ts'
import type { ImportContext, ImportHandler } from './import-handler.query.ts'
import { type CreditInput, isCreditRow, judgeCreditRows } from './judge-credits.query.ts'
import { judgeReceivableRows, type ReceivableInput } from './judge-receivables.query.ts'
import type { JudgedRow } from './judged-row.ts'

/** 期初应收: what was open at go-live, each row one receivable of kind `opening`; rows below zero are the customer's credit, not yet allocated. */
export const openItemsImport: ImportHandler = {
  judge: async (reader, rows, context) => {
    const isCredit = rows.map((row) => context.options.negatives === 'credit' && isCreditRow(row))
    const debts = await judgeReceivableRows(reader, rows.filter((_, index) => !isCredit[index]), context, 'opening') // biome-ignore format: one line a kind
    const credits = await judgeCreditRows(reader, rows.filter((_, index) => isCredit[index]), context) // biome-ignore format: one line a kind
    let [debt, credit] = [0, 0]
    return isCredit.map((is) => (is ? credits[credit++]! : debts[debt++]!))
  },
  save: async (tx, rows, context) => {
    const inputs = rows.map((row) => row.input as ReceivableInput | CreditInput)
    const debts = inputs.filter((input) => 'toOpen' in input)
    const credits = inputs.filter((input) => 'credit' in input)
    const customers = await saveCustomers(
      tx,
      [
        ...debts.map((input) => ({ customerId: input.toOpen.customerId, regionId: input.toOpen.regionId, isNew: input.newCustomer })),
        ...credits.map((input) => ({ customerId: input.credit.customerId!, regionId: null, isNew: input.newCustomer })),
      ],
      context,
    )
    const receivables = await opened(tx, debts)
    const wanted = credits.map((input) => input.credit)
    const receipts =
      wanted.length === 0 ? [] : await recordReceipts(tx, wanted, { acceptDuplicates: true, confirmed: true, opening: true, bulk: true })
    return { customers, receivables, receipts }
  },
}

/** Invoices with their own days; those that were paid bring a confirmed receipt on the day of payment, allocated to them on that day. */
export const invoicesImport: ImportHandler = {
  judge: (reader, rows, context) => judgeReceivableRows(reader, rows, context, 'manual'),
  save: async (tx, rows, context) => {
    const inputs = rows.map((row: JudgedRow) => row.input as ReceivableInput)
    const parties = inputs.map(({ toOpen, newCustomer }) => ({
      customerId: toOpen.customerId,
      regionId: toOpen.regionId,
      isNew: newCustomer,
    }))
    const customers = await saveCustomers(tx, parties, context)
    const receivables = await opened(tx, inputs)
    const receipts = await settle(
      tx,
      inputs.map((input, index) => ({ ...input, receivableId: receivables[index]! })).filter((one) => one.settledOn !== undefined),
    )
    return { customers, receivables, receipts }
  },
}

type Party = { readonly customerId: string; readonly regionId: string | null; readonly isNew: boolean }

/** New regions, then the new customers and those that come back: a flush behind each, because customers and their accounts are judged by what the database holds. */
async function saveCustomers(tx: Tx, parties: readonly Party[], { newCustomers, newRegions, revived }: ImportContext): Promise<string[]> {
  const used = new Set(parties.filter((party) => party.isNew).map((party) => party.customerId))
  const customers = [...newCustomers.values()].filter((customer) => used.has(customer.id))
  const back = [...revived.keys()].filter((id) => used.has(id))
  const usedRegions = new Set([...parties.map((party) => party.regionId), ...customers.map((customer) => customer.regionId ?? null)])
  const regions = [...newRegions].filter(([, id]) => usedRegions.has(id)).map(([name, id]) => ({ id, name }))
  addRegions(tx, regions)
  if (regions.length > 0) await tx.flush()
  await createCustomers(tx, customers, { acceptSimilar: true })
  if (back.length > 0) await switchCustomers(tx, back, 'active', 'import')
  if (used.size > 0) await tx.flush()
  return [...used]
}

function opened(tx: Tx, inputs: readonly ReceivableInput[]): Promise<string[]> {
  return openReceivables(
    tx,
    inputs.map((input) => input.toOpen),
    { bulk: true },
  )
}

type Settled = ReceivableInput & { readonly receivableId: string }

async function settle(tx: Tx, settled: readonly Settled[]): Promise<string[]> {
  if (settled.length === 0) return []
  const receiptIds = await recordReceipts(tx, settled.map(receiptOf), { acceptDuplicates: true, confirmed: true, bulk: true })
  await tx.flush() // allocation locks what the database holds
  const lines = settled.map(({ receivableId, toOpen }, index) => ({
    receiptId: receiptIds[index]!,
    receivableId,
    amount: toOpen.lines.reduce((sum, line) => sum + line.net + line.tax, 0n),
  }))
  await allocateByHand(tx, { lines, how: 'import', entryOnReceipt: true, bulk: true })
  return receiptIds
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
