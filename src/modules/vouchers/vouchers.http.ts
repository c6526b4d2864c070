import type { Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import { type Caller, may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { type BoundRoute, download, read, write } from '../../platform/http.ts'
import { cutPage } from '../../platform/paging.ts'
import { word } from '../../platform/words.ts'
import { accountName, chartOfAccounts } from './accounts.query.ts'
import { tieOutAt } from './balances.query.ts'
import { type AccountKey, accountCode, defaultAccountCodes } from './chart-of-accounts.ts'
import { closePeriod, reopenPeriod } from './close-periods.command.ts'
import { addAccount, editAccount } from './edit-accounts.command.ts'
import { editAccountCodes, editPostingRule } from './edit-rules.command.ts'
import { exportTrialBalance, exportVouchers } from './export-vouchers.query.ts'
import { periodsOfYear, yearsWithPeriods } from './periods.query.ts'
import { postingKinds } from './posting-rules.ts'
import { ACCOUNT_CODES, postingSetup } from './posting-setup.query.ts'
import { trialBalance } from './trial-balance.query.ts'
import { voucherDetail, voucherPage, voucherSum } from './voucher.query.ts'
import type { VoucherRow } from './voucher-row.ts'
import { voucherSummary } from './voucher-summary.ts'
import * as api from './vouchers.api.ts'

const OK = { ok: true } as const
const BALANCES_TIMEOUT_MS = 60_000

export const vouchersHttp: readonly BoundRoute[] = [
  read(api.trialBalance, (reader, { query }) => trialBalance(reader, query.from, query.until), { timeoutMs: BALANCES_TIMEOUT_MS }),
  read(api.tieOut, (reader, { query }) => tieOutOf(reader, query.asOf ?? reader.today), { timeoutMs: BALANCES_TIMEOUT_MS }),
  read(api.listVouchers, async (reader, { query: { cursor, limit, ...filter } }) => {
    const [rows, { count, sum }] = await Promise.all([voucherPage(reader, filter, limit, cursor), voucherSum(reader, filter)])
    const base = reader.caller.baseCurrency
    const { items, nextCursor } = cutPage(rows, limit, (row) => [row.voucherOn, row.id])
    return { items: items.map((row) => rowOf(reader, row)), nextCursor, total: count, baseCurrency: base, sum: formatMinor(sum, base) }
  }),
  download(api.exportVouchers, async ({ db, caller }, { query }) => {
    mayExport(caller)
    return exportVouchers(db, caller, query)
  }),
  download(api.exportTrialBalance, ({ db, caller }, { query }) => {
    mayExport(caller)
    return exportTrialBalance(db, caller, query.from, query.until)
  }),
  read(api.getVoucher, (reader, { params }) => detailOf(reader, params.id)),
  read(api.listAccounts, async (reader) => ({ items: await chartOfAccounts(reader) })),
  write(api.addAccount, async (tx, { body }) => {
    await addAccount(tx, body)
    return { code: body.code }
  }),
  write(api.editAccount, async (tx, { params, body }) => {
    await editAccount(tx, params.code, body)
    return OK
  }),
  read(api.getPostingRules, async (reader) => {
    const { rules, codes, versions } = await postingSetup(reader)
    const keys = Object.keys(defaultAccountCodes) as AccountKey[]
    return {
      rules: postingKinds.map((kind) => ({ kind, version: versions[kind] ?? 0, lines: [...rules[kind]] })),
      accountCodes: {
        version: versions[ACCOUNT_CODES] ?? 0,
        codes: keys.map((key) => ({ key, code: accountCode(key, codes), isDefault: codes[key] === undefined })),
      },
    }
  }),
  write(api.editPostingRule, async (tx, { params, body }) => {
    await editPostingRule(tx, params.kind, body)
    return OK
  }),
  write(api.editAccountCodes, async (tx, { body }) => {
    await editAccountCodes(tx, body)
    return OK
  }),
  read(api.listPeriods, async (reader, { query }) => {
    const base = reader.caller.baseCurrency
    const [rows, years] = await Promise.all([
      periodsOfYear(reader, query.year ?? Number(reader.today.slice(0, 4))),
      yearsWithPeriods(reader),
    ])
    return {
      items: rows.map((row) => ({ ...row, closedAt: row.closedAt?.toISOString() ?? null, total: formatMinor(row.total, base) })),
      years,
      baseCurrency: base,
    }
  }),
  write(api.closePeriod, async (tx, { params, body }) => {
    await closePeriod(tx, params.period, body)
    return OK
  }),
  write(api.reopenPeriod, async (tx, { params, body }) => {
    await reopenPeriod(tx, params.period, body)
    return OK
  }),
]

function rowOf({ caller }: Reader, row: VoucherRow) {
  const {
    id,
    no,
    voucherOn,
    period,
    sourceKind,
    sourceId,
    sourceNo,
    receiptId,
    reverses,
    reversedBy,
    reversed,
    customerName,
    makerName,
    checkerName,
  } = row
  const shown = {
    id,
    no,
    voucherOn,
    period,
    sourceKind,
    sourceId,
    sourceNo,
    receiptId,
    reverses,
    reversedBy: [...reversedBy],
    reversed,
    customerName,
    makerName,
    checkerName,
  }
  const summary = voucherSummary(row, (key, params) => word(caller.language, `vouchers.summaries.${key}`, params) ?? key)
  return { ...shown, summary, total: formatMinor(row.totalBase, caller.baseCurrency) }
}

/** A file takes the right to see vouchers and, as every file, the right to export. Throws people.mayNot (forbidden). */
function mayExport(caller: Caller): void {
  if (!may(caller, 'reports.export')) throw new Problem('people.mayNot', { permission: 'reports.export' }, { kind: 'forbidden' })
}

async function detailOf(reader: Reader, id: string) {
  const { voucher, recordedAt, lines } = await voucherDetail(reader, id)
  const base = reader.caller.baseCurrency
  const chart = new Map((await chartOfAccounts(reader)).map((account) => [account.code, account]))
  return {
    ...rowOf(reader, voucher),
    baseCurrency: base,
    recordedAt: recordedAt.toISOString(),
    lines: lines.map(({ name, ...line }) => ({
      ...line,
      accountName: accountName(chart.get(line.account), reader.caller.language, line.account),
      debit: formatMinor(line.debit, line.currency),
      credit: formatMinor(line.credit, line.currency),
      debitBase: formatMinor(line.debitBase, base),
      creditBase: formatMinor(line.creditBase, base),
    })),
  }
}

async function tieOutOf(reader: Reader, asOf: Day) {
  const { account, ledger, open, accounts } = await tieOutAt(reader, asOf)
  const base = reader.caller.baseCurrency
  const difference = account !== ledger ? account - ledger : open - ledger
  return {
    asOf,
    baseCurrency: base,
    account: formatMinor(account, base),
    ledger: formatMinor(ledger, base),
    open: formatMinor(open, base),
    difference: formatMinor(difference, base),
    tied: account === ledger && ledger === open,
    accounts,
  }
}
