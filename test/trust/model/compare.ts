import { expect } from 'vitest'
import { type Model, plusDays, textOf } from './model.ts'
import type { System } from './system.ts'

/** Model = system: open of every receivable, allocated of every receipt, status of every order, exposure of every customer, ageing on one of several days, trial balance. */
export async function compare(model: Model, system: System): Promise<void> {
  await Promise.all([documents(model, system), exposures(model, system), ageing(model, system), trialBalance(model, system)])
}

async function documents(model: Model, { app, company }: System): Promise<void> {
  const customers = model.customers.map(({ id }) => id)
  const { rows } = await app.database.pool.query<{ kind: string; id: string; is: string }>(
    `select 'receivable' as kind, r.id, concat_ws(' ', r.customer_id, r.currency, r.amount, r.open, r.open_base, r.disputed, r.voided_on is not null) as is from ar.receivables r where r.tenant_id = $1 and r.customer_id = any($2)
     union all select 'receipt', p.id, concat_ws(' ', coalesce(p.customer_id::text, 'nobody'), p.status, p.currency, p.amount, p.amount_base, p.allocated, p.allocated_base) from ar.receipts p where p.tenant_id = $1 and (p.customer_id = any($2) or p.id = any($3))
     union all select 'order', o.id, concat_ws(' ', o.customer_id, o.status, o.amount) from ar.orders o where o.tenant_id = $1 and o.customer_id = any($2)`,
    [company.tenantId, customers, model.receipts.map(({ id }) => id)],
  )
  const expected = [
    ...model.receivables.map(
      ({ id, customer, currency, amount, open, openBase, disputed, voided }) =>
        `receivable ${id} ${customer.id} ${currency} ${amount} ${open} ${openBase} ${disputed ? 't' : 'f'} ${voided ? 't' : 'f'}`,
    ),
    ...model.receipts.map(
      ({ id, customer, status, currency, amount, base, allocated, allocatedBase }) =>
        `receipt ${id} ${customer?.id ?? 'nobody'} ${status} ${currency} ${amount} ${base} ${allocated} ${allocatedBase}`,
    ),
    ...model.orders.map((order) => `order ${order.id} ${order.customer.id} ${order.status} ${model.orderAmount(order)}`),
  ]
  expect(rows.map(({ kind, id, is }) => `${kind} ${id} ${is}`).sort()).toEqual(expected.sort())
}

/** The counters of all, which are the wall; and of one of them what a person is shown. */
async function exposures(model: Model, { app, company }: System): Promise<void> {
  const { rows } = await app.database.pool.query<{ id: string; exposure: string }>(
    `select a.customer_id as id, a.orders_base + a.receivables_base as exposure from ar.credit_accounts a where a.tenant_id = $1 and a.customer_id = any($2)`,
    [company.tenantId, model.customers.map(({ id }) => id)],
  )
  const expected = model.customers.map((customer) => `${customer.id} ${model.exposure(customer)}`)
  expect(rows.map(({ id, exposure }) => `${id} ${exposure}`).sort()).toEqual(expected.sort())
  const shown = model.customers[model.company.ledger.length % model.customers.length]!
  const { body } = await company.people.auditor.get(`/api/credit/${shown.id}`)
  expect([shown.id, body.exposure]).toEqual([shown.id, textOf(model.exposure(shown))])
}

async function ageing({ company: { today, ledger } }: Model, { company }: System): Promise<void> {
  const asOf = [today, plusDays(today, -1), today, plusDays(today, -17), today, '2026-10-31', today, '2026-11-15'][ledger.length % 8]!
  const sum = ledger.filter(({ day }) => day <= asOf).reduce((total, { cents }) => total + cents, 0n)
  const { body } = await company.people.auditor.get(`/api/ageing?asOf=${asOf}&limit=1`)
  const total = textOf(sum)
  expect([asOf, body.totals?.total, body.tieOut]).toEqual([asOf, total, { ledger: total, account1122: total, difference: '0.00' }])
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
