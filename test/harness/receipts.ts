import { minorUnits } from '../../src/kernel/currency.ts'
import { day } from '../../src/kernel/day.ts'
import { parseMinor } from '../../src/kernel/money.ts'
import { convertMinor } from '../../src/kernel/percent.ts'
import { openReceivables } from '../../src/modules/receivables/open-receivables.command.ts'
import { sql } from '../../src/platform/sql.ts'
import type { Person, Reply, TestApp, TestCompany } from './app.ts'
import { newCustomers } from './receivables.ts'

/** What is owed, for tests that begin at the money: amounts as decimal text, days as text. Returns the ids. */
export type Owed = {
  amount: string
  currency?: string
  rate?: string
  issuedOn?: string
  dueOn?: string
  reference?: string
  terms?: unknown
}

export function owe(app: TestApp, company: TestCompany, customerId: string, owed: readonly Owed[]): Promise<string[]> {
  return app.db.transaction(company.system, (tx) =>
    openReceivables(
      tx,
      owed.map(({ amount, currency = 'CNY', rate = '1', issuedOn = '2026-10-01', dueOn = '2026-10-31', reference, terms = null }) => {
        const net = parseMinor(amount, currency)!
        return {
          kind: 'manual' as const,
          entityId: company.entityId,
          customerId,
          orderId: null,
          partNo: null,
          partName: null,
          salespersonId: null,
          regionId: null,
          currency,
          amountBase: convertMinor(net, rate, minorUnits(currency), 2),
          taxBase: 0n,
          lines: [{ productId: null, net, tax: 0n }],
          issuedOn: day(issuedOn),
          dueOn: day(dueOn),
          contractDueOn: day(dueOn),
          entryOn: day(issuedOn),
          reference: reference ?? null,
          sourceNo: null,
          disputed: false,
          remark: '',
          terms,
        }
      }),
      { bulk: owed.length > 50 },
    ),
  )
}

/** Records a receipt as the accountant; the answer as it came. */
export function record(company: TestCompany, receipt: Record<string, unknown>, acceptDuplicates = true): Promise<Reply> {
  return company.people.arAccountant.post('/api/receipts', { receipts: [{ receivedOn: '2026-11-20', ...receipt }], acceptDuplicates })
}

/** Records and confirms, by two people; returns the id. */
export async function received(company: TestCompany, receipt: Record<string, unknown>): Promise<string> {
  const recorded = await record(company, receipt)
  if (recorded.status !== 201) throw new Error(JSON.stringify(recorded.body))
  const id = recorded.body.ids[0] as string
  const answer = await confirmed(company, id)
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return id
}

/** Open amounts of receivables as decimal text of minor units, by the order of `ids`. */
export async function openOf(app: TestApp, company: TestCompany, ids: readonly string[]): Promise<number[]> {
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{ id: string; open: bigint }>(
      sql`select r.id, r.open from ar.receivables r where r.tenant_id = ${company.tenantId} and r.id = any(${ids}::uuid[])`,
    ),
  )
  return ids.map((id) => Number(rows.find((row) => row.id === id)!.open))
}

/** Balance (debit less credit, base minor units) of every account with one, as an object. */
export async function balances(app: TestApp, company: TestCompany): Promise<Record<string, number>> {
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{
      account: string
      balance: bigint
    }>(sql`select l.account, sum(l.debit_base - l.credit_base)::bigint as balance from ar.voucher_lines l
      where l.tenant_id = ${company.tenantId} group by l.account having sum(l.debit_base - l.credit_base) <> 0 order by l.account`),
  )
  return Object.fromEntries(rows.map((row) => [row.account, Number(row.balance)]))
}

/** A company of its own, so that account balances are those of the story, with a customer of its salesperson. */
export async function payingCustomer(app: TestApp): Promise<{ company: TestCompany; customer: string }> {
  const company = await app.company()
  const [customer] = await newCustomers(app, company, 1, { salespersonId: company.people.salesperson.caller.actorId })
  return { company, customer: customer! }
}

/** Confirms a draft, as the second accountant. */
export function confirmed(company: TestCompany, id: string, version = 1, by: Person = company.people.secondAccountant): Promise<Reply> {
  return by.post('/api/receipts/confirmations', { receipts: [{ id, version }] })
}

/** The receipt as the auditor reads it. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
export async function receiptOf(company: TestCompany, id: string): Promise<any> {
  return (await company.people.auditor.get(`/api/receipts/${id}`)).body
}
