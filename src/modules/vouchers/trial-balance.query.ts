import type { Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { accountName, chartOfAccounts } from './accounts.query.ts'
import { type AccountBalance, accountBalances } from './balances.query.ts'

type Columns = Omit<AccountBalance, 'code' | 'opening'> & {
  readonly openingDebit: bigint
  readonly openingCredit: bigint
  readonly closingDebit: bigint
  readonly closingCredit: bigint
}

/** 科目余额表, in base currency, with names in the caller's language. Throws vouchers.daysReversed. */
export async function trialBalance(reader: Reader, from: Day, until: Day) {
  if (until < from) throw new Problem('vouchers.daysReversed', {}, { kind: 'invalid', path: 'until' })
  const [balances, accounts] = await Promise.all([accountBalances(reader, from, until), chartOfAccounts(reader)])
  const chart = new Map(accounts.map((account) => [account.code, account]))
  const { baseCurrency, language } = reader.caller
  const rows = balances.map((balance) => ({ code: balance.code, columns: columnsOf(balance) }))
  const total = rows.map(({ columns }) => columns).reduce(added, nothing)
  return {
    from,
    until,
    baseCurrency,
    total: shown(total, baseCurrency),
    balanced: balances.length === 0 || ties(total),
    accounts: rows.map(({ code, columns }) => ({
      code,
      name: accountName(chart.get(code), language, code),
      kind: chart.get(code)?.kind ?? 'asset',
      ...shown(columns, baseCurrency),
    })),
  }
}

/** A balance stands on the side on which it is more. */
function columnsOf({ opening, debit, credit, yearDebit, yearCredit }: AccountBalance): Columns {
  const closing = opening + debit - credit
  const [openingDebit, openingCredit] = sides(opening)
  const [closingDebit, closingCredit] = sides(closing)
  return { openingDebit, openingCredit, debit, credit, yearDebit, yearCredit, closingDebit, closingCredit }
}

function sides(balance: bigint): [bigint, bigint] {
  return balance >= 0n ? [balance, 0n] : [0n, -balance]
}

const nothing: Columns = columnsOf({ code: '', opening: 0n, debit: 0n, credit: 0n, yearDebit: 0n, yearCredit: 0n })

function added(sum: Columns, one: Columns): Columns {
  const names = Object.keys(nothing) as (keyof Columns)[]
  return Object.fromEntries(names.map((name) => [name, sum[name] + one[name]])) as Columns
}

/** Debits are credits in each pair of columns. */
function ties(total: Columns): boolean {
  return (
    total.openingDebit === total.openingCredit &&
    total.debit === total.credit &&
    total.yearDebit === total.yearCredit &&
    total.closingDebit === total.closingCredit
  )
}

function shown(columns: Columns, currency: string) {
  const text = (minor: bigint) => formatMinor(minor, currency)
  const { openingDebit, openingCredit, debit, credit, yearDebit, yearCredit, closingDebit, closingCredit } = columns
  return {
    opening: text(openingDebit - openingCredit),
    openingDebit: text(openingDebit),
    openingCredit: text(openingCredit),
    debit: text(debit),
    credit: text(credit),
    yearDebit: text(yearDebit),
    yearCredit: text(yearCredit),
    closing: text(closingDebit - closingCredit),
    closingDebit: text(closingDebit),
    closingCredit: text(closingCredit),
  }
}
