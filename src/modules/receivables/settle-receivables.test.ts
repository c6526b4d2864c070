import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'
import { type Day, day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import { emit } from '../../platform/events.ts'
import { sql } from '../../platform/sql.ts'
import type { AllocationBatch, ReceiptsAllocated } from '../allocations/allocation-events.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import { lockReceivables } from './lock-receivables.query.ts'
import { applySettlements, type SettlementChange } from './settle-receivables.command.ts'
import { settledBase } from './settled-base.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
}, 60_000)
afterAll(() => app.close())

/** Settles (positive) or gives back (negative) by adjustments, with their voucher: what allocations do, without a receipt. */
async function adjust(
  customerId: string,
  wanted: readonly { id: string; amount: bigint; on?: Day; reverses?: { id: string; base: bigint } }[],
): Promise<{ id: string; base: bigint }[]> {
  return app.db.transaction(company.system, async (tx) => {
    const accounts = await lockCreditAccounts(tx, [customerId])
    const receivables = await lockReceivables(
      tx,
      wanted.map((one) => one.id),
    )
    const voucherId = uuid()
    const entryOn = wanted[0]!.on ?? day('2026-11-20')
    const lines = wanted.map((one) => {
      const base = one.reverses ? -one.reverses.base : settledBase(receivables.get(one.id)!, one.amount)
      return {
        adjustmentId: uuid(),
        receivableId: one.id,
        customerId,
        kind: 'discount' as const,
        reasonCode: 'earlyPaymentDiscount',
        amount: one.amount,
        amountBase: base,
        reversesId: one.reverses?.id ?? null,
      }
    })
    const batch: AllocationBatch = {
      id: uuid(),
      voucherId,
      receiptId: uuid(),
      currency: receivables.get(wanted[0]!.id)!.currency,
      entryOn,
      lines: [],
      adjustments: lines,
    }
    tx.insert(
      'adjustments',
      lines.map(({ adjustmentId, receivableId, kind, amount, amountBase, reasonCode, reversesId }) => ({
        id: adjustmentId,
        batchId: batch.id,
        receivableId,
        kind,
        amount,
        amountBase,
        entryOn,
        reasonCode,
        reversesId,
      })),
    )
    const changes = lines.map(
      ({ receivableId, amount, amountBase, adjustmentId }): SettlementChange => ({
        receivableId,
        kind: amount < 0n ? 'reversed' : 'discount',
        amount,
        amountBase,
        entryOn,
        sourceKind: 'adjustment',
        sourceId: adjustmentId,
        voucherId,
      }),
    )
    applySettlements(tx, { receivables, accounts }, changes)
    await emit<ReceiptsAllocated>(tx, { type: 'receipts.allocated', batches: [batch] })
    return lines.map((line) => ({ id: line.adjustmentId, base: line.amountBase }))
  })
}

const read = async (id: string) => (await company.people.auditor.get(`/api/receivables/${id}`)).body

describe('settling', () => {
  test('part, rest, and undone: status, progress and the day follow', async () => {
    const [customerId] = await newCustomers(app, company, 1)
    const id = await opened(company.people.arAccountant, customerId!, { amount: '100.00', tax: '0' })
    await adjust(customerId!, [{ id, amount: 3_000n, on: day('2026-10-20') }])
    expect(await read(id)).toMatchObject({ open: '70.00', status: 'overdue', progress: 3_000, settledOn: null })
    const [last] = await adjust(customerId!, [{ id, amount: 7_000n, on: day('2026-11-05') }])
    expect(await read(id)).toMatchObject({ open: '0.00', status: 'settled', progress: 10_000, settledOn: '2026-11-05', expectedOn: null })
    await adjust(customerId!, [{ id, amount: -7_000n, reverses: last! }])
    expect(await read(id)).toMatchObject({ open: '70.00', settledOn: null, status: 'overdue' })
    await expectBooksTrue(app, company)
  })
  test('several changes of one receivable in one transaction are one update', async () => {
    const [customerId] = await newCustomers(app, company, 1)
    const id = await opened(company.people.arAccountant, customerId!, { amount: '100.00', tax: '0' })
    await adjust(customerId!, [
      { id, amount: 3_000n },
      { id, amount: 4_000n },
    ])
    expect(await read(id)).toMatchObject({
      open: '30.00',
      entries: [{ kind: 'opened' }, { kind: 'discount', amount: '-30.00' }, { kind: 'discount', amount: '-40.00' }],
    })
    await expectBooksTrue(app, company)
  })
  test('in another currency the last of it takes all the value that is left', async () => {
    const [customerId] = await newCustomers(app, company, 1)
    const id = await opened(company.people.arAccountant, customerId!, { currency: 'USD', rate: '7.183333', amount: '0.07', tax: '0' })
    for (const amount of [1n, 3n, 2n, 1n]) await adjust(customerId!, [{ id, amount }])
    expect(await read(id)).toMatchObject({ open: '0.00', openBase: '0.00', amountBase: '0.50' })
    await expectBooksTrue(app, company)
  })
  test('more than is open is refused, and so is a day before the issue', async () => {
    const [customerId] = await newCustomers(app, company, 1)
    const id = await opened(company.people.arAccountant, customerId!, { amount: '1.00', tax: '0' })
    await expect(
      adjust(customerId!, [
        { id, amount: 60n },
        { id, amount: 60n },
      ]),
    ).rejects.toThrow('receivables.exceedsOpenAmount')
    await expect(adjust(customerId!, [{ id, amount: 60n, on: day('2026-09-30') }])).rejects.toThrow('receivables.beforeIssue')
    expect(await read(id)).toMatchObject({ open: '1.00', entries: [{ kind: 'opened' }] })
  })
  test('sixty-four at once want the last cents of one receivable: exactly as many win as there are', async () => {
    const [customerId] = await newCustomers(app, company, 1)
    const id = await opened(company.people.arAccountant, customerId!, { amount: '0.10', tax: '0' })
    const outcomes = await Promise.allSettled(Array.from({ length: 64 }, () => adjust(customerId!, [{ id, amount: 3n }])))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(3)
    expect(await read(id)).toMatchObject({ open: '0.01' })
    await expectBooksTrue(app, company)
  }, 60_000)
})

test('whatever is opened, settled, undone, rescheduled and voided, in any order: the books are true', async () => {
  const step = fc.record({
    what: fc.constantFrom('open', 'settle', 'undo', 'reschedule', 'void'),
    pick: fc.nat(1_000),
    share: fc.integer({ min: 1, max: 100 }),
    usd: fc.boolean(),
  })
  const issued = day('2026-10-01')
  const on = day('2026-11-21') // today: what was moved today is settled today
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const [customerId] = await newCustomers(app, company, 1)
      const accountant = company.people.arAccountant
      const ids: string[] = []
      const done: { id: string; amount: bigint; adjustment: { id: string; base: bigint } }[] = []
      for (const { what, pick, share, usd } of steps) {
        const id = ids[pick % Math.max(1, ids.length)]
        if (what === 'open' || id === undefined) {
          ids.push(
            await opened(accountant, customerId!, {
              amount: `${pick + 1}.${String(share % 100).padStart(2, '0')}`,
              tax: '0.01',
              issuedOn: issued,
              ...(usd ? { currency: 'USD', rate: '7.18335' } : {}),
            }),
          )
          continue
        }
        const now = await read(id)
        const open = BigInt(now.open.replace('.', ''))
        if (what === 'settle' && open > 0n && now.status !== 'voided') {
          const amount = (open * BigInt(share)) / 100n || 1n
          const [adjustment] = await adjust(customerId!, [{ id, amount, on }])
          done.push({ id, amount, adjustment: adjustment! })
        } else if (what === 'undo' && done.length > 0) {
          const [{ id: settled, amount, adjustment }] = done.splice(pick % done.length, 1) as [(typeof done)[number]]
          await adjust(customerId!, [{ id: settled, amount: -amount, on, reverses: adjustment }])
        } else if (what === 'reschedule' && open > 0n) {
          await accountant.post('/api/receivables/reschedulings', {
            receivables: [{ id, version: now.version, dueOn: `2027-01-${String((share % 28) + 1).padStart(2, '0')}`, reason: 'asked' }],
          })
        } else if (what === 'void') await accountant.post(`/api/receivables/${id}/voiding`, { version: now.version, reason: 'wrong' })
      }
      await expectBooksTrue(app, company)
      const { sum, counter } = await app.db.read(company.system, (reader) =>
        reader.one<{
          sum: bigint
          counter: bigint
        }>(sql`select (select coalesce(sum(r.open_base), 0)::bigint from ar.receivables r where r.tenant_id = ${company.tenantId} and r.customer_id = ${customerId}) as sum,
        (select a.receivables_base from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${customerId}) as counter`),
      )
      expect(counter).toBe(sum)
    }),
    { numRuns: 20 },
  )
}, 120_000)
