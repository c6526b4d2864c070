import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { newCustomers } from '../../../test/harness/receivables.ts'
import { addDays, day } from '../../kernel/day.ts'
import { sql } from '../../platform/sql.ts'
import { openReceivables } from './open-receivables.command.ts'
import type { ReceivableToOpen } from './receivable-to-open.ts'

/** More than go to the database at once, and not a multiple of it. */
const MANY = 2_601
let app: TestApp
let company: TestCompany
let customerIds: string[]
let entityId: string
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  customerIds = await newCustomers(app, company, 7)
  entityId = (
    await app.db.read(company.system, (reader) =>
      reader.one<{ id: string }>(sql`select e.id from ar.entities e where e.tenant_id = ${company.tenantId}`),
    )
  ).id
}, 60_000)
afterAll(() => app.close())

function toOpen(index: number, sourceNo: string): ReceivableToOpen {
  const issuedOn = addDays(day('2026-08-01'), index % 60)
  const dueOn = addDays(issuedOn, 30)
  return {
    kind: 'manual',
    entityId,
    customerId: customerIds[index % customerIds.length]!,
    orderId: null,
    partNo: null,
    partName: null,
    salespersonId: null,
    regionId: null,
    currency: 'CNY',
    amountBase: BigInt(index + 1),
    taxBase: 0n,
    lines: [{ productId: null, net: BigInt(index + 1), tax: 0n }],
    issuedOn,
    dueOn,
    contractDueOn: dueOn,
    entryOn: issuedOn,
    reference: null,
    sourceNo,
    disputed: false,
    remark: '',
    terms: null,
  }
}

const facts = () =>
  app.db.read(company.system, (reader) =>
    reader.one<{ receivables: number; numbers: number; owed: bigint; audited: number }>(sql`select
      (select count(*)::int from ar.receivables r where r.tenant_id = ${company.tenantId}) as receivables,
      (select count(distinct (n.series, n.no))::int from ar.document_numbers n where n.tenant_id = ${company.tenantId} and n.series like 'AR-%') as numbers,
      (select sum(a.receivables_base)::bigint from ar.credit_accounts a where a.tenant_id = ${company.tenantId}) as owed,
      (select count(*)::int from ar.audit_log l where l.tenant_id = ${company.tenantId} and l.action = 'receivables.opened') as audited`),
  )

test('what is refused after some of them went to the database leaves nothing of any of them', async () => {
  const wanted = Array.from({ length: MANY }, (_, index) => toOpen(index, index === MANY - 1 ? 'S-3' : `S-${index}`))
  await expect(app.db.transaction(company.system, (tx) => openReceivables(tx, wanted, { bulk: true }))).rejects.toMatchObject({
    code: 'platform.duplicate',
  })
  expect(await facts()).toEqual({ receivables: 0, numbers: 0, owed: 0n, audited: 0 })
})

test('many at once: each with its number, its exposure and its voucher, one audit entry for all, and the books are true', async () => {
  const wanted = Array.from({ length: MANY }, (_, index) => toOpen(index, `S-${index}`))
  const ids = await app.db.transaction(company.system, (tx) => openReceivables(tx, wanted, { bulk: true }))
  expect(new Set(ids).size).toBe(MANY)
  const owed = wanted.reduce((sum, one) => sum + one.amountBase, 0n)
  expect(await facts()).toEqual({ receivables: MANY, numbers: MANY, owed, audited: 1 })
  const inOrder = await app.db.read(company.system, (reader) =>
    reader.all<{ id: string }>(
      sql`select r.id from ar.receivables r where r.tenant_id = ${company.tenantId} order by substring(r.source_no from 3)::int`,
    ),
  )
  expect(inOrder.map((row) => row.id)).toEqual(ids)
  await expectBooksTrue(app, company)
}, 60_000)
