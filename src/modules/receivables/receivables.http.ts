import { formatMinor, parseMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { type BoundRoute, download, read, write } from '../../platform/http.ts'
import { cutPage } from '../../platform/paging.ts'
import { type UsualDaysLate, usualDaysLate } from '../customers/usual-days-late.query.ts'
import { disputeReceivables } from './dispute-receivables.command.ts'
import { enterReceivables } from './enter-receivables.command.ts'
import { expectedPaymentDay } from './expected-payment-day.ts'
import { exportReceivables } from './export-receivables.query.ts'
import { type LedgerFilter, type LedgerRow, ledgerCursor, ledgerPage, ledgerSums } from './ledger.query.ts'
import { type MissingReceivable, missingReceivables } from './missing-receivables.query.ts'
import { reassignReceivables, rescheduleReceivables } from './move-receivables.command.ts'
import { receivableDetail } from './receivable-detail.query.ts'
import { receivableStatus } from './receivable-status.ts'
import * as api from './receivables.api.ts'
import { voidReceivables } from './void-receivables.command.ts'

const OK = { ok: true } as const
/** Every order is held against the ledger. */
const MISSING_TIMEOUT_MS = 60_000

export const receivablesHttp: readonly BoundRoute[] = [
  write(api.enterReceivables, async (tx, { body }) => ({ ids: await enterReceivables(tx, body.receivables) })),
  read(api.listReceivables, async (reader, { query: { cursor, limit, sort, sums, ...query } }) => {
    const filter = filterOf(query, reader.caller.baseCurrency)
    const [page, all] = await Promise.all([
      sums === 'only' ? { items: [], nextCursor: null } : pageOf(reader, filter, sort, limit, cursor),
      sums === 'without' ? { total: null, sums: null, base: null } : sumsOf(reader, filter),
    ])
    return { ...page, ...all, asOf: reader.today, baseCurrency: reader.caller.baseCurrency }
  }),
  download(api.exportReceivables, async ({ db, caller }, { query: { sort, ...query } }) =>
    exportReceivables(db, caller, { filter: filterOf(query, caller.baseCurrency), sort, type: 'xlsx' }),
  ),
  download(api.exportReceivablesCsv, async ({ db, caller }, { query: { sort, ...query } }) =>
    exportReceivables(db, caller, { filter: filterOf(query, caller.baseCurrency), sort, type: 'csv' }),
  ),
  read(api.listMissingReceivables, (reader, { query }) => listMissing(reader, query), { timeoutMs: MISSING_TIMEOUT_MS }),
  read(api.getReceivable, (reader, { params }) => detailOf(reader, params.id)),
  write(api.rescheduleReceivables, async (tx, { body }) => {
    await rescheduleReceivables(tx, body.receivables)
    return OK
  }),
  write(api.reassignReceivables, async (tx, { body }) => {
    await reassignReceivables(tx, body.receivables)
    return OK
  }),
  write(api.disputeReceivables, async (tx, { body }) => {
    await disputeReceivables(tx, body.receivables)
    return OK
  }),
  write(api.voidReceivable, async (tx, { params, body: { voidedOn, ...body } }) => {
    if (voidedOn !== undefined && voidedOn > tx.today) throw new Problem('receivables.inFuture', { today: tx.today }, { path: 'voidedOn' })
    await voidReceivables(tx, [{ id: params.id, voidedOn: voidedOn ?? tx.today, ...body }])
    return OK
  }),
]

type QueryFilter = Omit<LedgerFilter, 'least' | 'most'> & { readonly least?: string | undefined; readonly most?: string | undefined }

/** Amount bounds are read in the currency of the filter, else in the base currency. */
function filterOf({ least, most, ...filter }: QueryFilter, baseCurrency: string): LedgerFilter {
  const minor = (text: string | undefined, path: string): bigint | undefined => {
    if (text === undefined) return undefined
    const found = parseMinor(text, filter.currency ?? baseCurrency)
    if (found === undefined)
      throw new Problem('platform.tooManyDecimals', { currency: filter.currency ?? baseCurrency, units: 0 }, { kind: 'invalid', path })
    return found
  }
  return { ...filter, least: minor(least, 'least'), most: minor(most, 'most') }
}

async function pageOf(
  reader: Reader,
  filter: LedgerFilter,
  sort: Parameters<typeof ledgerPage>[2],
  limit: number,
  cursor: string | undefined,
) {
  const rows = await ledgerPage(reader, filter, sort, limit, cursor)
  const { items, nextCursor } = cutPage(rows, limit, ledgerCursor(sort))
  const habits = await usualDaysLate(reader, [...new Set(items.map((row) => row.customerId))], reader.today)
  return { items: items.map((row) => rowOf(reader, row, habits)), nextCursor }
}

async function sumsOf(reader: Reader, filter: LedgerFilter) {
  const sums = await ledgerSums(reader, filter)
  const total = (of: (one: (typeof sums)[number]) => bigint): string =>
    formatMinor(
      sums.reduce((sum, one) => sum + of(one), 0n),
      reader.caller.baseCurrency,
    )
  return {
    total: sums.reduce((sum, one) => sum + one.count, 0),
    sums: sums.map(({ currency, count, amount, open, overdue }) => ({
      currency,
      count,
      amount: formatMinor(amount, currency),
      open: formatMinor(open, currency),
      overdue: formatMinor(overdue, currency),
    })),
    base: { amount: total((one) => one.amountBase), open: total((one) => one.openBase), overdue: total((one) => one.overdueBase) },
  }
}

async function listMissing(reader: Reader, { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined }) {
  const { rows, count, sumBase } = await missingReceivables(reader, { limit, cursor })
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.orderedOn, row.orderId])
  const base = reader.caller.baseCurrency
  return { items: items.map(missingOf), nextCursor, total: count, baseCurrency: base, sum: formatMinor(sumBase, base) }
}

function missingOf({ amount, owed, recorded, ...row }: MissingReceivable) {
  const money = (minor: bigint): string => formatMinor(minor, row.currency)
  return { ...row, amount: money(amount), owed: money(owed), recorded: money(recorded), missing: money(owed - recorded) }
}

/** Live: status, overdue days and expected day are those of the tenant's today. */
function rowOf(reader: Reader, { voidedOn, ...row }: LedgerRow, habits: ReadonlyMap<string, UsualDaysLate>) {
  const base = reader.caller.baseCurrency
  const position = receivableStatus({ ...row, voided: voidedOn !== null }, reader.today)
  const expected =
    row.open === 0n ? undefined : expectedPaymentDay({ dueOn: row.dueOn, usualDaysLate: habits.get(row.customerId)?.days }, reader.today)
  const money = (minor: bigint): string => formatMinor(minor, row.currency)
  return {
    ...row,
    ...position,
    amount: money(row.amount),
    open: money(row.open),
    amountBase: formatMinor(row.amountBase, base),
    openBase: formatMinor(row.openBase, base),
    expectedOn: expected?.on ?? null,
    expectedBasis: expected?.basis ?? null,
    expectedPassedDays: expected?.passedDays ?? 0,
  }
}

/** What an opening item lacked of its original amount when it was brought in. */
function receivedBefore(originalAmount: string | null, { amount, currency }: LedgerRow): string | null {
  const original = originalAmount === null ? undefined : parseMinor(originalAmount, currency)
  return original === undefined ? null : formatMinor(original - amount, currency)
}

async function detailOf(reader: Reader, id: string) {
  const { row, more, lines, entries, allocations, adjustments, events } = await receivableDetail(reader, id)
  const base = reader.caller.baseCurrency
  const money = (minor: bigint): string => formatMinor(minor, row.currency)
  const habits = await usualDaysLate(reader, [row.customerId], reader.today)
  return {
    ...rowOf(reader, row, habits),
    ...more,
    receivedBefore: receivedBefore(more.originalAmount, row),
    createdAt: more.createdAt.toISOString(),
    voidedOn: row.voidedOn,
    baseCurrency: base,
    lines: lines.map((line) => ({
      ...line,
      net: money(line.net),
      tax: money(line.tax),
      amount: money(line.amount),
      openBase: formatMinor(line.openBase, base),
    })),
    entries: entries.map((entry) => ({ ...entry, amount: money(entry.amount), amountBase: formatMinor(entry.amountBase, base) })),
    allocations: allocations.map((one) => ({ ...one, amount: money(one.amount) })),
    adjustments: adjustments.map((one) => ({ ...one, amount: money(one.amount) })),
    events: events.map(({ at, action, byName, body }) => ({
      at: at.toISOString(),
      action,
      byName,
      reason: body.detail?.reason ?? null,
      before: (body.before as Record<string, unknown>) ?? null,
      after: (body.after as Record<string, unknown>) ?? null,
    })),
  }
}
