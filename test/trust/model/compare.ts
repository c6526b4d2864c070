import { expect } from 'vitest'
import { type Model, plusDays, textOf } from './model.ts'
import type { System } from './system.ts'

/** Model = system: open of every receivable, allocated of every receipt, status of every order, exposure of every customer, ageing on several days, trial balance. */
export async function compare(model: Model, system: System): Promise<void> {
  await Promise.all([documents(model, system), exposures(model, system), ageing(model, system), trialBalance(model, system)])
}

async function documents(model: Model, { app, company }: System): Promise<void> {
  const customers = model.customers.map(({ id }) => id)
  const { rows } = await app.database.pool.query<{ kind: string; id: string; is: string }>(
    `select 'receivable' as kind, r.id, concat_ws(' ', r.customer_id, r.amount, r.open, r.disputed, r.voided_on is not null) as is from ar.receivables r where r.tenant_id = $1 and r.customer_id = any($2)
     union all select 'receipt', p.id, concat_ws(' ', coalesce(p.customer_id::text, 'nobody'), p.status, p.amount, p.allocated) from ar.receipts p where p.tenant_id = $1 and (p.customer_id = any($2) or p.id = any($3))
     union all select 'order', o.id, concat_ws(' ', o.customer_id, o.status, o.amount) from ar.orders o where o.tenant_id = $1 and o.customer_id = any($2)`,
    [company.tenantId, customers, model.receipts.map(({ id }) => id)],
  )
  const expected = [
    ...model.receivables.map(
      ({ id, customer, amount, open, disputed, voided }) =>
        `receivable ${id} ${customer.id} ${amount} ${open} ${disputed ? 't' : 'f'} ${voided ? 't' : 'f'}`,
    ),
    ...model.receipts.map(
      ({ id, customer, status, amount, allocated }) => `receipt ${id} ${customer?.id ?? 'nobody'} ${status} ${amount} ${allocated}`,
    ),
    ...model.orders.map((order) => `order ${order.id} ${order.customer.id} ${order.status} ${model.orderAmount(order)}`),
  ]
  expect(rows.map(({ kind, id, is }) => `${kind} ${id} ${is}`).sort()).toEqual(expected.sort())
}

async function exposures(model: Model, { company }: System): Promise<void> {
  const { auditor } = company.people
  for (const customer of model.customers) {
    const { body } = await auditor.get(`/api/credit/${customer.id}`)
    expect([customer.id, body.exposure]).toEqual([customer.id, textOf(model.exposure(customer))])
  }
}

async function ageing({ company: { today, ledger } }: Model, { company }: System): Promise<void> {
  const earlier = [plusDays(today, -1), plusDays(today, -17), '2026-10-31', '2026-11-15'][ledger.length % 4]!
  for (const asOf of [today, earlier]) {
    const sum = ledger.filter(({ day }) => day <= asOf).reduce((total, { cents }) => total + cents, 0n)
    const { body } = await company.people.auditor.get(`/api/ageing?asOf=${asOf}&limit=1`)
    const total = textOf(sum)
    expect([asOf, body.totals?.total, body.tieOut]).toEqual([asOf, total, { ledger: total, account1122: total, difference: '0.00' }])
  }
}

async function trialBalance({ company: { today, book } }: Model, { company }: System): Promise<void> {
  const { body } = await company.people.auditor.get(`/api/vouchers/trial-balance?from=2026-01-01&until=${today}`)
  const sums = new Map<string, bigint>()
  for (const { account, cents } of book) sums.set(account, (sums.get(account) ?? 0n) + cents)
  const closing = (body.accounts as { code: string; closing: string }[])
    .filter((one) => one.closing !== '0.00')
    .map((one) => `${one.code} ${one.closing}`)
  const expected = [...sums].filter(([, cents]) => cents !== 0n).map(([account, cents]) => `${account} ${textOf(cents)}`)
  expect([body.balanced, ...closing.sort()]).toEqual([true, ...expected.sort()])
}
