import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { excelRows } from '../../../test/harness/excel-rows.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'
import { companyWith, look } from '../../../test/harness/vouchers.ts'
import { day } from '../../kernel/day.ts'
import { recordReceipts } from '../receipts/record-receipts.command.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 60_000)
afterAll(() => app.close())

describe('trial balance and tie-out', () => {
  test('opening, movement and closing of every account; the totals are zero', async () => {
    const { company } = await companyWith(app, [
      ['2026-09-10', '10.00'],
      ['2026-10-10', '20.00'],
      ['2026-11-10', '40.00'],
    ])
    const trial = await look(company, '/api/vouchers/trial-balance?from=2026-10-01&until=2026-10-31')
    expect(
      trial.accounts.map((row: Record<string, string>) => [row['code'], row['opening'], row['debit'], row['credit'], row['closing']]),
    ).toEqual([
      ['1122', '10.00', '20.00', '0.00', '30.00'],
      ['222102', '-3.00', '0.00', '3.00', '-6.00'],
      ['6001', '-7.00', '0.00', '17.00', '-24.00'],
    ])
    expect(trial).toMatchObject({ balanced: true, total: { opening: '0.00', debit: '20.00', credit: '20.00', closing: '0.00' } })
    expect((await company.people.auditor.get('/api/vouchers/trial-balance?from=2026-11-01&until=2026-10-31')).status).toBe(400)
  })
  test('vouchers and trial balance as Excel: the lines of the filter, and the accounts with their total', async () => {
    const { company } = await companyWith(app, [
      ['2026-09-10', '10.00'],
      ['2026-10-10', '20.00'],
    ])
    const october = 'from=2026-10-01&until=2026-10-31'
    const [, ...lines] = await excelRows((await company.people.auditor.get(`/api/vouchers.xlsx?${october}`)).raw)
    expect(lines.map((cells) => [cells[0], cells[3], cells[6], cells[7] ?? ''])).toEqual([
      ['2026-10-10', '1122', '20', ''],
      ['2026-10-10', '6001', '', '17'],
      ['2026-10-10', '222102', '', '3'],
    ])
    const [, ...accounts] = await excelRows((await company.people.auditor.get(`/api/vouchers/trial-balance.xlsx?${october}`)).raw)
    expect(accounts.map((cells) => cells[0])).toEqual(['1122', '222102', '6001', '合计'])
    expect(accounts[0]!.slice(2, 6)).toEqual(['10', '0', '20', '0'])
    expect((await company.people.salesperson.get('/api/vouchers.xlsx')).status).toBe(403)
    expect((await company.people.auditor.get('/api/vouchers/trial-balance.xlsx?from=2026-11-01&until=2026-10-31')).status).toBe(400)
  })
  test('opening balances stand in the opening of the period in which they were brought in, the year counts what moved', async () => {
    const company = await app.company()
    const [customerId] = await newCustomers(app, company, 1)
    const accountant = company.people.arAccountant
    const opening = { kind: 'opening', tax: undefined }
    await opened(accountant, customerId!, {
      ...opening,
      amount: '500.00',
      issuedOn: '2026-06-30',
      entryOn: '2026-11-01',
      dueOn: '2026-12-31',
    })
    const wrong = await opened(accountant, customerId!, { ...opening, amount: '7.00', issuedOn: '2026-11-01', dueOn: '2026-12-31' })
    await accountant.post(`/api/receivables/${wrong}/voiding`, { version: 1, reason: 'twice' })
    await opened(accountant, customerId!, { amount: '20.00', tax: '0.00', issuedOn: '2026-10-10', dueOn: '2026-12-31' })
    await opened(accountant, customerId!, { amount: '40.00', tax: '0.00', issuedOn: '2026-11-10', dueOn: '2026-12-31' })
    const columns = ['openingDebit', 'openingCredit', 'debit', 'credit', 'yearDebit', 'yearCredit', 'closingDebit', 'closingCredit']
    const trial = await look(company, '/api/vouchers/trial-balance?from=2026-11-01&until=2026-11-30')
    const row = (found: Record<string, string>) => columns.map((column) => found[column])
    expect(trial.accounts.map((found: Record<string, string>) => [found['code'], ...row(found)])).toEqual([
      ['1122', '527.00', '0.00', '40.00', '7.00', '60.00', '7.00', '560.00', '0.00'],
      ['4104', '0.00', '507.00', '7.00', '0.00', '7.00', '0.00', '0.00', '500.00'],
      ['6001', '0.00', '20.00', '0.00', '40.00', '0.00', '60.00', '0.00', '60.00'],
    ])
    expect([...row(trial.total), trial.balanced]).toEqual([
      '527.00',
      '527.00',
      '47.00',
      '47.00',
      '67.00',
      '67.00',
      '560.00',
      '560.00',
      true,
    ])
  })
  test('the opening of a month is the closing of the month before, also when an opening balance is dated later than the books begin', async () => {
    const company = await app.company()
    const [customerId] = await newCustomers(app, company, 1)
    const put = (amount: string, issuedOn: string, kind = 'opening') =>
      opened(company.people.arAccountant, customerId!, {
        kind,
        tax: kind === 'opening' ? undefined : '0.00',
        amount,
        issuedOn,
        dueOn: '2026-12-31',
      })
    await put('500.00', '2026-10-31')
    await put('47.00', '2026-11-09')
    await put('20.00', '2026-11-10', 'manual')
    const receivables = async (from: string, until: string) => {
      const { accounts } = await look(company, `/api/vouchers/trial-balance?from=${from}&until=${until}`)
      const found = accounts.find(({ code }: { code: string }) => code === '1122')
      return found === undefined ? [] : [found.opening, found.debit, found.yearDebit, found.closing]
    }
    expect(await receivables('2026-09-01', '2026-09-30')).toEqual([])
    expect(await receivables('2026-10-01', '2026-10-31')).toEqual(['500.00', '0.00', '0.00', '500.00'])
    expect(await receivables('2026-11-01', '2026-11-30')).toEqual(['500.00', '67.00', '67.00', '567.00'])
    expect(await receivables('2026-10-01', '2026-11-30')).toEqual(['500.00', '67.00', '67.00', '567.00'])
    expect(await receivables('2026-01-01', '2026-12-31')).toEqual(['500.00', '67.00', '67.00', '567.00'])
    expect(await receivables('2026-12-01', '2026-12-31')).toEqual(['567.00', '0.00', '67.00', '567.00'])
  })
  test('money that was there at go-live stands in the opening too, its taking back moves', async () => {
    const company = await app.company()
    const [customerId] = await newCustomers(app, company, 1)
    const accountant = company.people.arAccountant
    await opened(accountant, customerId!, {
      kind: 'opening',
      tax: undefined,
      amount: '500.00',
      issuedOn: '2026-11-01',
      dueOn: '2026-12-31',
    })
    const wanted = {
      customerId: customerId!,
      orderId: null,
      fee: '0',
      receivedOn: day('2026-11-01'),
      methodId: null,
      bankAccountId: null,
      remark: '',
    }
    const texts = { payerName: null, payerAccount: null, reference: null, channel: null, channelTx: null, sourceNo: null }
    const receipts = ['30.00', '5.00'].map((amount) => ({ ...wanted, ...texts, amount }))
    const [, wrong] = await app.db.transaction(accountant.caller, (tx) =>
      recordReceipts(tx, receipts, { acceptDuplicates: true, confirmed: true, opening: true }),
    )
    const { version } = await look(company, `/api/receipts/${wrong}`)
    const said = (await look(company, '/api/vouchers')).items.map(({ summary }: { summary: string }) => summary.split(' ')[0])
    expect(new Set(said)).toEqual(new Set(['期初收款', '期初应收']))
    expect((await accountant.post(`/api/receipts/${wrong}/reversal`, { version, reason: 'twice' })).status).toBe(201)
    const trial = await look(company, '/api/vouchers/trial-balance?from=2026-11-01&until=2026-11-30')
    const columns = ['code', 'openingDebit', 'openingCredit', 'debit', 'credit', 'yearDebit', 'yearCredit', 'closingDebit', 'closingCredit']
    expect(trial.accounts.map((found: Record<string, string>) => columns.map((column) => found[column]))).toEqual([
      ['1122', '500.00', '0.00', '0.00', '0.00', '0.00', '0.00', '500.00', '0.00'],
      ['2203', '0.00', '35.00', '5.00', '0.00', '5.00', '0.00', '0.00', '30.00'],
      ['4104', '0.00', '465.00', '0.00', '5.00', '0.00', '5.00', '0.00', '470.00'],
    ])
    expect(trial.balanced).toBe(true)
    await expectBooksTrue(app, company)
  })
  test('T71: account 1122 = entries = open amounts, at every day, also after rescheduling and voiding', async () => {
    const { company, ids } = await companyWith(app, [
      ['2026-09-10', '10.00'],
      ['2026-10-10', '20.00'],
      ['2026-11-10', '40.00'],
    ])
    await company.people.arAccountant.post('/api/receivables/reschedulings', {
      receivables: [{ id: ids[1], version: 1, dueOn: '2027-06-01', reason: 'x' }],
    })
    await company.people.arAccountant.post(`/api/receivables/${ids[2]}/voiding`, { version: 1, reason: 'x' })
    for (const [asOf, sum] of [
      ['2026-09-09', '0.00'],
      ['2026-09-10', '10.00'],
      ['2026-10-31', '30.00'],
      ['2026-11-20', '70.00'],
      ['2026-11-21', '30.00'],
    ])
      expect(await look(company, `/api/vouchers/tie-out?asOf=${asOf}`)).toMatchObject({
        account: sum,
        ledger: sum,
        open: sum,
        difference: '0.00',
        tied: true,
        accounts: ['1122'],
      })
  })
})
