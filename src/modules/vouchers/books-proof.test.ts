import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'
import { compile } from '../../platform/sql.ts'
import { receivableProofs } from '../receivables/receivables-proof.query.ts'
import { voucherProofs } from './vouchers-proof.query.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  const [customerId, other] = await newCustomers(app, company, 2)
  const id = await opened(company.people.arAccountant, customerId!)
  await opened(company.people.arAccountant, other!)
  await company.people.arAccountant.post('/api/receivables/reschedulings', {
    receivables: [{ id, version: 1, dueOn: '2026-12-31', reason: 'x' }],
  })
  const voided = await opened(company.people.arAccountant, customerId!)
  await company.people.arAccountant.post(`/api/receivables/${voided}/voiding`, { version: 1, reason: 'x' })
}, 60_000)
afterAll(() => app.close())

const proofs = [...receivableProofs, ...voucherProofs]
const someReceivable = `(select r.id from ar.receivables r where r.tenant_id = $1 and r.open <> 0 order by r.id limit 1)`
const someVoucher = `(select v.id from ar.vouchers v where v.tenant_id = $1 and v.reverses_id is null order by v.id limit 1)`

/** What no foreign key refuses, because each posting would pay for it. */
const unlinked: readonly (readonly [string, string])[] = [
  [
    'I-13',
    `insert into ar.voucher_lines (tenant_id, voucher_id, line_no, account, currency, debit, credit, debit_base, credit_base)
      values ($1, gen_random_uuid(), 1, '1122', 'CNY', 0, 0, 0, 0)`,
  ],
  ['I-23', `insert into ar.document_numbers (tenant_id, series, no, document_id) values ($1, 'X-2611', 1, gen_random_uuid())`],
]

/** What breaks each sentence, done by somebody with full rights on the database. */
const breaks: Record<string, string> = {
  'I-01': `update ar.receivable_lines set net = net + 1, amount = amount + 1 where tenant_id = $1`,
  'I-03': `update ar.receivable_entries set amount = -amount where tenant_id = $1 and kind = 'opened'`,
  'I-05': `update ar.receivables set open = open - 1 where tenant_id = $1 and open > 0`,
  'I-09': `update ar.receivables set settled_on = '2099-01-01' where tenant_id = $1 and settled_on is not null`,
  'I-16': `update ar.receivables set open = open - 1 where tenant_id = $1 and id = ${someReceivable}`,
  'I-18': `update ar.receivables set due_on = due_on + 1 where tenant_id = $1 and id = ${someReceivable}`,
  'I-18-product': `update ar.receivable_lines set open_base = open_base - 1 where tenant_id = $1 and open_base > 0`,
  'I-19': `update ar.receivable_entries set entry_on = '2026-09-01' where tenant_id = $1 and kind = 'voided'`,
  'I-25': `update ar.receivable_entries set amount_base = amount_base - 1 where tenant_id = $1 and kind = 'voided'`,
  'I-30-counter': `update ar.credit_accounts set receivables_base = receivables_base + 1 where tenant_id = $1`,
  'I-13': `update ar.vouchers set total_base = total_base + 1 where tenant_id = $1`,
  'I-14': `update ar.voucher_lines set credit_base = debit_base where tenant_id = $1 and debit_base > 0`,
  'I-15': `update ar.voucher_lines set debit_base = debit_base + 1 where tenant_id = $1 and account = '1122' and debit_base > 0`,
  'I-17': `update ar.voucher_lines set customer_id = null where tenant_id = $1 and account = '1122'`,
  'I-20': `insert into ar.receivables select tenant_id, gen_random_uuid(), kind, entity_id, customer_id, order_id, part_no, part_name, salesperson_id, region_id, currency, amount, amount_base, open, open_base, issued_on, due_on, contract_due_on, settled_on, reference, null, disputed, remark, terms, voided_on, version, created_by, created_at from ar.receivables where tenant_id = $1 and id = ${someReceivable}`,
  'I-21': `update ar.receivable_entries set entry_on = entry_on + 1 where tenant_id = $1 and kind = 'opened'`,
  'I-22': `update ar.voucher_lines set account = '6051' where tenant_id = $1 and account = '6001' and debit > 0`,
  'I-23': `delete from ar.document_numbers where tenant_id = $1 and document_id = ${someVoucher}`,
  'I-26': `update ar.vouchers set voucher_on = voucher_on + 40 where tenant_id = $1`,
}

test('every sentence holds of true books', () => expectBooksTrue(app, company))
test.each(proofs.map((proof) => [proof.id, proof] as const))('%s fires on its break', async (id, proof) => {
  const client = await app.database.pool.connect()
  try {
    await client.query('begin')
    await client.query(`do $$ declare c record; begin
      for c in select conrelid::regclass as t, conname from pg_constraint k join pg_class r on r.oid = k.conrelid join pg_namespace n on n.oid = r.relnamespace where n.nspname = 'ar' and k.contype in ('c', 'f') loop
        execute format('alter table %s drop constraint %I', c.t, c.conname); end loop; end $$`)
    const { rowCount } = await client.query(breaks[id]!, [company.tenantId])
    expect(rowCount).toBeGreaterThan(0)
    const { text, values } = compile(proof.violations(company.tenantId))
    expect((await client.query(text, [...values])).rowCount).toBeGreaterThan(0)
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test.each(unlinked)('%s fires on what stands alone', async (id, breaking) => {
  const client = await app.database.pool.connect()
  try {
    await client.query('begin')
    await client.query(breaking, [company.tenantId])
    const { text, values } = compile(proofs.find((proof) => proof.id === id)!.violations(company.tenantId))
    expect((await client.query(text, [...values])).rowCount).toBe(1)
  } finally {
    await client.query('rollback')
    client.release()
  }
})
