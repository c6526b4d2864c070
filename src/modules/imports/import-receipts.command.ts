import type { Day } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { findDuplicates } from '../receipts/find-duplicates.query.ts'
import { recordReceipts, type WantedReceipt } from '../receipts/record-receipts.command.ts'
import { findCustomers } from './find-customers.query.ts'
import { type ImportContext, type ImportHandler, seenBefore } from './import-handler.query.ts'
import { markFindings, rateOf } from './judge-receivables.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import { knownNumbers } from './known-receipts.query.ts'
import type { Finding, ReadRow } from './read-row.ts'

/** 收款: drafts that a second person confirms; history is confirmed by the import where the options say so. Rows without a customer are 不明来款. */
export const receiptsImport: ImportHandler = {
  judge: judgeReceiptRows,
  save: async (tx, rows, { options }) => ({
    receipts: await recordReceipts(
      tx,
      rows.map((row) => row.input as WantedReceipt),
      { acceptDuplicates: true, confirmed: options.confirmReceipts, bulk: true },
    ),
  }),
}

async function judgeReceiptRows(reader: Reader, rows: readonly ReadRow[], context: ImportContext): Promise<JudgedRow[]> {
  const noCreation = { ...context, options: { ...context.options, createCustomers: false } }
  const [customers, methods, accounts, numbers] = await Promise.all([
    findCustomers(reader, rows, noCreation),
    findMethods(reader, rows),
    findAccounts(reader, rows),
    knownNumbers(reader, rows),
  ])
  const base = reader.caller.baseCurrency
  const wanted = rows.map((row, index) => receiptOf(row, customers[index]!.customer?.id ?? null, { methods, accounts }, context, base))
  const likely = await likelyTwins(reader, wanted)
  return rows.map((row, index): JudgedRow => {
    const receipt = wanted[index]!
    const currency = receipt.currency!
    const amount = parseMinor(receipt.amount, currency)
    const unidentified = ['customer', 'customerCode', 'taxId'].every((field) => row.values[field] === undefined)
    const findings: Finding[] = [
      ...row.findings,
      ...(unidentified ? [{ severity: 'warned' as const, field: 'customer', code: 'imports.unidentified' }] : customers[index]!.findings),
      ...seenBefore(context, row.values['sourceNo'], row.line),
      ...markFindings(row, currency),
      ...ownFindings(row, receipt, amount, reader, { methods, accounts }),
      ...(numbers.has(receipt.sourceNo ?? '') ? [alreadyThere(receipt.sourceNo!)] : (likely.get(index) ?? []).map(looksLike)),
    ]
    const shown = {
      line: row.line,
      title: row.values['customer'] ?? row.values['customerCode'] ?? row.values['payerName'] ?? '',
      currency,
      ...(amount === undefined ? {} : { amount }),
      findings,
    }
    return isRefused({ findings }) ? shown : { ...shown, input: receipt }
  })
}

/** Receipts that look like the same money, by the place of the row. */
async function likelyTwins(reader: Reader, wanted: readonly WantedReceipt[]) {
  const same = await findDuplicates(
    reader,
    wanted.map(({ customerId, currency, amount, receivedOn, payerName, sourceNo }) => ({
      customerId,
      currency: currency!,
      amount: parseMinor(amount, currency!) ?? 0n,
      receivedOn: receivedOn ?? reader.today,
      payerName,
      channel: null,
      channelTx: null,
      sourceNo,
    })),
  )
  return Map.groupBy(
    same.filter((one) => !one.certain),
    (one) => one.index,
  )
}

function alreadyThere(sourceNo: string): Finding {
  return { severity: 'already', field: 'sourceNo', code: 'imports.alreadyThere', params: { value: sourceNo }, fix: 'leaveOut' }
}

type Places = {
  readonly methods: ReadonlyMap<string, string>
  readonly accounts: ReadonlyMap<string, { readonly id: string; readonly currency: string }>
}

function receiptOf(
  row: ReadRow,
  customerId: string | null,
  { methods, accounts }: Places,
  { options }: ImportContext,
  base: string,
): WantedReceipt {
  const { values } = row
  const currency = values['currency'] ?? base
  const rate = rateOf(row, currency, options.rates, base)
  return {
    customerId,
    orderId: null,
    currency,
    ...(rate === undefined ? {} : { rate }),
    amount: values['amount'] ?? '',
    fee: values['fee'] ?? '0',
    receivedOn: values['receivedOn'] as Day,
    methodId: methods.get(values['method'] ?? '') ?? null,
    bankAccountId: accounts.get(values['bankAccount'] ?? '')?.id ?? null,
    payerName: values['payerName'] ?? null,
    payerAccount: values['payerAccount'] ?? null,
    reference: values['reference'] ?? null,
    remark: values['remark'] ?? '',
    channel: null,
    channelTx: null,
    sourceNo: values['sourceNo'] ?? null,
  }
}

function ownFindings(
  { values, findings }: ReadRow,
  receipt: WantedReceipt,
  amount: bigint | undefined,
  reader: Reader,
  { methods, accounts }: Places,
): Finding[] {
  const isUnread = (field: string) => findings.some((one) => one.field === field)
  const refuse = (field: string, code: string, params = {}, fix = 'fillIn'): Finding => ({ severity: 'refused', field, code, params, fix })
  const warn = (field: string): Finding => ({
    severity: 'warned',
    field,
    code: `imports.${field}Unknown`,
    params: { value: values[field] ?? '' },
  })
  const currency = receipt.currency!
  const base = reader.caller.baseCurrency
  const fee = parseMinor(receipt.fee, currency)
  const account = accounts.get(values['bankAccount'] ?? '')
  const found: (Finding | false)[] = [
    values['amount'] === undefined && !isUnread('amount') && refuse('amount', 'imports.empty'),
    values['amount'] !== undefined && amount === undefined && refuse('amount', 'platform.tooManyDecimals', { currency }, 'fixAmount'),
    amount !== undefined && amount <= 0n && refuse('amount', 'imports.amountNotPositive', { value: values['amount']! }, 'fixAmount'),
    values['receivedOn'] === undefined && !isUnread('receivedOn') && refuse('receivedOn', 'imports.empty'),
    values['receivedOn'] !== undefined &&
      values['receivedOn'] > reader.today &&
      refuse('receivedOn', 'imports.receivedInFuture', { day: values['receivedOn'] }, 'fixDay'),
    (fee === undefined || fee < 0n || (amount !== undefined && fee > amount)) && refuse('fee', 'receipts.feeOutOfRange', {}, 'fixAmount'),
    currency !== base && receipt.rate === undefined && refuse('rate', 'receipts.rateMissing', { currency, base }, 'giveRate'),
    currency === base &&
      receipt.rate !== undefined &&
      Number(receipt.rate) !== 1 &&
      refuse('rate', 'receipts.rateNotOne', { currency }, 'giveRate'),
    account !== undefined &&
      account.currency !== currency &&
      refuse('bankAccount', 'receipts.bankAccountCurrency', { currency }, 'fixCurrency'),
    values['method'] !== undefined && !methods.has(values['method']) && warn('method'),
    values['bankAccount'] !== undefined && account === undefined && warn('bankAccount'),
  ]
  return found.filter((one) => one !== false)
}

function looksLike({ no }: { readonly no: string | null }): Finding {
  return { severity: 'warned', field: 'amount', code: 'imports.looksLike', params: { no: no ?? '' } }
}

async function findMethods(reader: Reader, rows: readonly ReadRow[]): Promise<Map<string, string>> {
  const found = await reader.all<{ name: string; code: string; id: string }>(
    sql`select m.name, m.code, m.id from ar.payment_methods m where m.tenant_id = ${reader.caller.tenantId} and m.status = 'active' limit 1000`,
  )
  const wanted = new Set(rows.map((row) => row.values['method']))
  return new Map(
    found
      .flatMap(
        ({ name, code, id }) =>
          [
            [code, id],
            [name, id],
          ] as [string, string][],
      )
      .filter(([name]) => wanted.has(name)),
  )
}

async function findAccounts(reader: Reader, rows: readonly ReadRow[]): Promise<Map<string, { id: string; currency: string }>> {
  const found = await reader.all<{ name: string; accountNo: string; id: string; currency: string }>(
    sql`select b.name, b.account_no, b.id, b.currency from ar.bank_accounts b where b.tenant_id = ${reader.caller.tenantId} and b.status = 'active' limit 1000`,
  )
  const wanted = new Set(rows.map((row) => row.values['bankAccount']))
  return new Map(
    found
      .flatMap(
        ({ name, accountNo, ...account }) =>
          [
            [name, account],
            [accountNo, account],
          ] as [string, { id: string; currency: string }][],
      )
      .filter(([name]) => wanted.has(name)),
  )
}
