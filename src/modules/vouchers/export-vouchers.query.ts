import { PassThrough } from 'node:stream'
import type { Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader } from '../../platform/db.ts'
import type { Cell, ExportColumn } from '../../platform/files/export-table.ts'
import { writeXlsx } from '../../platform/files/xlsx-export.ts'
import type { Download } from '../../platform/http.ts'
import { word } from '../../platform/words.ts'
import { accountName, chartOfAccounts } from './accounts.query.ts'
import { trialBalance } from './trial-balance.query.ts'
import { type VoucherFilter, voucherLines } from './voucher.query.ts'
import { voucherSummary } from './voucher-summary.ts'

/** All vouchers of a filter are read in one snapshot, piece by piece, while they are sent. */
const EXPORT_TIMEOUT_MS = 600_000
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** 凭证: the lines of exactly the vouchers that are filtered, newest first; debits and credits in base currency. */
export function exportVouchers(db: Database, caller: Caller, filter: VoucherFilter): Download {
  const say = sayTo(caller)
  const title = (key: string, kind: ExportColumn['kind'] = 'text'): ExportColumn => ({ title: say(key), kind })
  const columns = [title('day', 'day'), title('no'), title('summary'), title('account'), title('name'), title('customer'),
    title('debit', 'amount'), title('credit', 'amount'), title('maker'), title('checker')] // biome-ignore format: one list
  return sheet(db, caller, { name: say('vouchers'), columns, rows: (reader) => lineCells(reader, filter, say) })
}

/** 科目余额表 from a day to a day, the total last. Throws vouchers.daysReversed. */
export async function exportTrialBalance(db: Database, caller: Caller, from: Day, until: Day): Promise<Download> {
  const say = sayTo(caller)
  const { accounts, total } = await db.read(caller, (reader) => trialBalance(reader, from, until), { timeoutMs: EXPORT_TIMEOUT_MS })
  const keys = ['openingDebit', 'openingCredit', 'debit', 'credit', 'yearDebit', 'yearCredit', 'closingDebit', 'closingCredit'] as const
  const titles: Readonly<Record<string, string>> = { debit: 'periodDebit', credit: 'periodCredit' }
  const columns: ExportColumn[] = [
    { title: say('code'), kind: 'text' },
    { title: say('name'), kind: 'text' },
    ...keys.map((key): ExportColumn => ({ title: say(titles[key] ?? key), kind: 'amount' })),
  ]
  async function* rows(): AsyncGenerator<readonly Cell[]> {
    for (const account of accounts) yield [account.code, account.name, ...keys.map((key) => account[key])]
    yield [word(caller.language, 'shared.total') ?? '', null, ...keys.map((key) => total[key])]
  }
  return sheet(db, caller, { name: say('trialBalance'), columns, rows })
}

type Sheet = {
  readonly name: string
  readonly columns: readonly ExportColumn[]
  readonly rows: (reader: Reader) => AsyncGenerator<readonly Cell[]>
}

function sheet(db: Database, caller: Caller, { name, columns, rows }: Sheet): Download {
  const content = new PassThrough()
  const write = (reader: Reader): Promise<void> => writeXlsx(content, { sheets: [{ name, columns, rows: rows(reader) }] })
  db.read(caller, write, { timeoutMs: EXPORT_TIMEOUT_MS }).catch((error: Error) => content.destroy(error))
  return { name: `${name}.xlsx`, contentType: XLSX, content }
}

async function* lineCells(reader: Reader, filter: VoucherFilter, say: Say): AsyncGenerator<readonly Cell[]> {
  const { baseCurrency, language } = reader.caller
  const chart = new Map((await chartOfAccounts(reader)).map((account) => [account.code, account]))
  const money = (minor: bigint): string | null => (minor === 0n ? null : formatMinor(minor, baseCurrency))
  for await (const piece of voucherLines(reader, filter)) {
    for (const row of piece) {
      const summary = voucherSummary(row, (key, params) => say(`summaries.${key}`, params))
      const name = accountName(chart.get(row.account), language, row.account)
      yield [
        row.voucherOn,
        row.no,
        summary,
        row.account,
        name,
        row.lineCustomer,
        money(row.debitBase),
        money(row.creditBase),
        row.makerName,
        row.checkerName,
      ]
    }
  }
}

type Say = (key: string, params?: Record<string, string | number>) => string

function sayTo({ language }: Caller): Say {
  return (key, params) => word(language, `vouchers.${key}`, params) ?? key
}
