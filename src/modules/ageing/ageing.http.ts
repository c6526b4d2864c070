import { PassThrough, type Writable } from 'node:stream'
import { formatMinor, parseMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { writeCsv } from '../../platform/files/csv-export.ts'
import { writePdf } from '../../platform/files/pdf-export.ts'
import { writeXlsx } from '../../platform/files/xlsx-export.ts'
import { type BoundRoute, type Call, type Download, download, read, write } from '../../platform/http.ts'
import { word } from '../../platform/words.ts'
import * as api from './ageing.api.ts'
import { type AgeingReport, type AgeingRow, type AgeingSums, ageing } from './ageing.query.ts'
import { cutsMoney } from './ageing-dimensions.query.ts'
import { firstDayAfter } from './ageing-facts.query.ts'
import { ageingItems } from './ageing-items.query.ts'
import { ageingQuestion } from './ageing-question.query.ts'
import { ageingSchemes, builtInSchemes } from './ageing-schemes.query.ts'
import { type AgeingTable, ageingTable } from './ageing-table.query.ts'
import { itemsTable } from './items-table.query.ts'
import { laterMoney } from './money-facts.query.ts'
import { saveAgeingSchemes } from './save-ageing-schemes.command.ts'
import { type TieOut, tieOut } from './tie-out.query.ts'

/** A report over ten million receivables takes seconds; whoever asks for more than this has asked wrongly. */
const REPORT_TIMEOUT_MS = 60_000

export const ageingHttp: readonly BoundRoute[] = [
  read(api.readAgeing, (reader, { query }) => readAgeing(reader, query), { timeoutMs: REPORT_TIMEOUT_MS }),
  read(
    api.readTieOut,
    async (reader, { query }) => {
      const asOf = query.asOf ?? reader.today
      return { asOf, tieOut: proofJson(await tieOut(reader, asOf), reader.caller.baseCurrency) }
    },
    { timeoutMs: REPORT_TIMEOUT_MS },
  ),
  read(api.listAgeingItems, (reader, { query }) => listItems(reader, query), { timeoutMs: REPORT_TIMEOUT_MS }),
  read(api.listAgeingSchemes, async (reader) => {
    const { own, version } = await ageingSchemes(reader)
    const named = builtInSchemes.map((scheme) => ({
      ...scheme,
      name: word(reader.caller.language, `ageing.schemes.${scheme.key}`) ?? scheme.key,
      own: false,
    }))
    return {
      items: [...named, ...own.map((scheme) => ({ ...scheme, own: true }))].map((scheme) => ({ ...scheme, buckets: [...scheme.buckets] })),
      version,
    }
  }),
  write(api.saveAgeingSchemes, async (tx, { body }) => {
    await saveAgeingSchemes(tx, body.schemes as Parameters<typeof saveAgeingSchemes>[1], body.version)
    return { ok: true } as const
  }),
  download(api.exportAgeingXlsx, (call, { query }) => exported(call, query, 'xlsx')),
  download(api.exportAgeingCsv, (call, { query }) => exported(call, query, 'csv')),
  download(api.exportAgeingPdf, (call, { query }) => exported(call, query, 'pdf')),
  download(api.exportAgeingItems, async (call, { query }) => {
    const table = await call.db.read(call.caller, (reader) => itemsTable(reader, query), { timeoutMs: REPORT_TIMEOUT_MS })
    return { name: `${table.name}.xlsx`, contentType: XLSX, content: piped((output) => writeXlsx(output, { sheets: [table] })) }
  }),
]

type Query = NonNullable<(typeof api.readAgeing)['types']>['query']
type ItemsQuery = NonNullable<(typeof api.listAgeingItems)['types']>['query']
type ReportQuery = Omit<Query, 'limit' | 'cursor' | 'proof'>

async function asked(reader: Reader, query: ReportQuery): Promise<Omit<AgeingReport, 'limit' | 'cursor'>> {
  const { question, ranges } = await ageingQuestion(reader, query)
  if (query.by.length > 2 || new Set(query.by).size < query.by.length)
    throw new Problem('ageing.twoDimensions', {}, { kind: 'invalid', path: 'by' })
  const currency = query.currency ?? reader.caller.baseCurrency
  const least = query.least === undefined ? undefined : parseMinor(query.least, currency)
  if (query.least !== undefined && least === undefined)
    throw new Problem('platform.notAPositiveAmount', {}, { kind: 'invalid', path: 'least' })
  return { ...question, ranges, by: query.by, least, sort: query.sort }
}

async function readAgeing(reader: Reader, query: Query) {
  const report = await asked(reader, query)
  const { items, totals, total, nextCursor } = await ageing(reader, { ...report, limit: query.limit, cursor: query.cursor })
  const { asOf, basis, by, ranges } = report
  const { baseCurrency } = reader.caller
  const currency = query.currency ?? baseCurrency
  const later = cutsMoney(by) && query.product === undefined ? await laterMoney(reader, report) : null
  const proof = query.proof && currency === baseCurrency ? await tieOut(reader, asOf) : null
  return {
    asOf,
    basis,
    scheme: query.scheme,
    by: [...by],
    currency,
    total,
    nextCursor,
    buckets: ranges.map(({ key, label, from, until }) => ({ key, label, from: from ?? null, until: until ?? null })),
    items: items.map((row) => rowJson(row, currency)),
    totals: sumsJson(totals, currency),
    firstOn: total === 0 ? await firstDayAfter(reader, asOf) : null,
    later: later && { received: formatMinor(later.received, currency), drafts: formatMinor(later.drafts, currency) },
    tieOut: proofJson(proof, baseCurrency),
  }
}

async function listItems(reader: Reader, query: ItemsQuery) {
  const { question, ranges } = await ageingQuestion(reader, query)
  const range = query.bucket === undefined ? undefined : ranges.find(({ key }) => key === query.bucket)
  if (query.bucket !== undefined && range === undefined)
    throw new Problem('ageing.noSuchBucket', { bucket: query.bucket }, { kind: 'invalid', path: 'bucket' })
  const { items, nextCursor, total, sum } = await ageingItems(reader, question, { limit: query.limit, cursor: query.cursor, range })
  const currency = query.currency ?? reader.caller.baseCurrency
  return {
    items: items.map((item) => ({ ...item, amount: formatMinor(item.amount, item.currency), open: formatMinor(item.open, currency) })),
    nextCursor,
    total,
    sum: formatMinor(sum, currency),
    asOf: question.asOf,
    currency,
  }
}

function rowJson({ keys, own, ...sums }: AgeingRow, currency: string) {
  return {
    keys: [...keys],
    ...sumsJson(sums, currency),
    own: own === null ? null : { currency: own.currency, ...sumsJson(own, own.currency) },
  }
}

function sumsJson({ buckets, total, overdue, unallocated }: AgeingSums, currency: string) {
  const json = (minor: bigint) => formatMinor(minor, currency)
  return {
    buckets: buckets.map(json),
    total: json(total),
    overdue: json(overdue),
    unallocated: unallocated === null ? null : json(unallocated),
  }
}

function proofJson(proof: TieOut | null, currency: string) {
  return (
    proof && {
      ledger: formatMinor(proof.ledger, currency),
      account1122: formatMinor(proof.account1122, currency),
      difference: formatMinor(proof.difference, currency),
    }
  )
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const formats: Readonly<
  Record<'xlsx' | 'csv' | 'pdf', { contentType: string; write: (output: Writable, table: AgeingTable, call: Call) => Promise<void> }>
> = {
  xlsx: {
    contentType: XLSX,
    write: (output, table) =>
      writeXlsx(output, {
        sheets: [
          { name: table.title, columns: table.columns, rows: [...table.withSubtotals, table.totals] },
          {
            name: table.about,
            columns: table.aboutColumns,
            rows: table.meta.map(({ label, value, amount }) => [label, value, amount]),
          },
        ],
      }),
  },
  csv: {
    contentType: 'text/csv; charset=utf-8',
    write: (output, table) => writeCsv(output, { columns: table.columns, rows: [...table.rows, table.totals] }),
  },
  pdf: {
    contentType: 'application/pdf',
    write: (output, { title, columns, withSubtotals, totals, meta }, { caller }) =>
      writePdf(output, { title, columns, rows: withSubtotals, totals: [totals], meta, language: caller.language }),
  },
}

async function exported(call: Call, query: ReportQuery, format: keyof typeof formats): Promise<Download> {
  const table = await call.db.read(call.caller, async (reader) => ageingTable(reader, await asked(reader, query)), {
    timeoutMs: REPORT_TIMEOUT_MS,
  })
  const { contentType, write } = formats[format]
  return { name: `${table.title}-${table.asOf}.${format}`, contentType, content: piped((output) => write(output, table, call)) }
}

/** What is written while it is sent; a failure breaks the download instead of ending it as if it were whole. */
function piped(write: (output: PassThrough) => Promise<void>): PassThrough {
  const output = new PassThrough()
  write(output).catch((error: Error) => output.destroy(error))
  return output
}
