import { PassThrough } from 'node:stream'
import { formatMinor } from '../../kernel/money.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader } from '../../platform/db.ts'
import { writeCsv } from '../../platform/files/csv-export.ts'
import type { Cell, ExportColumn } from '../../platform/files/export-table.ts'
import { writeXlsx } from '../../platform/files/xlsx-export.ts'
import type { Download } from '../../platform/http.ts'
import { word } from '../../platform/words.ts'
import { allReceipts, type ReceiptFilter, type ReceiptRow } from './receipt.query.ts'

/** A million rows are read in one snapshot, piece by piece, while they are sent. */
const EXPORT_TIMEOUT_MS = 600_000

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

/** Exactly what is filtered, streamed; titles in the caller's language. Columns stand in the order of the list. */
export function exportReceipts(db: Database, caller: Caller, filter: ReceiptFilter, type: 'xlsx' | 'csv'): Download {
  const content = new PassThrough()
  const say = (key: string): string => word(caller.language, `receipts.${key}`) ?? key
  const columns = columnsOf(say)
  const sent = db.read(
    caller,
    async (reader) => {
      const rows = rowsOf(reader, filter, say)
      await (type === 'csv'
        ? writeCsv(content, { columns, rows })
        : writeXlsx(content, { sheets: [{ name: say('title'), columns, rows }] }))
    },
    { timeoutMs: EXPORT_TIMEOUT_MS },
  )
  sent.catch((error: Error) => content.destroy(error))
  return { name: `${say('title')}.${type}`, contentType: types[type], content }
}

async function* rowsOf(reader: Reader, filter: ReceiptFilter, say: (key: string) => string): AsyncGenerator<readonly Cell[]> {
  for await (const piece of allReceipts(reader, filter)) for (const row of piece) yield cellsOf(row, say)
}

function cellsOf(row: ReceiptRow, say: (key: string) => string): readonly Cell[] {
  const money = (minor: bigint): string => formatMinor(minor, row.currency)
  return [
    row.no,
    row.receivedOn,
    say(`status.${row.status}`),
    row.customerCode,
    row.customerName,
    row.orderNo,
    row.currency,
    money(row.amount),
    money(row.fee),
    money(row.allocated),
    money(row.status === 'confirmed' ? row.amount - row.allocated : 0n),
    row.methodName,
    row.bankAccountName,
    row.payerName,
    row.reference,
    row.createdByName,
    row.confirmedByName,
  ]
}

function columnsOf(say: (key: string) => string): ExportColumn[] {
  const column = (key: string, kind: ExportColumn['kind'] = 'text'): ExportColumn => ({ title: say(`fields.${key}`), kind })
  return [
    column('no'),
    column('receivedOn', 'day'),
    column('status'),
    column('customerCode'),
    column('customer'),
    column('order'),
    column('currency'),
    column('amount', 'amount'),
    column('fee', 'amount'),
    column('allocated', 'amount'),
    column('unallocated', 'amount'),
    column('method'),
    column('bankAccount'),
    column('payerName'),
    column('reference'),
    column('createdBy'),
    column('confirmedBy'),
  ]
}
