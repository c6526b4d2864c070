import type { Tell, Told } from './story-teller.ts'

/** Receipts in two steps and whatever may become of them. */
export async function takeInMoney(tell: Tell, told: Told): Promise<void> {
  const { people, canary, post, version } = tell
  const { arAccountant, secondAccountant, financeManager } = people
  const { child, plain, foreign, twin } = told.customers
  const record = async (key: string, wanted: Record<string, unknown>) => {
    const receipt = { receivedOn: '2026-11-10', payerName: `${canary} 付款人`, payerAccount: `6228${canary}`, remark: key, ...wanted }
    told.receipts[key] = (await post(arAccountant, '/api/receipts', { receipts: [receipt], acceptDuplicates: true })).ids[0]
  }
  const confirm = async (key: string) =>
    post(secondAccountant, '/api/receipts/confirmations', {
      receipts: [{ id: told.receipts[key], version: await version(`/api/receipts/${told.receipts[key]}`) }],
    })
  const receive = async (key: string, wanted: Record<string, unknown>) => {
    await record(key, wanted)
    await confirm(key)
  }
  await record('draft', { customerId: child, amount: '77.00' })
  await record('cancelled', { customerId: child, amount: '78.00' })
  await post(arAccountant, '/api/receipts/cancellations', { receipts: [{ id: told.receipts.cancelled, version: 1 }] })
  await receive('statutory', { customerId: child, amount: '6000.00', fee: '15.00' })
  await receive('byHand', { customerId: plain, amount: '5000.00', receivedOn: '2026-08-20' })
  await receive('short', { customerId: twin, amount: '100.00' })
  await receive('foreign', { customerId: foreign, amount: '600.00', currency: 'USD', rate: '7.2', receivedOn: '2026-11-01' })
  await receive('unidentified', { customerId: null, amount: '1130.00' })
  await receive('stray', { customerId: null, amount: '12.34' })
  await receive('reversed', { customerId: plain, amount: '450.00' })
  await receive('early', { customerId: child, amount: '1107.40', receivedOn: '2026-11-21' })
  await receive('prepaid', { customerId: child, amount: '2000.00', receivedOn: '2026-11-18' })
  const at = (key: string) => `/api/receipts/${told.receipts[key]}`
  await post(secondAccountant, `${at('unidentified')}/customer`, {
    version: await version(at('unidentified')),
    customerId: plain,
    reason: `${canary} 来电确认`,
  })
  await post(financeManager, `${at('reversed')}/reversal`, { version: await version(at('reversed')), reason: '退票' })
  await allocate(tell, told)
}

async function allocate({ people, get, post }: Tell, told: Told): Promise<void> {
  const { arAccountant, financeManager } = people
  const { receipts, receivables, batches } = told
  const byRule = async (key: string, rule: string) => {
    batches[key] = (await post(arAccountant, '/api/allocations/by-rule', { receiptIds: [receipts[key]], rule })).batches[0].id
  }
  const byHand = async (key: string, receivable: string, amount: string, adjustments: object[] = []) => {
    const lines = [{ receiptId: receipts[key], receivableId: receivables[receivable], amount }]
    batches[key] = (await post(arAccountant, '/api/allocations', { lines, adjustments })).batches[0].id
  }
  receivables.discount = (await get(arAccountant, `/api/orders/${told.orders.discount}`)).receivables[0].id
  await byHand('early', 'discount', '1107.40', [
    { receiptId: receipts.early, receivableId: receivables.discount, reason: 'earlyPaymentDiscount' },
  ])
  await byRule('statutory', 'statutory')
  await byHand('byHand', 'late', '3000.00')
  await byHand('short', 'rounding', '100.00', [{ receiptId: receipts.short, receivableId: receivables.rounding, reason: 'rounding' }])
  await byRule('foreign', 'oldest')
  await byRule('unidentified', 'proRata')
  await byHand('prepaid', 'manual', '500.00')
  await post(financeManager, '/api/allocations/reversals', { batchId: batches.prepaid, reason: '核销错了客户的单' })
}
