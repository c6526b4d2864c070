import type { Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import { cutPage } from '../../platform/paging.ts'
import { accountName, chartOfAccounts } from './accounts.query.ts'
import { accountBalances, tieOutAt } from './balances.query.ts'
import { type AccountKey, accountCode, defaultAccountCodes } from './chart-of-accounts.ts'
import { closePeriod, reopenPeriod } from './close-periods.command.ts'
import { addAccount, editAccount } from './edit-accounts.command.ts'
import { editAccountCodes, editPostingRule } from './edit-rules.command.ts'
import { periodsOfYear, yearsWithPeriods } from './periods.query.ts'
import { postingKinds } from './posting-rules.ts'
import { ACCOUNT_CODES, postingSetup } from './posting-setup.query.ts'
import { type VoucherRow, voucherDetail, voucherPage, voucherSum } from './voucher.query.ts'
import * as api from './vouchers.api.ts'

const OK = { ok: true } as const
const BALANCES_TIMEOUT_MS = 60_000

export const vouchersHttp: readonly BoundRoute[] = [
  read(api.trialBalance, (reader, { query }) => trialBalanceOf(reader, query.from, query.until), { timeoutMs: BALANCES_TIMEOUT_MS }),
  read(api.tieOut, (reader, { query }) => tieOutOf(reader, query.asOf ?? reader.today), { timeoutMs: BALANCES_TIMEOUT_MS }),
  read(api.listVouchers, async (reader, { query: { cursor, limit, ...filter } }) => {
    const [rows, { count, sum }] = await Promise.all([voucherPage(reader, filter, limit, cursor), voucherSum(reader, filter)])
    const base = reader.caller.baseCurrency
    const { items, nextCursor } = cutPage(rows, limit, (row) => [row.voucherOn, row.id])
    return { items: items.map((row) => rowOf(row, base)), nextCursor, total: count, baseCurrency: base, sum: formatMinor(sum, base) }
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

function rowOf({ totalBase, ...row }: VoucherRow, base: string) {
  return { ...row, total: formatMinor(totalBase, base) }
}

async function detailOf(reader: Reader, id: string) {
  const { voucher, recordedAt, reversedById, lines } = await voucherDetail(reader, id)
  const base = reader.caller.baseCurrency
  const chart = new Map((await chartOfAccounts(reader)).map((account) => [account.code, account]))
  return {
    ...rowOf(voucher, base),
    baseCurrency: base,
    recordedAt: recordedAt.toISOString(),
    reversedById,
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

async function trialBalanceOf(reader: Reader, from: Day, until: Day) {
  if (until < from) throw new Problem('vouchers.daysReversed', {}, { kind: 'invalid', path: 'until' })
  const [balances, accounts] = await Promise.all([accountBalances(reader, from, until), chartOfAccounts(reader)])
  const chart = new Map(accounts.map((account) => [account.code, account]))
  const base = reader.caller.baseCurrency
  const text = ({ opening, debit, credit }: { opening: bigint; debit: bigint; credit: bigint }) => ({
    opening: formatMinor(opening, base),
    debit: formatMinor(debit, base),
    credit: formatMinor(credit, base),
    closing: formatMinor(opening + debit - credit, base),
  })
  const total = balances.reduce(
    (sum, one) => ({ opening: sum.opening + one.opening, debit: sum.debit + one.debit, credit: sum.credit + one.credit }),
    { opening: 0n, debit: 0n, credit: 0n },
  )
  return {
    from,
    until,
    baseCurrency: base,
    total: text(total),
    balanced: total.opening === 0n && total.debit === total.credit,
    accounts: balances.map((one) => ({
      code: one.code,
      name: accountName(chart.get(one.code), reader.caller.language, one.code),
      kind: chart.get(one.code)?.kind ?? 'asset',
      ...text(one),
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
