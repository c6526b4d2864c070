import { PassThrough } from 'node:stream'
import { formatMinor } from '../../kernel/money.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader } from '../../platform/db.ts'
import { writeCsv } from '../../platform/files/csv-export.ts'
import type { Cell, ExportColumn } from '../../platform/files/export-table.ts'
import { writeXlsx } from '../../platform/files/xlsx-export.ts'
import type { Download } from '../../platform/http.ts'
import { word } from '../../platform/words.ts'
import { type LedgerFilter, type LedgerRow, type LedgerSort, wholeLedger } from './ledger.query.ts'
import { receivableStatus } from './receivable-status.ts'

/** A million rows are read in one snapshot, piece by piece, while they are sent. */
const EXPORT_TIMEOUT_MS = 600_000

const types = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv; charset=utf-8' } as const

type Wanted = { readonly filter: LedgerFilter; readonly sort: LedgerSort; readonly type: 'xlsx' | 'csv' }

/** Exactly what is filtered, streamed; titles in the caller's language. */
export function exportReceivables(db: Database, caller: Caller, { filter, sort, type }: Wanted): Download {
  const content = new PassThrough()
  const say = (key: string): string => word(caller.language, `receivables.${key}`) ?? key
  const columns = columnsOf(say)
  const write = async (reader: Reader): Promise<void> => {
    const rows = rowsOf(reader, filter, sort, say)
    await (type === 'csv' ? writeCsv(content, { columns, rows }) : writeXlsx(content, { sheets: [{ name: say('ledger'), columns, rows }] }))
  }
  const sent = db.read(caller, write, { timeoutMs: EXPORT_TIMEOUT_MS })
  sent.catch((error: Error) => content.destroy(error))
  return { name: `${say('ledger')}.${type}`, contentType: types[type], content }
}

async function* rowsOf(
  reader: Reader,
  filter: LedgerFilter,
  sort: LedgerSort,
  say: (key: string) => string,
): AsyncGenerator<readonly Cell[]> {
  for await (const piece of wholeLedger(reader, filter, sort)) for (const row of piece) yield cellsOf(reader, row, say)
}

function cellsOf({ today, caller }: Reader, row: LedgerRow, say: (key: string) => string): readonly Cell[] {
  const { status, overdueDays } = receivableStatus({ ...row, voided: row.voidedOn !== null }, today)
  const money = (minor: bigint): string => formatMinor(minor, row.currency)
  return [
    row.no,
    row.customerCode,
    row.customerName,
    row.orderNo,
    row.partName,
    row.reference,
    row.sourceNo,
    row.salespersonName,
    row.regionName,
    row.issuedOn,
    row.dueOn,
    row.currency,
    money(row.amount),
    money(row.open),
    formatMinor(row.openBase, caller.baseCurrency),
    overdueDays,
    say(`status.${status}`),
    row.disputed ? say('disputedFlag') : null,
  ]
}

function columnsOf(say: (key: string) => string): ExportColumn[] {
  const column = (key: string, kind: ExportColumn['kind'] = 'text'): ExportColumn => ({ title: say(key), kind })
  return [
    column('no'),
    column('customerCode'),
    column('customer'),
    column('order'),
    column('part'),
    column('reference'),
    column('sourceNo'),
    column('salesperson'),
    column('region'),
    column('issuedOn', 'day'),
    column('dueOn', 'day'),
    column('currency'),
    column('amount', 'amount'),
    column('openAmount', 'amount'),
    column('openBase', 'amount'),
    column('overdueDays', 'integer'),
    column('statusWord'),
    column('disputedFlag'),
  ]
}
