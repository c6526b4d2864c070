import type { Tell, Told } from './story-teller.ts'

/** Receivables by hand, opening, foreign; one rescheduled, one disputed, one reassigned, one voided. */
export async function openReceivables({ people, canary, post, version }: Tell, told: Told): Promise<void> {
  const { financeManager, arAccountant, secondSalesperson } = people
  const { child, plain, foreign, twin } = told.customers
  const open = async (key: string, customerId: string, wanted: Record<string, unknown>) => {
    const receivable = { customerId, issuedOn: '2026-08-15', dueOn: '2026-09-30', reference: `${canary} ${key}`, ...wanted }
    told.receivables[key] = (await post(arAccountant, '/api/receivables', { receivables: [receivable] })).ids[0]
  }
  const lines = [
    { productId: told.products.pump, amount: '9000.00', tax: '1035.40' },
    { productId: told.products.service, amount: '1000.00' },
  ]
  await open('manual', child!, { amount: '10000.00', lines })
  await open('opening', child!, {
    kind: 'opening',
    amount: '4000.00',
    originalAmount: '7000.00',
    issuedOn: '2025-11-01',
    dueOn: '2025-12-31',
  })
  await open('late', plain!, { amount: '5650.00', tax: '650.00', issuedOn: '2026-07-01', dueOn: '2026-07-31' })
  await open('notDue', plain!, { amount: '1130.00', tax: '130.00', issuedOn: '2026-11-20', dueOn: '2026-12-20' })
  await open('disputed', plain!, { amount: '226.00', tax: '26.00' })
  await open('voided', plain!, { amount: '99.00' })
  await open('foreign', foreign!, { amount: '1000.00', currency: 'USD', rate: '7.1', issuedOn: '2026-10-05', dueOn: '2026-11-05' })
  await open('rounding', twin!, { amount: '100.01' })
  const at = (key: string) => `/api/receivables/${told.receivables[key]}`
  const one = async (key: string, more: object) => ({
    receivables: [{ id: told.receivables[key], version: await version(at(key)), reason: `${canary} 说明`, ...more }],
  })
  await post(arAccountant, '/api/receivables/reschedulings', await one('late', { dueOn: '2026-10-31' }))
  await post(arAccountant, '/api/receivables/disputes', await one('disputed', { disputed: true }))
  await post(financeManager, '/api/receivables/reassignments', await one('notDue', { salespersonId: secondSalesperson.caller.actorId }))
  await post(arAccountant, `${at('voided')}/voiding`, { version: await version(at('voided')), reason: '录错了' })
}
